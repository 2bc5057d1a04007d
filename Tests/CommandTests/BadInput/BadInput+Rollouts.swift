extension BadInput {
  static let rollouts =
    [
      ("promote", "rollout promote user-service"), ("abort", "rollout abort user-service"),
      ("resume", "rollout user-service --resume"),
    ].map { what, line in
      BadInput(
        title: "nothing to \(what)", arguments: words(line),
        says: [
          "Workload production/user-service: no rollout of user-service is open",
          "start one with meshctl rollout user-service",
        ])
    }
    + [
      BadInput(
        title: "nothing to abort before the first sync", start: .committed,
        arguments: words("rollout abort user-service"), says: ["no rollout of user-service is open"]),
      BadInput(
        title: "a second rollout while one waits", start: .holding,
        arguments: words("rollout user-service --image gcr.io/project/user-service:1.6.0"), status: 4,
        says: [
          "rollout 1 of user-service to gcr.io/project/user-service:1.5.0 is not over",
          "ConfigMap production/rollout-user-service-1", "meshctl rollout user-service --resume",
          "meshctl rollout abort user-service",
        ]),
      BadInput(
        title: "a cluster that is not embedded", start: .committed,
        setUp: { shop in try reach(shop, by: "microservices-cluster:\n      kind: embedded") },
        arguments: ["sync"], status: 3,
        says: [
          "Cluster microservices-cluster: the environment does not make microservices-cluster an embedded cluster",
          "--environment",
        ]),
      BadInput(
        title: "a second cluster that is not embedded",
        setUp: { shop in try reach(shop, by: "microservices-cluster-dr:\n      kind: embedded") },
        arguments: ["sync"], status: 3, says: ["Cluster microservices-cluster-dr: the environment does not"]),
      BadInput(
        title: "a rollout on a cluster that is not embedded",
        setUp: { shop in try reach(shop, by: "microservices-cluster:\n      kind: embedded") },
        arguments: words("rollout user-service --image gcr.io/project/user-service:1.5.0"), status: 3,
        says: ["Cluster microservices-cluster: the environment does not"]),
    ]

  /// Declares a cluster that has been embedded as one to be reached by kubeconfig.
  private static func reach(_ shop: Shop, by entry: String) throws {
    try shop.edit(
      "environment.yaml", entry, entry.replacing("embedded", with: "kubeconfig"))
  }
}
