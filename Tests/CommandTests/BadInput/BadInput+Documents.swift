extension BadInput {
  /// A file that is added to the topology, with all that is said about it.
  private static func file(_ title: String, _ name: String, _ text: String, says: [String]) -> BadInput {
    BadInput(
      title: title, start: .committed, setUp: { shop in try shop.commit(name, text) },
      arguments: ["validate"], says: says)
  }

  static let documents = [
    file(
      "a workload declared twice", "zz.yaml", workload(name: "user-service", namespace: "production"),
      says: [
        "zz.yaml:4:9: Workload/user-service is declared twice, first at user-service.yaml:4:9",
        "rename or remove one",
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
      "a Kubernetes manifest without a namespace", "deployment.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n",
      says: ["deployment.yaml:1:1: a Deployment without a namespace", "add namespace: to its metadata"]),
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
      says: ["data.yaml:46:16: there is no environment \"embedded\"", "add a document of kind Environment"]),
  ]
}
