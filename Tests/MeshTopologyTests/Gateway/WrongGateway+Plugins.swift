extension WrongGateway {
  static let plugins = [
    WrongGateway(
      "a plug-in that needs a database", "name: correlation-id", "name: oauth2",
      Wanted(
        at: "80:13", "the plug-in oauth2 keeps its tokens in Kong's database, and there is none",
        in: "Gateway/kong spec.plugins[0].name",
        remedy:
          "let an outside issuer give out tokens: add it under issuers, and write authentication: {token: {issuer: NAME, scopes: […]}} at the route"
      )),
    WrongGateway(
      "a plug-in that nobody knows", "name: correlation-id", "name: corelation-id",
      Wanted(
        at: "80:13", "there is no plug-in \"corelation-id\"",
        in: "Gateway/kong spec.plugins[0].name",
        remedy: "did you mean correlation-id?")),
    WrongGateway(
      "a plug-in of a later version", "name: correlation-id", "name: redirect",
      Wanted(
        at: "80:13", "the plug-in redirect comes with Kong 3.9 or later, not with 3.4",
        in: "Gateway/kong spec.plugins[0].name",
        remedy: "use a later image, or remove it")),
    WrongGateway(
      "a limit that is kept in a database", "name: correlation-id",
      "name: rate-limiting\n      config: {minute: 5, policy: cluster}",
      Wanted(
        at: "81:15", "policy: cluster of rate-limiting needs Kong's database, and there is none",
        in: "Gateway/kong spec.plugins[0].config",
        remedy:
          "write policy: local, where each pod counts for itself, or policy: redis with the Redis that all pods share"
      )),
    WrongGateway(
      "sessions that are kept in a database", "name: correlation-id",
      "name: session\n      config: {storage: kong}",
      Wanted(
        at: "81:15", "storage: kong of session needs Kong's database, and there is none",
        in: "Gateway/kong spec.plugins[0].config",
        remedy: "write storage: cookie, which keeps the session with the user")),
    WrongGateway(
      "a plug-in twice", "name: correlation-id", "name: correlation-id\n    - name: correlation-id",
      Wanted(
        at: "81:13", "the plug-in \"correlation-id\" stands twice, first at a.yaml:80:13",
        in: "Gateway/kong spec.plugins[1].name",
        remedy: "rename or remove one of the two")),
    WrongGateway(
      "a plug-in beside its own field", "name: correlation-id", "name: prometheus",
      Wanted(
        at: "80:13", "the plug-in prometheus stands here twice",
        in: "Gateway/kong spec.plugins[0].name",
        remedy: "remove it here, or the field metrics that stands for it")),
    WrongGateway(
      "a configuration that is a list", "name: correlation-id", "name: correlation-id\n      config: []",
      Wanted(
        at: "81:15", "expected a mapping, found a list",
        in: "Gateway/kong spec.plugins[0].config",
        remedy: "write its fields as KEY: VALUE lines, indented below")),
    WrongGateway(
      "cookies for every site", "rateLimit:\n        minute: 100",
      "cors: {origins: ['*'], credentials: true}",
      Wanted(
        at: "70:43", "cookies from pages of every site: browsers refuse that",
        in: "Gateway/kong spec.routes[0].cors.credentials",
        remedy: "name the origins, or remove credentials")),
  ]

  static let limits = [
    WrongGateway(
      "a limit that is kept in a database", "minute: 100", "minute: 100\n        policy: cluster",
      Wanted(
        at: "72:17", "the policy cluster counts in Kong's database, and there is none",
        in: "Gateway/kong spec.routes[0].rateLimit.policy",
        remedy:
          "write policy: local, where each pod counts for itself, or policy: redis with the Redis that all pods share"
      )),
    WrongGateway(
      "a limit without a limit", "minute: 100", "policy: local",
      Wanted(
        at: "70:7", "a rate limit without a limit",
        in: "Gateway/kong spec.routes[0].rateLimit",
        remedy: "add minute: 100, or second, hour, day, month or year")),
    WrongGateway(
      "a longer time with fewer requests", "minute: 100", "minute: 100\n        hour: 50",
      Wanted(
        at: "72:15", "50 for each hour are fewer than 100 for each minute",
        in: "Gateway/kong spec.routes[0].rateLimit.hour",
        remedy: "raise hour to 100 or more, or remove minute")),
    WrongGateway(
      "a limit by a header without one", "minute: 100", "minute: 100\n        limitBy: header",
      Wanted(
        at: "72:18", "limitBy: header without headerName",
        in: "Gateway/kong spec.routes[0].rateLimit.limitBy",
        remedy: "add headerName")),
    WrongGateway(
      "a header that nobody looks at", "minute: 100", "minute: 100\n        headerName: x-tenant",
      Wanted(
        at: "72:21", "headerName, but the limit is not by header",
        in: "Gateway/kong spec.routes[0].rateLimit.headerName",
        remedy: "write limitBy: header, or remove headerName")),
    WrongGateway(
      "a limit in no Redis", "minute: 100", "minute: 100\n        policy: redis",
      Wanted(
        at: "72:17", "the policy redis without a Redis",
        in: "Gateway/kong spec.routes[0].rateLimit.policy",
        remedy: "add redis: {to: cache/redis}")),
    WrongGateway(
      "a Redis that nobody counts in", "minute: 100", "minute: 100\n        redis: {to: production/counter}",
      Wanted(
        at: "72:9", "a Redis that nobody counts in",
        in: "Gateway/kong spec.routes[0].rateLimit.redis",
        remedy: "add policy: redis")),
    WrongGateway(
      "a limit in a Redis Cluster", "minute: 100",
      "minute: 100\n        policy: redis\n        redis: {to: production/cache}",
      Wanted(
        at: "73:21", "cache is a Redis Cluster, which Kong's rate limiting cannot count in",
        in: "Gateway/kong spec.routes[0].rateLimit.redis.to",
        remedy: "name a Workload that runs a single Redis, or write policy: local")),
    WrongGateway(
      "a limit by an address that Kong does not see", "  routes:",
      "  preserveClientAddress: false\n  rateLimit: {minute: 5, limitBy: ip}\n  routes:",
      Wanted(
        at: "66:35",
        "requests count by address here, but Kong does not see users' addresses: all would share one limit",
        in: "Gateway/kong spec.rateLimit.limitBy",
        remedy:
          "remove preserveClientAddress: false, limit by header, or by consumer where a key is asked for"),
      Wanted(
        at: "73:9",
        "requests count by address here, but Kong does not see users' addresses: all would share one limit",
        in: "Gateway/kong spec.routes[0].rateLimit",
        remedy:
          "remove preserveClientAddress: false, limit by header, or by consumer where a key is asked for")),
  ]

  static let entrance = [
    WrongGateway(
      "an address that is a placeholder", "tokyo: gateway-ip", "tokyo: RESERVED_IP",
      Wanted(
        at: "61:12", "\"RESERVED_IP\" is neither an IPv4 address nor the name of a reserved one",
        in: "Gateway/kong spec.addresses.tokyo",
        remedy: "write an address such as 203.0.113.10, or a name under reservedAddresses of a Network")),
    WrongGateway(
      "an address that nobody reserves", "tokyo: gateway-ip", "tokyo: gatewy-ip",
      Wanted(
        at: "61:12", "there is no reserved address \"gatewy-ip\"",
        in: "Gateway/kong spec.addresses.tokyo",
        remedy: "did you mean gateway-ip?")),
    WrongGateway(
      "an address of another region", "tokyo: gateway-ip", "osaka: gateway-ip",
      Wanted(
        at: "61:12", "gateway-ip is reserved in tokyo, not in osaka",
        in: "Gateway/kong spec.addresses.osaka",
        remedy: "name an address of osaka: a load balancer takes those of its own region")),
    WrongGateway(
      "a global address", "tokyo: gateway-ip", "tokyo: front-door",
      Wanted(
        at: "61:12", "front-door is reserved for a global load balancer, not in tokyo",
        in: "Gateway/kong spec.addresses.tokyo",
        remedy: "name an address of tokyo: a load balancer takes those of its own region")),
    WrongGateway(
      "an address of no region", "tokyo: gateway-ip", "nagoya: 203.0.113.10",
      Wanted(
        at: "61:13", "there is no region \"nagoya\"",
        in: "Gateway/kong spec.addresses.nagoya",
        remedy: "the Topology declares tokyo and osaka")),
    WrongGateway(
      "an address of no load balancer", "replicas: 3", "service: clusterIP",
      Wanted(
        at: "61:5", "addresses of a load balancer, but the service is clusterIP",
        in: "Gateway/kong spec.addresses",
        remedy: "write service: loadBalancer, or remove addresses")),
  ]

  static let settings = [
    WrongGateway(
      "an Admin API", "replicas: 3", "env: {KONG_ADMIN_LISTEN: '0.0.0.0:8001'}",
      Wanted(
        at: "59:28",
        "KONG_ADMIN_LISTEN is set by the gateway itself: the Admin API is off, as without a database it can only show secrets",
        in: "Gateway/kong spec.env.KONG_ADMIN_LISTEN",
        remedy: "remove it")),
    WrongGateway(
      "a database", "replicas: 3", "env: {KONG_DATABASE: postgres}",
      Wanted(
        at: "59:24", "KONG_DATABASE is set by the gateway itself: a gateway never has a database",
        in: "Gateway/kong spec.env.KONG_DATABASE",
        remedy: "remove it")),
    WrongGateway(
      "an image that does not say its version", "image: kong:3.4", "image: kong:latest",
      Wanted(
        at: "58:3", "kong:latest does not say which version of Kong it has",
        in: "Gateway/kong spec.image",
        remedy: "add version: \"3.9\"")),
    WrongGateway(
      "a version that does not read the format", "image: kong:3.4", "image: kong:2.8",
      Wanted(
        at: "58:3", "Kong 2.8 does not read the declarative format 3.0",
        in: "Gateway/kong spec.image",
        remedy: "use Kong 3.4 or later")),
    WrongGateway(
      "replicas beside an autoscaler", "replicas: 3", "replicas: 3\n  autoscaling: {min: 3, max: 10}",
      Wanted(
        at: "59:13", "replicas beside autoscaling: the autoscaler decides how many pods there are",
        in: "Gateway/kong spec.replicas",
        remedy: "remove replicas, and set autoscaling.min")),
  ]
}
