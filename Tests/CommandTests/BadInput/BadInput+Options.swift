extension BadInput {
  static let options =
    [
      BadInput(
        title: "--canary beside --steps", arguments: words("rollout user-service --canary 20 --steps 5,20"),
        says: ["--canary and --steps exclude each other", "meshctl rollout start --help"]),
      BadInput(
        title: "--resume beside --canary", arguments: words("rollout user-service --resume --canary 20"),
        says: ["--resume goes on with the plan that was made", "Usage: meshctl rollout"]),
      BadInput(
        title: "--resume beside --rehearse", arguments: words("rollout user-service --resume --rehearse"),
        says: ["--resume goes on with the plan that was made"]),
      BadInput(
        title: "an unknown subcommand", arguments: ["frobnicate"],
        says: ["Unexpected argument 'frobnicate'", "meshctl --help"]),
      BadInput(
        title: "an unknown option", arguments: words("sync --frob"),
        says: ["Unknown option '--frob'", "meshctl sync --help"]),
      BadInput(
        title: "an unknown format", arguments: words("validate --output xml"),
        says: ["The value 'xml' is invalid for '--output", "table", "json", "yaml"]),
      BadInput(
        title: "no workload", arguments: ["rollout"],
        says: ["Missing expected argument '<name>'", "NAMESPACE/NAME"]),
      BadInput(
        title: "a workload named like a subcommand", start: .committed,
        setUp: { shop in try shop.commit("status.yaml", workload(name: "status", namespace: "production")) },
        arguments: words("sync"),
        says: [
          "status.yaml:4:9: no workload can be called status: meshctl rollout status means a subcommand",
          "choose a name such as status-service",
        ]),
      BadInput(
        title: "a subcommand in place of a workload", arguments: words("rollout status"),
        says: ["Missing expected argument '<name>'", "NAMESPACE/NAME"]),
    ]
    + ["soon", "0", "-5m", "1d", "1h30m", "721h", "9223372036854775807h", ""].map { duration in
      BadInput(
        title: "a duration of \"\(duration)\"",
        arguments: ["sim", "advance"] + (duration.hasPrefix("-") ? ["--"] : []) + [duration],
        says: ["sim advance: \"\(duration)\" is not a duration", "write it like 90s, 5m or 1h"])
    }

  /// A workload with a rollout policy.
  static func workload(name: String, namespace: String) -> String {
    """
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: \(name)
      namespace: \(namespace)
    spec:
      image: gcr.io/project/\(name):1.0.0
      ports:
        - name: http
          port: 8080
          protocol: http
      health:
        path: /health
      rollout:
        steps: [20]

    """
  }
}
