extension BadInput {
  static let workloads =
    [
      BadInput(
        title: "an unknown workload", arguments: words("rollout user-servic"),
        says: [
          "no workload is called user-servic",
          "the workloads are order-service, user-service",
        ]),
      BadInput(
        title: "a name that two workloads have",
        setUp: { shop in try shop.commit("second.yaml", workload(name: "user-service", namespace: "cache")) },
        arguments: words("rollout user-service"),
        says: ["several workloads are called user-service", "cache/user-service", "production/user-service"]),
      BadInput(
        title: "a newline in a name", arguments: ["rollout", "user\nservice"],
        says: ["no workload is called user\nservice", "the workloads are"]),
      BadInput(
        title: "a terminal's control characters in a name",
        arguments: ["rollout", "user\u{1B}[31m\u{7}\u{9B}\u{202E}service"],
        says: ["no workload is called user\\u{1b}[31m\\u{7}\\u{9b}\\u{202e}service"],
        hides: ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}"]),
      BadInput(
        title: "a workload without a rollout policy",
        setUp: { shop in
          let worker = workload(name: "worker", namespace: "cache")
          try shop.commit("worker.yaml", worker.replacing("  rollout:\n    steps: [20]\n", with: ""))
        },
        arguments: words("rollout worker --image worker:8"),
        says: ["Workload cache/worker: worker declares no rollout policy", "add spec.rollout to it"]),
      BadInput(
        title: "a rollout before the first sync", start: .committed, arguments: words("rollout user-service"),
        says: [
          "Deployment production/user-service: user-service is not in the cluster microservices-cluster yet",
          "run meshctl sync first",
        ]),
      BadInput(
        title: "a plan before the first sync", start: .committed,
        arguments: words("rollout user-service --plan"),
        says: ["user-service is not in the cluster microservices-cluster yet", "run meshctl sync first"]),
      BadInput(
        title: "nothing to roll out", arguments: words("rollout user-service"),
        says: [
          "already runs gcr.io/project/user-service:1.4.2 as declared", "commit a new image", "--image",
        ],
        letsTimePass: true),
      BadInput(
        title: "the image that is stable already",
        arguments: words("rollout user-service --image gcr.io/project/user-service:1.4.2"),
        says: ["already runs gcr.io/project/user-service:1.4.2 as declared"], letsTimePass: true),
      BadInput(
        title: "an unknown cluster", arguments: words("rollout user-service --cluster nowhere"),
        says: [
          "no cluster is called nowhere", "the clusters are microservices-cluster, microservices-cluster-dr",
        ]),
      BadInput(
        title: "an unknown cluster to sync", start: .committed, arguments: words("sync --cluster nowhere"),
        says: ["no cluster is called nowhere"]),
      BadInput(
        title: "an unknown environment", start: .committed, arguments: words("sync --environment staging"),
        says: ["--environment: no environment is called staging", "the environments are embedded"]),
    ]
    + ["gcr.io/project/user-service", "::", "a b:1", "", "UPPER/case:1", "x:\u{1B}[2J"].map { image in
      BadInput(
        title: "an image \"\(image)\"", arguments: ["rollout", "user-service", "--image", image],
        says: [
          "--image: \"", "is not an image with a tag or digest", "registry.example/team/user-service:1.5.0",
        ],
        hides: ["\u{1B}"])
    }
}
