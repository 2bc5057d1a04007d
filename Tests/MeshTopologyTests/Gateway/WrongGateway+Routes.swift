extension WrongGateway {
  static let routes = [
    WrongGateway(
      "a route to nobody", "to: production/user-service", "to: production/user-servce",
      Wanted(
        at: "67:11", "there is no workload user-servce in the namespace production",
        in: "Gateway/kong spec.routes[0].to",
        remedy: "did you mean production/user-service?")),
    WrongGateway(
      "a route to a missing port", "paths: [/api/users]", "port: admin\n      paths: [/api/users]",
      Wanted(
        at: "68:13", "user-service has no port admin",
        in: "Gateway/kong spec.routes[0].port",
        remedy: "its ports are http (8080) and grpc (9090)")),
    WrongGateway(
      "a route to what speaks no HTTP", "to: production/user-service", "to: production/counter",
      Wanted(
        at: "67:11", "counter speaks no HTTP at redis",
        in: "Gateway/kong spec.routes[0].to",
        remedy: "name a port whose protocol is http, http2, grpc or https")),
    WrongGateway(
      "a route to the gateway itself", "to: production/user-service", "to: api-gateway/kong",
      Wanted(
        at: "67:11", "kong routes to itself",
        in: "Gateway/kong spec.routes[0].to",
        remedy: "name the workload that answers")),
    WrongGateway(
      "a route to a cache", "to: production/user-service", "to: production/cache",
      Wanted(
        at: "67:11", "cache speaks no HTTP at redis",
        in: "Gateway/kong spec.routes[0].to",
        remedy: "name a port whose protocol is http, http2, grpc or https")),
    WrongGateway(
      "a route that takes anything", "paths: [/api/users]\n      methods: [GET, POST]\n      rateLimit",
      "rateLimit",
      Wanted(
        at: "66:7", "a route without hosts, paths and methods, which Kong refuses",
        in: "Gateway/kong spec.routes[0]",
        remedy: "add paths: [/] to take every request")),
    WrongGateway(
      "methods of gRPC", "paths: [/api/users]", "port: grpc\n      paths: [/api/users]",
      Wanted(
        at: "68:13", "user-service speaks gRPC at grpc, where Kong knows no methods and keeps paths whole",
        in: "Gateway/kong spec.routes[0].port",
        remedy: "remove methods and stripPath: a path such as /shop.Users/Get names what is called")),
    WrongGateway(
      "the users' host name within the mesh", "paths: [/api/users]",
      "preserveHost: true\n      paths: [/api/users]",
      Wanted(
        at: "68:21",
        "with the users' host name the mesh does not know that user-service is meant, and leaves its weights out",
        in: "Gateway/kong spec.routes[0].preserveHost",
        remedy: "remove preserveHost: Kong hands the name on as X-Forwarded-Host")),
    WrongGateway(
      "a path with a wildcard", "[/api/users]", "[/api/users/*]",
      Wanted(
        at: "68:15", "Kong takes the * in \"/api/users/*\" literally",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write \"/api/users\": each path is a prefix")),
    WrongGateway(
      "a path that looks like a regular expression", "[/api/users]", "['/api/v[0-9]+']",
      Wanted(
        at: "68:15", "Kong reads \"/api/v[0-9]+\" as plain text",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write \"~/api/v[0-9]+\" for a regular expression")),
    WrongGateway(
      "a path that Kong never sees", "[/api/users]", "[/api//users]",
      Wanted(
        at: "68:15", "Kong never sees \"/api//users\", as it resolves //, . and .. first",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "leave the empty parts, . and .. out")),
    WrongGateway(
      "a path without a slash", "[/api/users]", "[api/users]",
      Wanted(
        at: "68:15", "the path \"api/users\" begins neither with / nor with ~/",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write it like /api/users")),
    WrongGateway(
      "a path with a space", "[/api/users]", "['/api/the users']",
      Wanted(
        at: "68:15", "\"/api/the users\" has characters that no path has",
        in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write them as % and two hexadecimal digits")),
    WrongGateway(
      "a path with a broken escape", "[/api/users]", "['/api/100%']",
      Wanted(
        at: "68:15", "% in \"/api/100%\" stands for no letter", in: "Gateway/kong spec.routes[0].paths[0]",
        remedy: "write % itself as %25")),
    WrongGateway(
      "a host with a scheme", "paths: [/api/users]", "hosts: ['https://shop.example.com']",
      Wanted(
        at: "68:15", "\"https://shop.example.com\" is not a host name",
        in: "Gateway/kong spec.routes[0].hosts[0]",
        remedy: "write it like api.example.com or *.example.com, without https:// and port")),
    WrongGateway(
      "no route at all", "routes:\n    - name: user-api", "consumers: []\n  routers:\n    - name: user-api",
      Wanted(
        at: "57:1", "routes is missing",
        in: "Gateway/kong spec",
        remedy: "add it, such as routes: [{name: user-api, to: production/user-service, paths: [/api/users]}]"
      ),
      Wanted(
        at: "66:3", "unknown field \"routers\"",
        in: "Gateway/kong spec.routers",
        remedy: "did you mean routes?")),
  ]

  static let matching = [
    WrongGateway(
      "two routes for the same", "paths: [/api/orders]",
      "paths: [/api/orders, /api/users]\n      methods: [PUT, POST]",
      Wanted(
        at: "72:7", "order-api takes the same requests as user-api: POST /api/users",
        in: "Gateway/kong spec.routes[1]",
        remedy: "give each its own path, host or method, or join them: Kong would pick one of them")),
    WrongGateway(
      "more requests than there are", "rateLimit:\n        minute: 100",
      "perRequest: 0.7\n    - name: rest\n      to: production/user-service\n      paths: [/]\n      perRequest: 0.5",
      Wanted(
        at: "74:19", "the routes' shares of requests are more than all of them",
        in: "Gateway/kong spec.routes[1].perRequest",
        remedy: "let perRequest of all routes sum to 1 or less")),
    WrongGateway(
      "two routes of one name", "name: order-api", "name: user-api",
      Wanted(
        at: "72:13", "the route \"user-api\" stands twice, first at a.yaml:66:13",
        in: "Gateway/kong spec.routes[1].name",
        remedy: "rename or remove one of the two")),
  ]

  static let tokens = [
    WrongGateway(
      "a token of nobody", "issuer: accounts\n", "issuer: acounts\n",
      Wanted(
        at: "77:19", "there is no issuer \"acounts\"",
        in: "Gateway/kong spec.routes[1].authentication.token.issuer",
        remedy: "did you mean accounts?")),
    WrongGateway(
      "a token that nobody verifies", "metadata: {name: production}",
      "metadata: {name: production}\nspec: {istioInjection: false}",

      Wanted(
        at: "78:11", "a token, but no proxy of Istio in production, where it would be verified",
        in: "Gateway/kong spec.routes[1].authentication.token",
        remedy: "write istioInjection: true in the Namespace production, or ask for a key")),
    WrongGateway(
      "a token that callers in plain text need not have", "metadata: {name: production}",
      "metadata: {name: production}\nspec: {mutualTLS: permissive}",
      Wanted(
        at: "78:11", "a token, but production serves callers without a certificate too, who need none",
        in: "Gateway/kong spec.routes[1].authentication.token",
        remedy: "write mutualTLS: strict in the Namespace production")),
    WrongGateway(
      "a token within TLS that the proxy does not end",
      "image: gcr.io/project/order-service:2.3.0\n  ports: [{name: http, port: 8080}]",
      "image: gcr.io/project/order-service:2.3.0\n  ports: [{name: https, port: 8443, protocol: https}]",
      Wanted(
        at: "77:11", "order-service ends TLS itself at https, where its proxy sees no tokens",
        in: "Gateway/kong spec.routes[1].authentication.token",
        remedy: "let it speak http there: the mesh encrypts, or ask for a key")),
    WrongGateway(
      "a token of what is no workload", "to: production/order-service", "to: production/cache",
      Wanted(
        at: "73:11", "cache speaks no HTTP at redis", in: "Gateway/kong spec.routes[1].to",
        remedy: "name a port whose protocol is http, http2, grpc or https"),
      Wanted(
        at: "77:11", "cache is no workload, and only the proxies of workloads verify tokens",
        in: "Gateway/kong spec.routes[1].authentication.token",
        remedy: "route to a Workload, or ask for a key")),
    WrongGateway(
      "a way around a token", "to: production/user-service\n      paths: [/api/users]",
      "to: production/order-service\n      paths: [/api]",
      Wanted(
        at: "77:11",
        "order-service cannot tell what order-api lets in from what user-api does: one takes paths of the other, and they ask for different things",
        in: "Gateway/kong spec.routes[1].authentication.token",
        remedy: "give both the same authentication, or choose paths of which none begins with the other")),
    WrongGateway(
      "keys taken from an insecure place", "issuer: https://accounts.example.com",
      "issuer: https://accounts.example.com\n      jwksUri: http://accounts.example.com/keys",
      Wanted(
        at: "65:16",
        "\"http://accounts.example.com/keys\" is no place to get keys from: whoever changes them on the way lets himself in",
        in: "Gateway/kong spec.issuers[0].jwksUri",
        remedy: "write it like https://accounts.example.com/keys")),
    WrongGateway(
      "a key that nobody has", "token:\n          issuer: accounts\n          scopes: [read]", "key: {}",
      Wanted(
        at: "76:9", "order-api asks for a key, but no consumer has one",
        in: "Gateway/kong spec.routes[1].authentication",
        remedy: "add consumers: [{username: …, keys: [{name: SECRET, key: KEY}]}]")),
    WrongGateway(
      "a signature that nobody makes", "token:\n          issuer: accounts\n          scopes: [read]",
      "jwt: {}",

      Wanted(
        at: "76:9", "order-api asks for a consumer's token, but no consumer signs any",
        in: "Gateway/kong spec.routes[1].authentication",
        remedy:
          "add consumers: [{username: …, jwt: [{key: …, algorithm: RS256, publicKey: …}]}], or write token: for tokens of an outside issuer"
      )),
    WrongGateway(
      "two kinds of authentication", "scopes: [read]", "scopes: [read]\n        key: {}",
      Wanted(
        at: "75:7", "authentication is by token, key or jwt, one of them",
        in: "Gateway/kong spec.routes[1].authentication",
        remedy:
          "write token: {issuer: NAME} for tokens of an outside issuer, or key: {} for keys of consumers")),
    WrongGateway(
      "a signature without a key", "  plugins:\n",
      "  consumers:\n    - username: acme\n      jwt:\n        - key: acme\n          algorithm: RS256\n"
        + "          secret: {name: acme, key: secret}\n  plugins:\n",
      Wanted(
        at: "82:11", "RS256 without publicKey",
        in: "Gateway/kong spec.consumers[0].jwt[0]",
        remedy: "add publicKey with the key in PEM"),
      Wanted(
        at: "84:19", "secret beside RS256, which does not use it",
        in: "Gateway/kong spec.consumers[0].jwt[0].secret",
        remedy: "remove secret")),
  ]
}
