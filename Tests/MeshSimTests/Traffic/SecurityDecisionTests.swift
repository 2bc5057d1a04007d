import MeshSim
import Testing

@Suite("A request is let in")
struct SecurityDecisionTests {
  private static func peers(_ spec: String, in namespace: String = "production", _ name: String = "default")
    -> String
  {
    Shop.object("PeerAuthentication", name, in: namespace, spec)
  }
  private static func allow(
    _ rules: String, action: String = "ALLOW", in namespace: String = "production",
    selector: String = "selector: {matchLabels: {app: orders}}, "
  ) -> String {
    Shop.object("AuthorizationPolicy", "a", in: namespace, "\(selector)action: \(action), rules: [\(rules)]")
  }
  private static func tls(_ mode: String, host: String = "orders") -> String {
    Shop.object("DestinationRule", "d", "host: \(host), trafficPolicy: {tls: {mode: \(mode)}}")
  }
  private static let strict = peers("mtls: {mode: STRICT}")
  private static let tokens = Shop.object(
    "RequestAuthentication", "r",
    "selector: {matchLabels: {app: orders}}, jwtRules: [{issuer: \"https://a\", audiences: [shop]}]")
  private static func shopToken(_ change: @escaping (inout RequestToken) -> Void = { _ in }) -> ClientRequest
  {
    .token("https://a") {
      $0.audiences = ["shop"]; change(&$0)
    }
  }
  private static let fromAPI = "{from: [{source: {principals: [cluster.local/ns/production/sa/api]}}]}"

  static let encryption: [RouteRow] = [
    RouteRow("STRICT takes the mesh", strict, to: "orders", "orders served mTLS"),
    RouteRow(
      "STRICT refuses a client without a proxy", strict, from: "plain/client", to: "orders.production",
      "orders mutualTLS 0 -"),
    RouteRow(
      "PERMISSIVE takes it", peers("mtls: {mode: PERMISSIVE}"), from: "plain/client", to: "orders.production",
      "orders served"),
    RouteRow("nothing said is PERMISSIVE", from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "STRICT for the mesh holds in each namespace", peers("mtls: {mode: STRICT}", in: "istio-system"),
      from: "plain/client", to: "orders.production", "orders mutualTLS 0 -"),
    RouteRow(
      "a namespace overrides the mesh",
      peers("mtls: {mode: STRICT}", in: "istio-system") + peers("mtls: {mode: PERMISSIVE}"),
      from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "a workload overrides its namespace",
      strict + peers("selector: {matchLabels: {app: orders}}, mtls: {mode: PERMISSIVE}", "orders"),
      from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "a port overrides its workload",
      strict
        + peers(
          "selector: {matchLabels: {app: orders}}, mtls: {mode: STRICT}, portLevelMtls: {\"8080\": {mode: PERMISSIVE}}",
          "orders"), from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "UNSET inherits",
      strict + peers("selector: {matchLabels: {app: orders}}, mtls: {mode: UNSET}", "orders"),
      from: "plain/client", to: "orders.production", "orders mutualTLS 0 -"),
    RouteRow("DISABLE is spoken to plainly", peers("mtls: {mode: DISABLE}"), to: "orders", "orders served"),
    RouteRow("a server without a proxy is spoken to plainly", to: "bare.plain", "bare served"),
    RouteRow(
      "a client told to speak plainly is refused by STRICT", strict + tls("DISABLE"), to: "orders",
      "orders mutualTLS 503 UC"),
    RouteRow("and taken by PERMISSIVE", tls("DISABLE"), to: "orders", "orders served"),
    RouteRow(
      "TLS towards a server without a proxy fails", tls("ISTIO_MUTUAL", host: "bare.plain.svc.cluster.local"),
      to: "bare.plain", "bare mutualTLS 503 UF,URX"),
    RouteRow(
      "TLS towards a port with DISABLE fails", peers("mtls: {mode: DISABLE}") + tls("ISTIO_MUTUAL"),
      to: "orders", "orders mutualTLS 503 UF,URX"),
    RouteRow(
      "users at an open entrance are refused by STRICT", strict, from: "203.0.113.9", to: "open.production",
      "orders mutualTLS 0 -"),
    RouteRow(
      "a subset's TLS settings go before the host's",
      Shop.object(
        "DestinationRule", "d",
        "host: web, trafficPolicy: {tls: {mode: DISABLE}}, subsets: [{name: s, labels: {track: stable}, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]"
      )
        + Shop.object(
          "VirtualService", "v", "hosts: [web], http: [{route: [{destination: {host: web, subset: s}}]}]"),
      "web-stable served mTLS"),
    RouteRow(
      "a port's settings stand for themselves",
      Shop.object(
        "DestinationRule", "d",
        "host: orders, trafficPolicy: {tls: {mode: DISABLE}, portLevelSettings: [{port: {number: 8080}, connectionPool: {}}]}"
      ), to: "orders", "orders served mTLS"),
  ]

  static let authorization: [RouteRow] = [
    RouteRow("its principal", allow(fromAPI), to: "orders", "orders served mTLS"),
    RouteRow(
      "another principal", allow(fromAPI), from: "production/web-stable", to: "orders",
      "orders authorization 403 -"),
    RouteRow(
      "a principal needs mutual TLS", allow(fromAPI) + tls("DISABLE"), to: "orders",
      "orders authorization 403 -"),
    RouteRow(
      "any principal", allow("{from: [{source: {principals: [\"*\"]}}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "any principal, from plain text", allow("{from: [{source: {principals: [\"*\"]}}]}"),
      from: "plain/client", to: "orders.production", "orders authorization 403 -"),
    RouteRow(
      "principals by prefix", allow("{from: [{source: {principals: [cluster.local/ns/production/*]}}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "principals by suffix", allow("{from: [{source: {principals: [\"*/sa/api\"]}}]}"), to: "orders",
      "orders served mTLS"),
    RouteRow(
      "its namespace", allow("{from: [{source: {namespaces: [production]}}]}"), to: "orders",
      "orders served mTLS"),
    RouteRow(
      "not its namespace", allow("{from: [{source: {notNamespaces: [production]}}]}"), to: "orders",
      "orders authorization 403 -"),
    RouteRow("no rules allow nothing", allow(""), to: "orders", "orders authorization 403 -"),
    RouteRow(
      "an empty rule allows all", allow("{}"), from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "a policy for others", allow("", selector: "selector: {matchLabels: {app: web}}, "), to: "orders",
      "orders served mTLS"),
    RouteRow(
      "a policy for the namespace", allow("", selector: ""), to: "orders", "orders authorization 403 -"),
    RouteRow(
      "a policy of the mesh", allow("", in: "istio-system", selector: ""), to: "orders",
      "orders authorization 403 -"),
    RouteRow(
      "a policy of another namespace", allow("", in: "plain", selector: ""), to: "orders",
      "orders served mTLS"),
    RouteRow(
      "a server without a proxy asks nobody", allow("", in: "plain", selector: ""), to: "bare.plain",
      "bare served"),
    RouteRow(
      "its method", allow("{to: [{operation: {methods: [GET]}}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "another method", allow("{to: [{operation: {methods: [GET]}}]}"), to: "orders", .init("PUT", "/"),
      "orders authorization 403 -"),
    RouteRow(
      "a path by prefix", allow("{to: [{operation: {paths: [/api/*]}}]}"), to: "orders",
      .init("GET", "/api/1"), "orders served mTLS"),
    RouteRow(
      "a path that was stripped", allow("{to: [{operation: {paths: [/api/*]}}]}"), to: "orders",
      .init("GET", "/1"), "orders authorization 403 -"),
    RouteRow(
      "a path by template", allow("{to: [{operation: {paths: [\"/a/{*}/b\"]}}]}"), to: "orders",
      .init("GET", "/a/1/b"), "orders served mTLS"),
    RouteRow(
      "a path by template, one segment only", allow("{to: [{operation: {paths: [\"/a/{*}/b\"]}}]}"),
      to: "orders", .init("GET", "/a/1/2/b"), "orders authorization 403 -"),
    RouteRow(
      "the pod's port", allow("{to: [{operation: {ports: [\"8080\"]}}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "the Service's port is another", allow("{to: [{operation: {ports: [\"80\"]}}]}", selector: ""),
      "50 % web-canary authorization 403 -; 50 % web-stable authorization 403 -"),
    RouteRow(
      "a host in any case", allow("{to: [{operation: {hosts: [ORDERS.production.svc.cluster.local]}}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "source and operation both",
      allow("{from: [{source: {principals: [\"*/sa/api\"]}}], to: [{operation: {methods: [POST]}}]}"),
      to: "orders", "orders authorization 403 -"),
    RouteRow(
      "a header", allow("{when: [{key: \"request.headers[x-team]\", values: [a]}]}"), to: "orders",
      .header("x-team", "a"), "orders served mTLS"),
    RouteRow(
      "DENY before ALLOW",
      allow("{}") + Shop.object("AuthorizationPolicy", "no", "action: DENY, rules: [\(fromAPI)]"),
      to: "orders", "orders authorization 403 -"),
    RouteRow(
      "DENY for others lets pass", allow(fromAPI, action: "DENY"), from: "production/web-stable",
      to: "orders", "orders served mTLS"),
    RouteRow(
      "not these paths", allow("{to: [{operation: {notPaths: [/admin*]}}]}"), to: "orders",
      .init("GET", "/admin/x"), "orders authorization 403 -"),
    RouteRow(
      "addresses", allow("{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "other addresses", allow("{from: [{source: {ipBlocks: [192.168.0.0/16]}}]}"), to: "orders",
      "orders authorization 403 -"),
    RouteRow(
      "on bytes an ALLOW rule about methods never holds",
      Shop.object(
        "AuthorizationPolicy", "a",
        "selector: {matchLabels: {app: database}}, rules: [{to: [{operation: {methods: [GET]}}]}]"),
      to: "database", .tcp, "database authorization 0 UC"),
    RouteRow(
      "on bytes a DENY rule holds without its methods",
      Shop.object(
        "AuthorizationPolicy", "a",
        "selector: {matchLabels: {app: database}}, action: DENY, rules: [{to: [{operation: {methods: [PUT], ports: [\"5432\"]}}]}]"
      ), to: "database", .tcp, "database authorization 0 UC"),
    RouteRow(
      "on bytes a port",
      Shop.object(
        "AuthorizationPolicy", "a",
        "selector: {matchLabels: {app: database}}, rules: [{to: [{operation: {ports: [\"5432\"]}}]}]"),
      to: "database", .tcp, "database served mTLS"),
  ]

  private static let known = tokens + allow("{from: [{source: {requestPrincipals: [\"https://a/*\"]}}]}")

  static let requestTokens: [RouteRow] = [
    RouteRow("no token is no mistake by itself", tokens, to: "orders", "orders served mTLS"),
    RouteRow("no token where one is asked for", known, to: "orders", "orders authorization 403 -"),
    RouteRow("a good one", known, to: "orders", shopToken(), "orders served mTLS"),
    RouteRow(
      "one of another issuer", tokens, to: "orders", .token("https://b"), "orders requestAuthentication 401 -"
    ),
    RouteRow(
      "one that has run out", tokens, to: "orders", shopToken { $0.isValid = false },
      "orders requestAuthentication 401 -"),
    RouteRow(
      "one for others", tokens, to: "orders", shopToken { $0.audiences = ["else"] },
      "orders requestAuthentication 403 -"),
    RouteRow(
      "one that nobody looks at", allow("{from: [{source: {requestPrincipals: [\"*\"]}}]}"), to: "orders",
      shopToken(), "orders authorization 403 -"),
    RouteRow(
      "a claim", tokens + allow("{when: [{key: \"request.auth.claims[scope]\", values: [read]}]}"),
      to: "orders", shopToken { $0.claims = ["scope": ["read", "write"]] }, "orders served mTLS"),
    RouteRow(
      "without the claim", tokens + allow("{when: [{key: \"request.auth.claims[scope]\", values: [read]}]}"),
      to: "orders", shopToken(), "orders authorization 403 -"),
    RouteRow(
      "DENY without a token",
      tokens + allow("{from: [{source: {notRequestPrincipals: [\"*\"]}}]}", action: "DENY"), to: "orders",
      "orders authorization 403 -"),
  ]

  @Test("with the encryption that both sides want", arguments: encryption)
  func byEncryption(row: RouteRow) { #expect(row.outcome == row.expected) }

  @Test("by who it is and what it wants", arguments: authorization)
  func byAuthorization(row: RouteRow) { #expect(row.outcome == row.expected) }

  @Test("with the token it carries", arguments: requestTokens)
  func byTokens(row: RouteRow) { #expect(row.outcome == row.expected) }

  @Test("or refused with the words of the proxy")
  func words() throws {
    let snapshot = RoutingSnapshot(
      objects: Shop.objects
        + Shop.yaml(SecurityDecisionTests.allow(SecurityDecisionTests.fromAPI, action: "DENY")))
    let ways = snapshot.reach(from: .workload(namespace: "production", name: "api"), to: "orders")
    #expect(
      ways.map(\.verdict.reason) == ["rbac_access_denied_matched_policy[ns[production]-policy[a]-rule[0]]"])
  }
}
