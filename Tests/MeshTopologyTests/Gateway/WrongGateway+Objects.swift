extension WrongGateway {
  /// The small gateway for the controller, with `change` in place of `image: kong:3.4`.
  private static func controlled(_ more: String = "image: kong:3.9") -> String {
    "configuration: gatewayAPI\n  \(more)"
  }

  static let objects = [
    WrongGateway(
      "a form that does not exist", "image: kong:3.4", "configuration: gatewayApi",
      Wanted(
        at: "58:18",
        "\"gatewayApi\" is none of declarative or gatewayAPI",
        in: "Gateway/kong spec.configuration",
        remedy: "did you mean gatewayAPI?")),
    WrongGateway(
      "a controller of a file", "image: kong:3.4", "image: kong:3.4\n  controller: {replicas: 1}",
      Wanted(
        at: "59:15",
        "a controller, but Kong reads its routes from a file",
        in: "Gateway/kong spec.controller",
        remedy: "write configuration: gatewayAPI, or remove controller")),
    WrongGateway(
      "a version that the controller does not know", "image: kong:3.4", controlled("image: kong:3.3"),
      Wanted(
        at: "59:3",
        "the Kong Ingress Controller does not know Kong 3.3",
        in: "Gateway/kong spec.image",
        remedy: "use Kong 3.4 or later")),
    WrongGateway(
      "an Admin API of one's own for the controller", "image: kong:3.4",
      controlled("image: kong:3.9\n  env: {KONG_ADMIN_LISTEN: '0.0.0.0:8001'}"),
      Wanted(
        at: "60:28",
        "KONG_ADMIN_LISTEN is set by the gateway itself: the Admin API is the controller's alone",
        in: "Gateway/kong spec.env.KONG_ADMIN_LISTEN",
        remedy: "remove it")),
    WrongGateway(
      "a router that splits routes", "image: kong:3.4",
      controlled("image: kong:3.9\n  env: {KONG_ROUTER_FLAVOR: expressions}"),
      Wanted(
        at: "60:29",
        "KONG_ROUTER_FLAVOR is set by the gateway itself: a router of expressions splits routes, and limits would count for each part by itself",
        in: "Gateway/kong spec.env.KONG_ROUTER_FLAVOR",
        remedy: "remove it")),
    WrongGateway(
      "a key that the controller does not look for", "image: kong:3.4",
      controlled("image: kong:3.9\n  consumers: [{username: acme, keys: [{name: acme, key: apikey}]}]"),
      Wanted(
        at: "60:57",
        "the Kong Ingress Controller looks for a credential of key-auth under key, not under apikey",
        in: "Gateway/kong spec.consumers[0].keys[0].key",
        remedy: "write key: key, and keep it there in a Secret with the label konghq.com/credential: key-auth"
      )),
    WrongGateway(
      "a shared secret that the controller does not look for", "image: kong:3.4",
      controlled(
        "image: kong:3.9\n  consumers: [{username: acme, jwt: [{key: a, algorithm: HS256, secret: {name: a, key: b}}]}]"
      ),
      Wanted(
        at: "60:88",
        "the Kong Ingress Controller looks for a credential of jwt under secret, not under b",
        in: "Gateway/kong spec.consumers[0].jwt[0].secret.key",
        remedy: "write key: secret, and keep it there in a Secret with the label konghq.com/credential: jwt")),
    WrongGateway(
      "two credentials in one Secret", "image: kong:3.4",
      controlled(
        "image: kong:3.9\n  consumers:\n    - {username: a, keys: [{name: s, key: key}]}\n    - {username: b, keys: [{name: s, key: key}]}"
      ),
      Wanted(
        at: "62:7",
        "the Secret s is a credential of a already, and holds only one",
        in: "Gateway/kong spec.consumers[1]",
        remedy: "keep each credential in a Secret of its own")),
  ]

  static let controllerNames = [
    WrongGateway(
      "a name that leaves no room for the controller's",
      "name: kong\n  namespace: api-gateway\nspec:\n  image: kong:3.4",
      "name: kong-that-has-a-name-of-exactly-forty-eight-characters\n  namespace: api-gateway\nspec:\n  "
        + controlled(),
      Wanted(
        at: "55:9",
        "kong-that-has-a-name-of-exactly-forty-eight-characters-controller, which runs the controller, has more than 56 characters",
        in: "Gateway/kong-that-has-a-name-of-exactly-forty-eight-characters metadata.name",
        remedy: "choose a name of at most 45 characters"))
  ]

  private static func route(_ change: String, version: String = "3.9") -> String {
    """
    configuration: gatewayAPI
      image: kong:\(version)
      routes:
    \(change)
    """
  }

  /// From the image on, the small gateway with one route.
  private static let whole = """
    image: kong:3.4
      replicas: 3
      addresses:
        tokyo: gateway-ip
      issuers:
        - name: accounts
          issuer: https://accounts.example.com
      routes:
        - name: user-api
          to: production/user-service
          paths: [/api/users]
          methods: [GET, POST]
          rateLimit:
            minute: 100
        - name: order-api
          to: production/order-service
          paths: [/api/orders]
          authentication:
            token:
              issuer: accounts
              scopes: [read]
    """

  static let objectRoutes = [
    WrongGateway(
      "a prefix that the Gateway API does not end with a slash", whole,
      route("    - {name: a, to: production/user-service, paths: [/upload/]}"),
      Wanted(
        at: "61:54",
        "an HTTPRoute takes \"/upload\" itself too where it says \"/upload/\"",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write \"/upload\", or \"~/upload/\" for what is below only")),
    WrongGateway(
      "a prefix with an escaped slash", whole,
      route("    - {name: a, to: production/user-service, paths: [/a%2Fb]}"),
      Wanted(
        at: "61:54",
        "an HTTPRoute takes no prefix with an escaped slash, such as \"/a%2Fb\"",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write \"~/a%2Fb\" for a regular expression")),
    WrongGateway(
      "a path of gRPC that names no service", whole,
      route("    - {name: a, to: production/user-service, port: grpc, paths: [/shop]}"),
      Wanted(
        at: "61:66",
        "a GRPCRoute takes services and methods, and \"/shop\" names none",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write /PACKAGE.SERVICE/ or /PACKAGE.SERVICE/METHOD")),
    WrongGateway(
      "a limit over several paths of gRPC", whole,
      route(
        "    - {name: a, to: production/user-service, port: grpc, paths: [/shop.A/, /shop.B/], rateLimit: {minute: 5}}"
      ),
      Wanted(
        at: "61:76",
        "the Kong Ingress Controller makes a route of Kong for each path in gRPC, and each would count by itself",
        in: "Gateway/kong spec.routes[0].paths[1]",
        remedy: "write a route for each path, or limit at the gateway")),
    WrongGateway(
      "more hosts than an HTTPRoute takes", whole,
      route(
        "    - {name: a, to: production/user-service, hosts: ["
          + (1...17).map { "h\($0).example.com" }.joined(separator: ", ") + "]}"),
      Wanted(
        at: "61:317",
        "a takes 17 hosts, and an HTTPRoute at most 16",
        in: "Gateway/kong spec.routes[0].hosts[16]",
        remedy: "share them among several routes")),
    WrongGateway(
      "more paths than an HTTPRoute takes", whole,
      route(
        "    - {name: a, to: production/user-service, paths: ["
          + (1...65).map { "/p\($0)" }.joined(separator: ", ") + "]}"),
      Wanted(
        at: "61:429",
        "a takes 65 paths, and an HTTPRoute at most 64",
        in: "Gateway/kong spec.routes[0].paths[64]",
        remedy: "share them among several routes")),
  ]
}
