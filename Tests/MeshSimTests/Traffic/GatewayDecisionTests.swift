import KubeModel
import Testing

@testable import MeshSim

@Suite("Kong's routes")
struct GatewayDecisionTests {
  struct Row: CustomStringConvertible, Sendable {
    let description: String
    let file: String
    let request: ClientRequest
    let expected: String

    init(_ description: String, _ file: String, _ request: ClientRequest, _ expected: String) {
      (self.description, self.file, self.request, self.expected) = (description, file, request, expected)
    }
  }

  private static func file(_ routes: String, service: String = "", more: String = "") -> String {
    """
    _format_version: "3.0"
    services:
    - {name: users, url: "http://users.production.svc.cluster.local:8080"\(service), routes: [\(routes)]}
    \(more)
    """
  }

  private static func get(_ path: String, _ change: @escaping (inout ClientRequest) -> Void = { _ in })
    -> ClientRequest
  {
    .with {
      $0.path = path
      change(&$0)
    }
  }

  static let rows: [Row] = [
    Row(
      "no route", file("{name: r, paths: [/api]}"), get("/other"), "404 no Route matched with those values"),
    Row(
      "strip the path unless they are told not to", file("{name: r, paths: [/api/users]}"),
      get("/api/users/1"), "r users:8080 GET /1"),
    Row(
      "strip the whole path", file("{name: r, paths: [/api/users]}"), get("/api/users"), "r users:8080 GET /"),
    Row(
      "keep the path", file("{name: r, paths: [/api/users], strip_path: false}"), get("/api/users/1"),
      "r users:8080 GET /api/users/1"),
    Row(
      "put the service's own path before",
      "services:\n- {name: users, url: \"http://users:8080/v2\", routes: [{name: r, paths: [/api]}]}",
      get("/api/1"), "r users:8080 GET /v2/1"),
    Row(
      "take a method", file("{name: r, paths: [/api], methods: [POST]}"), get("/api"),
      "404 no Route matched with those values"),
    Row(
      "take a host", file("{name: r, hosts: [\"*.example.com\"]}"), get("/") { $0.host = "www.example.com" },
      "r users:8080 GET /"),
    Row(
      "not another host", file("{name: r, hosts: [a.example.com]}"), get("/") { $0.host = "b.example.com" },
      "404 no Route matched with those values"),
    Row(
      "take a header", file("{name: r, headers: {x-v: [\"2\"]}}"), get("/") { $0.headers = ["x-v": "2"] },
      "r users:8080 GET /"),
    Row(
      "take a regular expression", file("{name: r, paths: [\"~/u/[0-9]+\"], strip_path: false}"),
      get("/u/12/x"), "r users:8080 GET /u/12/x"),
    Row(
      "are tried with more kinds of match first",
      file(
        "{name: a, paths: [/api], strip_path: false}, {name: b, paths: [/api], methods: [GET], strip_path: false}"
      ), get("/api"), "b users:8080 GET /api"),
    Row(
      "are tried with longer paths first",
      file("{name: a, paths: [/api], strip_path: false}, {name: b, paths: [/api/users], strip_path: false}"),
      get("/api/users"), "b users:8080 GET /api/users"),
    Row(
      "send plain text away", file("{name: r, paths: [/api], protocols: [https]}"), get("/api"),
      "426 Please use HTTPS protocol"),
    Row(
      "redirect plain text",
      file("{name: r, paths: [/api], protocols: [https], https_redirect_status_code: 308}"), get("/api"),
      "308 redirect to HTTPS"),
    Row(
      "take what is encrypted", file("{name: r, paths: [/api], protocols: [https]}"),
      get("/api") { $0.isEncrypted = true }, "r users:8080 GET /"),
    Row(
      "know their users by a key", file("{name: r, paths: [/api], plugins: [{name: key-auth}]}"), get("/api"),
      "401 Unauthorized"),
    Row(
      "let those they know pass", file("{name: r, paths: [/api], plugins: [{name: key-auth}]}"),
      get("/api") { $0.consumer = "acme" }, "r users:8080 GET /"),
    Row(
      "do not ask for what is switched off",
      file("{name: r, paths: [/api], plugins: [{name: key-auth, enabled: false}]}"), get("/api"),
      "r users:8080 GET /"),
    Row(
      "obey plug-ins of the service",
      file("{name: r, paths: [/api]}", service: ", plugins: [{name: key-auth}]"), get("/api"),
      "401 Unauthorized"),
    Row(
      "obey plug-ins for all", file("{name: r, paths: [/api]}", more: "plugins: [{name: jwt}]"), get("/api"),
      "401 Unauthorized"),
    Row(
      "take a route's plug-in before the one for all",
      file(
        "{name: r, paths: [/api], plugins: [{name: request-termination, config: {status_code: 410, message: gone}}]}",
        more: "plugins: [{name: request-termination, config: {status_code: 503}}]"), get("/api"), "410 gone"),
    Row(
      "may stand beside their services",
      "services:\n- {name: users, host: users, port: 8080}\nroutes:\n- {name: r, service: {name: users}, paths: [/api], strip_path: false}",
      get("/api"), "r users:8080 GET /api"),
  ]

  @Test("in their order", arguments: rows)
  func decides(row: Row) throws {
    let document = try #require(try YAMLReader().documents(Array(row.file.utf8), file: "kong.yml").first)
    switch KongRoutes(document.json).decide(row.request) {
    case .refused(let status, let reason, _): #expect("\(status) \(reason)" == row.expected)
    case .proxied(let route, let request):
      let host = route.service.host.split(separator: ".")[0]
      #expect("\(route.name) \(host):\(route.service.port) \(request.method) \(request.path)" == row.expected)
    }
  }

  @Test("come from the ConfigMap that is mounted where Kong looks, and are none when nothing is")
  func mounting() throws {
    func routes(_ path: String) throws -> Int? {
      let pod = try #require(
        Shop.yaml(
          """
          kind: Pod
          metadata: {name: kong, namespace: edge}
          spec:
            containers: [{name: kong, image: "kong:3.4", env: [{name: KONG_DATABASE, value: "off"}, {name: KONG_DECLARATIVE_CONFIG, value: \(path)}], volumeMounts: [{name: c, mountPath: /kong/kong.yml, subPath: kong.yml}]}]
            volumes: [{name: c, configMap: {name: kong}}]
          """
        ).first)
      var map = KubeObject(kind: .configMap, namespace: "edge", name: "kong")
      map.set("data", to: ["kong.yml": .string(GatewayDecisionTests.file("{name: r, paths: [/api]}"))])
      let snapshot = RoutingSnapshot(objects: [pod, map])
      return snapshot.kong(of: snapshot.groups[0])?.routes.count
    }
    #expect(try routes("/kong/kong.yml") == 1)
    #expect(try routes("/kong/declarative/kong.yml") == 0)
  }
}
