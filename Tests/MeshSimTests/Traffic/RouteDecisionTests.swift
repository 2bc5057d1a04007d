import MeshSim
import Testing

@Suite("A request follows the mesh's routes")
struct RouteDecisionTests {
  private static let subsets = Shop.object(
    "DestinationRule", "web",
    "host: web, subsets: [{name: stable, labels: {track: stable}}, {name: canary, labels: {track: canary}}, {name: nobody, labels: {track: none}}]"
  )
  private static func routes(_ http: String, _ more: String = "") -> String {
    subsets + Shop.object("VirtualService", "web", "hosts: [web]\(more), http: [\(http)]")
  }
  private static func to(_ subset: String, _ rest: String = "") -> String {
    "{\(rest)\(rest.isEmpty ? "" : ", ")route: [{destination: {host: web, subset: \(subset)}}]}"
  }
  private static let stable = to("stable")
  private static func canary(_ match: String) -> String { to("canary", "match: [\(match)]") + ", " + stable }

  static let rows: [RouteRow] = [
    RouteRow(
      "without a VirtualService all pods", "", "50 % web-canary served mTLS; 50 % web-stable served mTLS"),
    RouteRow("a subset", routes(stable), "web-stable served mTLS"),
    RouteRow(
      "weights",
      routes(
        "{route: [{destination: {host: web, subset: stable}, weight: 80}, {destination: {host: web, subset: canary}, weight: 20}]}"
      ), "80 % web-stable served mTLS; 20 % web-canary served mTLS"),
    RouteRow(
      "a weight on a subset without pods",
      routes(
        "{route: [{destination: {host: web, subset: stable}, weight: 90}, {destination: {host: web, subset: nobody}, weight: 10}]}"
      ), "90 % web-stable served mTLS; 10 % endpoints 503 UH"),
    RouteRow("a subset that no DestinationRule has", routes(to("v9")), "endpoints 503 NC"),
    RouteRow(
      "a lone destination gets all, whatever its weight",
      routes("{route: [{destination: {host: web, subset: stable}, weight: 10}]}"), "web-stable served mTLS"),
    RouteRow(
      "weight 0 gets nothing",
      routes(
        "{route: [{destination: {host: web, subset: stable}, weight: 100}, {destination: {host: web, subset: nobody}, weight: 0}]}"
      ), "web-stable served mTLS"),
    RouteRow(
      "a destination that is no Service", routes("{route: [{destination: {host: gone}}]}"), "endpoints 503 NC"
    ),
    RouteRow(
      "a destination's port that the Service has not",
      routes("{route: [{destination: {host: web, port: {number: 99}}}]}"), "endpoints 503 NC"),
    RouteRow(
      "a destination in another Service", routes("{route: [{destination: {host: orders}}]}"),
      "orders served mTLS"),
    RouteRow("no rule that matches", routes(to("stable", "match: [{uri: {prefix: /v1}}]")), "route 404 NR"),
    RouteRow(
      "an exact path", routes(canary("{uri: {exact: /a}}")), .init("GET", "/a"), "web-canary served mTLS"),
    RouteRow(
      "an exact path does not take what follows", routes(canary("{uri: {exact: /a}}")), .init("GET", "/a/b"),
      "web-stable served mTLS"),
    RouteRow(
      "a query is no part of the path", routes(canary("{uri: {exact: /a}}")), .init("GET", "/a?x=1"),
      "web-canary served mTLS"),
    RouteRow(
      "a prefix is plain text", routes(canary("{uri: {prefix: /a}}")), .init("GET", "/ab"),
      "web-canary served mTLS"),
    RouteRow(
      "a regular expression takes the whole path", routes(canary("{uri: {regex: \"/a/[0-9]+\"}}")),
      .init("GET", "/a/12"), "web-canary served mTLS"),
    RouteRow(
      "and not a part of it", routes(canary("{uri: {regex: \"/a/[0-9]+\"}}")), .init("GET", "/a/12/b"),
      "web-stable served mTLS"),
    RouteRow(
      "a path in another case", routes(canary("{uri: {exact: /a}, ignoreUriCase: true}")), .init("GET", "/A"),
      "web-canary served mTLS"),
    RouteRow(
      "a method", routes(canary("{method: {exact: POST}}")), .init("POST", "/"), "web-canary served mTLS"),
    RouteRow(
      "a header", routes(canary("{headers: {x-canary: {exact: \"1\"}}}")), .header("x-canary", "1"),
      "web-canary served mTLS"),
    RouteRow(
      "a header with another value", routes(canary("{headers: {x-canary: {exact: \"1\"}}}")),
      .header("x-canary", "2"), "web-stable served mTLS"),
    RouteRow(
      "a header that is just there", routes(canary("{headers: {x-canary: {}}}")), .header("x-canary", "2"),
      "web-canary served mTLS"),
    RouteRow("without a header", routes(canary("{withoutHeaders: {x-old: {}}}")), "web-canary served mTLS"),
    RouteRow(
      "without a header that is there", routes(canary("{withoutHeaders: {x-old: {}}}")),
      .header("x-old", "1"), "web-stable served mTLS"),
    RouteRow(
      "conditions of one match all hold", routes(canary("{method: {exact: POST}, uri: {prefix: /a}}")),
      .init("POST", "/b"), "web-stable served mTLS"),
    RouteRow(
      "of several matches one is enough", routes(canary("{method: {exact: POST}}, {uri: {prefix: /b}}")),
      .init("GET", "/b"), "web-canary served mTLS"),
    RouteRow(
      "a query parameter", routes(canary("{queryParams: {v: {exact: \"2\"}}}")), .init("GET", "/?v=2"),
      "web-canary served mTLS"),
    RouteRow("the caller's labels", routes(canary("{sourceLabels: {app: api}}")), "web-canary served mTLS"),
    RouteRow(
      "other labels", routes(canary("{sourceLabels: {app: api}}")), from: "production/orders",
      "web-stable served mTLS"),
    RouteRow("the caller's namespace", routes(canary("{sourceNamespace: plain}")), "web-stable served mTLS"),
    RouteRow("the port", routes(canary("{port: 80}")), "web-canary served mTLS"),
    RouteRow(
      "the authority", routes(canary("{authority: {exact: www}}")), .with { $0.host = "www" },
      "web-canary served mTLS"),
    RouteRow(
      "the first rule that matches wins", routes(stable + ", " + to("canary")), "web-stable served mTLS"),
    RouteRow("a redirect", routes("{redirect: {uri: /new}}"), "route 301 -"),
    RouteRow("an answer of the proxy", routes("{directResponse: {status: 418}}"), "route 418 -"),
    RouteRow(
      "an injected failure for some",
      routes(to("stable", "fault: {abort: {httpStatus: 500, percentage: {value: 10}}}")),
      "10 % fault 500 FI; 90 % web-stable served mTLS"),
    RouteRow(
      "an injected failure for all", routes(to("stable", "fault: {abort: {httpStatus: 503}}")), "fault 503 FI"
    ),
    RouteRow(
      "a VirtualService for gateways only", routes(to("canary"), ", gateways: [istio-system/public]"),
      "50 % web-canary served mTLS; 50 % web-stable served mTLS"),
    RouteRow(
      "a VirtualService for the mesh too", routes(to("canary"), ", gateways: [istio-system/public, mesh]"),
      "web-canary served mTLS"),
    RouteRow(
      "one that is exported to its own namespace", routes(to("canary"), ", exportTo: [\".\"]"),
      "web-canary served mTLS"),
    RouteRow(
      "one that is exported elsewhere", routes(to("canary"), ", exportTo: [plain]"),
      "50 % web-canary served mTLS; 50 % web-stable served mTLS"),
    RouteRow(
      "an exact host before a wildcard",
      routes(to("canary"))
        + Shop.object(
          "VirtualService", "all",
          "hosts: [\"*.production.svc.cluster.local\"], http: [{directResponse: {status: 418}}]"),
      "web-canary served mTLS"),
    RouteRow(
      "a wildcard for the others",
      routes(to("canary"))
        + Shop.object(
          "VirtualService", "all",
          "hosts: [\"*.production.svc.cluster.local\"], http: [{directResponse: {status: 418}}]"),
      to: "orders", "route 418 -"),
    RouteRow(
      "a name without a dot is of the configuration's namespace",
      subsets
        + Shop.object(
          "VirtualService", "web", in: "plain", "hosts: [web], http: [{directResponse: {status: 418}}]"),
      "50 % web-canary served mTLS; 50 % web-stable served mTLS"),
    RouteRow(
      "without a proxy no route holds", routes(to("canary")), from: "plain/client", to: "web.production",
      "50 % web-canary served; 50 % web-stable served"),
    RouteRow(
      "a route for bytes",
      subsets
        + Shop.object(
          "VirtualService", "web",
          "hosts: [web], tcp: [{route: [{destination: {host: web, subset: canary}}]}]"), .tcp,
      "web-canary served mTLS"),
    RouteRow(
      "subsets of two DestinationRules of one host are joined",
      routes(to("second"))
        + Shop.object(
          "DestinationRule", "web2",
          "host: web.production.svc.cluster.local, subsets: [{name: second, labels: {version: v2}}]"),
      "web-canary served mTLS"),
    RouteRow(
      "a path that is rewritten reaches policies as it is then",
      routes(to("stable", "match: [{uri: {prefix: /old}}], rewrite: {uri: /new}"))
        + Shop.object(
          "AuthorizationPolicy", "a",
          "selector: {matchLabels: {app: web}}, rules: [{to: [{operation: {paths: [/new/*]}}]}]"),
      .init("GET", "/old/1"), "web-stable served mTLS"),
    RouteRow(
      "users reach a Service by the mesh's gateway", routes(to("canary")), from: "203.0.113.9",
      to: "web.production", "web-canary served mTLS"),
  ]

  @Test("in their order", arguments: rows)
  func decides(row: RouteRow) { #expect(row.outcome == row.expected) }
}
