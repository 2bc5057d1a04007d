extension WrongTopology {
  static let duration: [WrongTopology] = [
    WrongTopology(
      "a bare number",
      "bake: 60s", "bake: 60",
      Wanted(
        at: "109:11",
        "expected a duration, found the integer 60",
        in: "Workload/user-service spec.rollout.bake",
        remedy: "write a number with its unit: 250ms, 30s, 15m, 1h or 1h30m")),
    WrongTopology(
      "a word",
      "bake: 60s", "bake: soon",
      Wanted(
        at: "109:11",
        "\"soon\" is not a duration",
        in: "Workload/user-service spec.rollout.bake",
        remedy: "write a number with its unit: 250ms, 30s, 15m, 1h or 1h30m")),
    WrongTopology(
      "units in the wrong order",
      "rto: 15m", "rto: 30s15m",
      Wanted(
        at: "12:10",
        "\"30s15m\" is not a duration",
        in: "Topology/shop spec.recovery.rto",
        remedy: "write a number with its unit: 250ms, 30s, 15m, 1h or 1h30m")),
    WrongTopology(
      "no time at all",
      "bake: 60s", "bake: 0s",
      Wanted(
        at: "109:11",
        "0s is outside 1ms to 10000h",
        in: "Workload/user-service spec.rollout.bake",
        remedy: "choose a duration within that range")),
    WrongTopology(
      "a part of a second where Kubernetes counts seconds",
      "initialDelay: 5s", "initialDelay: 5500ms",
      Wanted(
        at: "77:19",
        "5s500ms is not a whole number of seconds",
        in: "Workload/user-service spec.health.initialDelay",
        remedy: "Kubernetes counts it in seconds: round it")),
  ]

  static let names: [WrongTopology] = [
    WrongTopology(
      "capital letters in a workload's name",
      """
      name: redis
        namespace
      """,
      """
      name: Redis
        namespace
      """,
      Wanted(
        at: "131:9",
        "\"Redis\" is not a valid name here",
        in: "Workload/Redis metadata.name",
        remedy: "use at most 56 small letters, digits and -, with a letter in front and a letter or "
          + "digit at the end")),
    WrongTopology(
      "a workload's name that begins with a digit",
      """
      name: redis
        namespace
      """,
      """
      name: 7-redis
        namespace
      """,
      Wanted(
        at: "131:9",
        "\"7-redis\" is not a valid name here",
        in: "Workload/7-redis metadata.name",
        remedy: "use at most 56 small letters, digits and -, with a letter in front and a letter or "
          + "digit at the end")),
    WrongTopology(
      "a workload called like a subcommand of rollout",
      adding:
        """
        apiVersion: meshctl.dev/v1alpha1
        kind: Workload
        metadata:
          name: status
          namespace: production
        spec:
          image: nginx:1.29

        """,
      Wanted(
        at: "163:9",
        "no workload can be called status: meshctl rollout status means a subcommand",
        in: "Workload/status metadata.name",
        remedy: "choose a name such as status-service")),
    WrongTopology(
      "a port's name of more than 15 characters",
      "name: grpc", "name: a-very-long-port-name",
      Wanted(
        at: "72:13",
        "\"a-very-long-port-name\" is not a valid name here",
        in: "Workload/user-service spec.ports[1].name",
        remedy: "use at most 15 small letters, digits and single -, with at least one letter")),
    WrongTopology(
      "a variable's name that begins with a digit",
      "MODE: fast", "9LIVES: fast",
      Wanted(
        at: "83:5",
        "\"9LIVES\" is not a valid name here",
        in: "Workload/user-service spec.env.9LIVES",
        remedy: "use letters, digits, _, - and ., not beginning with a digit")),
    WrongTopology(
      "the same workload twice",
      adding:
        """
        apiVersion: meshctl.dev/v1alpha1
        kind: Workload
        metadata:
          name: order-service
          namespace: production
        spec:
          image: nginx:1.29

        """,
      Wanted(
        at: "163:9",
        "Workload/order-service is declared twice, first at a.yaml:117:9",
        in: "Workload/order-service metadata.name",
        remedy: "rename or remove one of the two")),
    WrongTopology(
      "a second Topology",
      adding:
        """
        apiVersion: meshctl.dev/v1alpha1
        kind: Topology
        metadata:
          name: other
        spec:
          regions:
            - {name: tokyo, role: primary}

        """,
      Wanted(
        at: "163:9",
        "a second Topology",
        remedy: "the first stands at a.yaml:4:9 (Topology/other metadata.name); keep one: a topology "
          + "describes one system")),
    WrongTopology(
      "the same port's name twice",
      "name: grpc", "name: http",
      Wanted(
        at: "72:13",
        "the port name \"http\" stands twice, first at a.yaml:70:13",
        in: "Workload/user-service spec.ports[1].name",
        remedy: "rename or remove one of the two")),
    WrongTopology(
      "the same port's number twice",
      "port: 9090", "port: 8080",
      Wanted(
        at: "73:13",
        "the port \"8080\" stands twice, first at a.yaml:71:13",
        in: "Workload/user-service spec.ports[1].port",
        remedy: "rename or remove one of the two")),
  ]
}
