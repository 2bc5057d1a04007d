extension WrongTopology {
  static let calls: [WrongTopology] = [
    WrongTopology(
      "a call to nowhere, near a workload",
      "to: order-service", "to: order-servise",
      Wanted(
        at: "85:11",
        "there is no workload order-servise in the namespace production",
        in: "Workload/user-service spec.calls[0].to",
        remedy: "did you mean order-service?")),
    WrongTopology(
      "a call to nowhere, near nothing",
      "to: order-service", "to: billing",
      Wanted(
        at: "85:11",
        "there is no workload billing in the namespace production",
        in: "Workload/user-service spec.calls[0].to",
        remedy: "declare a Workload of that name")),
    WrongTopology(
      "a call to a workload of another namespace",
      "to: cache/redis", "to: redis",
      Wanted(
        at: "87:11",
        "there is no workload redis in the namespace production",
        in: "Workload/user-service spec.calls[1].to",
        remedy: "did you mean cache/redis?")),
    WrongTopology(
      "a call to itself",
      "to: order-service", "to: user-service",
      Wanted(
        at: "85:11",
        "user-service calls itself",
        in: "Workload/user-service spec.calls[0].to",
        remedy: "remove the call, or name another workload")),
    WrongTopology(
      "a call to a port that the callee has not",
      "port: http", "port: htpp",
      Wanted(
        at: "86:13",
        "order-service has no port htpp",
        in: "Workload/user-service spec.calls[0].port",
        remedy: "its ports are http (80)")),
    WrongTopology(
      "a call to a port's number that the callee has not",
      "port: http", "port: 8080",
      Wanted(
        at: "86:13",
        "order-service has no port 8080",
        in: "Workload/user-service spec.calls[0].port",
        remedy: "its ports are http (80)")),
    WrongTopology(
      "the same call twice",
      """
      to: cache/redis

      """,
      """
      to: order-service
            port: http

      """,
      Wanted(
        at: "87:11",
        "the call to \"production/order-service:http\" stands twice, first at a.yaml:85:11",
        in: "Workload/user-service spec.calls[1].to",
        remedy: "keep one, with the sum of both as perRequest")),
    WrongTopology(
      "a negative number of calls",
      "perRequest: 0.5", "perRequest: -1",
      Wanted(
        at: "88:19",
        "-1 is outside 0 to 1000",
        in: "Workload/user-service spec.calls[1].perRequest",
        remedy: "choose a number within that range")),
    WrongTopology(
      "a workload in an unknown namespace",
      "namespace: cache", "namespace: cash",
      Wanted(
        at: "87:11",
        "there is no workload redis in the namespace cache",
        in: "Workload/user-service spec.calls[1].to",
        remedy: "did you mean cash/redis?"),
      Wanted(
        at: "132:14",
        "there is no namespace \"cash\"",
        in: "Workload/redis metadata.namespace",
        remedy: "add a document of kind Namespace called cash")),
  ]

  static let workloads: [WrongTopology] = [
    WrongTopology(
      "an image without tag",
      "image: redis:7-alpine", "image: redis",
      Wanted(
        at: "134:10",
        "the image \"redis\" names no version, so nobody knows what runs",
        in: "Workload/redis spec.image",
        remedy: "add a tag or digest, such as redis:1.4.2")),
    WrongTopology(
      "the user of Istio's proxy",
      "image: redis:7-alpine",
      """
      image: redis:7-alpine
        runAsUser: 1337
      """,
      Wanted(
        at: "135:14",
        "1337 is the user of Istio's proxy, whose traffic bypasses the mesh",
        in: "Workload/redis spec.runAsUser",
        remedy: "choose another number, such as 1000")),
    WrongTopology(
      "an image in capital letters",
      "image: redis:7-alpine", "image: Redis:7",
      Wanted(
        at: "134:10",
        "\"Redis:7\" is not an image",
        in: "Workload/redis spec.image",
        remedy: "write it like gcr.io/project/user-service:1.4.2, the repository in small letters")),
    WrongTopology(
      "a port beyond 65535",
      "port: 6379", "port: 70000",
      Wanted(
        at: "137:13",
        "70000 is outside 1 to 65535",
        in: "Workload/redis spec.ports[0].port",
        remedy: "choose a number within that range")),
    WrongTopology(
      "an unknown protocol",
      "protocol: tcp", "protocol: tpc",
      Wanted(
        at: "138:17",
        "\"tpc\" is none of http, http2, grpc, tcp or https",
        in: "Workload/redis spec.ports[0].protocol",
        remedy: "did you mean tcp?")),
    WrongTopology(
      "a health check of a port that is not there",
      "path: /health",
      """
      path: /health
          port: htp
      """,
      Wanted(
        at: "77:11",
        "there is no port \"htp\"",
        in: "Workload/user-service spec.health.port",
        remedy: "did you mean http?")),
    WrongTopology(
      "a health path without slash",
      "path: /health", "path: health",
      Wanted(
        at: "76:11",
        "the path \"health\" does not begin with /",
        in: "Workload/user-service spec.health.path",
        remedy: "write it like /health")),
    WrongTopology(
      "memory in thousandths of a byte",
      "memory: 256Mi", "memory: 256m",
      Wanted(
        at: "80:13",
        "256m of memory are 0.256 bytes, too few for any program",
        in: "Workload/user-service spec.resources.memory",
        remedy: "give a unit such as Mi or Gi; m means a thousandth")),
    WrongTopology(
      "an amount that is none",
      "cpu: 250m", "cpu: plenty",
      Wanted(
        at: "79:10",
        "\"plenty\" is not an amount of CPU",
        in: "Workload/user-service spec.resources.cpu",
        remedy: "write cores such as 2 or thousandths such as 250m")),
    WrongTopology(
      "a limit below the request",
      "memoryLimit: 512Mi", "memoryLimit: 128Mi",
      Wanted(
        at: "81:18",
        "the limit 128Mi is below the request 256Mi",
        in: "Workload/user-service spec.resources.memoryLimit",
        remedy: "raise the limit or lower the request")),
    WrongTopology(
      "exposed without ports",
      """
      exposed: true
        ports:
          - name: http
            port: 80
            targetPort: 8080

      """,
      """
      exposed: true

      """,
      Wanted(
        at: "122:12",
        "exposed, but without any port",
        in: "Workload/order-service spec.exposed",
        remedy: "declare ports")),
  ]
}
