extension BadInput {
  /// Clusters that are declared, and that the environment does not have.
  static let clusters: [BadInput] = [
    "render --cluster microservices-cluster-dr", "render --to out --cluster microservices-cluster-dr",
    "sync --cluster microservices-cluster-dr",
  ].map { line in
    BadInput(
      title: "a cluster that is not part of the environment: \(line)", start: .committed,
      setUp: { shop in
        try shop.edit("environment.yaml", "    microservices-cluster-dr:\n      kind: embedded\n", "")
      }, arguments: words(line),
      says: [
        "Environment embedded: the environment embedded does not have the cluster microservices-cluster-dr",
        "its clusters are microservices-cluster: name one with --cluster, or another environment with "
          + "--environment",
      ])
  }
}
