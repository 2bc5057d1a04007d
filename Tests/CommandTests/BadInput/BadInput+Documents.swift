extension BadInput {
  /// A file that is added to the topology, with all that is said about it.
  private static func file(_ title: String, _ name: String, _ text: String, says: [String]) -> BadInput {
    BadInput(
      title: title, start: .committed, setUp: { shop in try shop.commit(name, text) },
      arguments: ["validate"], says: says)
  }

  static let documents = [
    file(
      "a workload declared twice", "zz.yaml", workload(name: "redis", namespace: "cache"),
      says: [
        "zz.yaml:4:9: Workload/redis is declared twice, first at data.yaml:24:9", "rename or remove one",
      ]),
    file(
      "a YAML syntax error", "broken.yaml", "apiVersion: meshctl.dev/v1alpha1\nkind: [Workload\n",
      says: ["broken.yaml:"]),
    file(
      "an indentation by tabs", "tabs.yaml", "metadata:\n\tname: x\n", says: ["tabs.yaml:2:", "tab"]),
    file(
      "a NUL in a file", "nul.yaml", "kind: \u{0}\n", says: ["nul.yaml:1:"]),
    file(
      "aliases that grow without end", "bomb.yaml",
      "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + zip("bcdefgh", "abcdefg").map { name, former in
          "\(name): &\(name) [" + Array(repeating: "*\(former)", count: 10).joined(separator: ", ") + "]\n"
        }.joined(),
      says: ["bomb.yaml:", "counting each use of an alias", "write fewer aliases"]),
    file(
      "a nesting that is too deep", "deep.yaml", String(repeating: "[", count: 50_000), says: ["deep.yaml:1:"]
    ),
    file(
      "a raw Kubernetes manifest", "deployment.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n",
      says: ["deployment.yaml:1:13: this is a Kubernetes Deployment of apps/v1", "declare it as a Workload"]),
    BadInput(
      title: "no Topology document", start: .committed,
      setUp: { shop in
        try shop.git("rm", "--quiet", "topology.yaml")
        try shop.commit("Forget the topology")
      },
      arguments: ["sync"], says: ["no document of kind Topology declares the system", "add one"]),
    BadInput(
      title: "an environment that is missing", start: .committed,
      setUp: { shop in
        try shop.git("rm", "--quiet", "environment.yaml")
        try shop.commit("Forget the environment")
      },
      arguments: ["sync"],
      says: ["--environment: the topology declares no environment", "add a document of kind Environment"]),
  ]
}
