import KubeModel
import MeshSim

/// A small system to route in: `web` (a stable and a canary Deployment), `api`, `orders` and `database` in the
/// namespace `production` of the mesh, and `client` in the namespace `plain`, which is not in it.
enum Shop {
  static let objects: [KubeObject] =
    yaml(
      """
      {kind: Namespace, metadata: {name: production, labels: {istio-injection: enabled, kubernetes.io/metadata.name: production}}}
      ---
      {kind: Namespace, metadata: {name: plain, labels: {team: x}}}
      """)
    + [
      pod("web-stable", labels: "app: web, track: stable, version: v1", port: 8080),
      pod("web-canary", labels: "app: web, track: canary, version: v2", port: 8080),
      pod("api", labels: "app: api", port: 8080), pod("orders", labels: "app: orders", port: 8080),
      pod("database", labels: "app: database", port: 5432),
      pod("sleepy", labels: "app: sleepy", port: 8080, isReady: false),
      pod("client", in: "plain", labels: "app: client", port: 8080),
      pod("bare", in: "plain", labels: "app: bare", port: 8080), service("web", "80, targetPort: http"),
      service("api", "8080"), service("orders", "8080"),
      service("database", "5432", name: "tcp-sql"), service("sleepy", "8080"), service("empty", "8080"),
      service("lost", "8080, targetPort: nowhere", app: "api"),
      service("shifted", "8080, targetPort: 9999", app: "api"),
      service("bare", "8080", in: "plain"),
      service("open", "80, targetPort: 8080", app: "orders", type: "LoadBalancer"),
    ].flatMap { $0 }

  static func yaml(_ text: String) -> [KubeObject] {
    let documents = try? YAMLReader().documents(Array(text.utf8), file: "objects.yaml")
    return (documents ?? []).compactMap { KubeObject($0.json) }
  }

  static func pod(
    _ name: String, in namespace: String = "production", labels: String, port: Int, isReady: Bool = true,
    annotations: String = "", extra: String = ""
  ) -> [KubeObject] {
    yaml(
      """
      kind: Pod
      metadata: {name: \(name)-0, namespace: \(namespace), uid: \(name), labels: {\(labels)}, annotations: {\(annotations)}, ownerReferences: [{kind: StatefulSet, name: \(name), controller: true}]}
      spec: {serviceAccountName: \(name), containers: [{name: app, image: "\(name):1", ports: [{name: http, containerPort: \(port)}]\(extra)}]}
      status: {podIP: 10.1.0.\(name.utf8.count), conditions: [{type: Ready, status: "\(isReady ? "True" : "False")"}]}
      """)
  }

  static func service(
    _ name: String, _ port: String, name portName: String = "http", in namespace: String = "production",
    app: String? = nil, type: String = "ClusterIP"
  ) -> [KubeObject] {
    yaml(
      """
      kind: Service
      metadata: {name: \(name), namespace: \(namespace)}
      spec: {type: \(type), selector: {app: \(app ?? name)}, ports: [{name: \(portName), port: \(port)}]}
      """)
  }

  /// One object in the namespace `production`, with its spec in YAML.
  static func object(_ kind: String, _ name: String, in namespace: String = "production", _ spec: String)
    -> String
  {
    "{kind: \(kind), metadata: {name: \(name), namespace: \(namespace)}, spec: {\(spec)}}\n---\n"
  }
}

/// One row of a table of decisions.
struct RouteRow: CustomStringConvertible, Sendable {
  let description: String
  var objects = ""
  var from = "production/api"
  var to = "web"
  var port: Int?
  var request = ClientRequest()
  let expected: String

  init(
    _ description: String, _ objects: String = "", from: String = "production/api", to: String = "web",
    port: Int? = nil, _ request: ClientRequest, _ expected: String
  ) {
    (self.description, self.objects, self.from, self.to) = (description, objects, from, to)
    (self.port, self.request, self.expected) = (port, request, expected)
  }

  init(
    _ description: String, _ objects: String = "", from: String = "production/api", to: String = "web",
    port: Int? = nil, _ expected: String
  ) {
    self.init(description, objects, from: from, to: to, port: port, ClientRequest(), expected)
  }

  /// What the snapshot says, as `20 % web-canary served; endpoints 503 UH`.
  var outcome: String {
    let snapshot = RoutingSnapshot(objects: Shop.objects + Shop.yaml(objects))
    let parts = from.split(separator: "/").map(String.init)
    let caller: RoutingSnapshot.Caller =
      parts.count == 2 ? .workload(namespace: parts[0], name: parts[1]) : .outside(address: parts[0])
    let ways = snapshot.reach(from: caller, to: to, port: port, request)
    return ways.map { way in
      let share = way.share < 0.999 ? "\(Int((way.share * 100).rounded())) % " : ""
      let who = way.workload.map { $0.split(separator: "/").last.map { $0 + " " } ?? "" } ?? ""
      let verdict = way.verdict
      let end = verdict.isServed ? "served" : "\(verdict.layer) \(verdict.status) \(verdict.flags)"
      return share + who + end + (way.isMutualTLS && verdict.isServed ? " mTLS" : "")
    }.joined(separator: "; ")
  }
}

extension ClientRequest {
  static func with(_ change: (inout ClientRequest) -> Void) -> ClientRequest {
    var request = ClientRequest()
    change(&request)
    return request
  }

  static func header(_ name: String, _ value: String) -> ClientRequest { with { $0.headers[name] = value } }

  static func token(_ issuer: String, _ change: (inout RequestToken) -> Void = { _ in }) -> ClientRequest {
    with {
      var token = RequestToken(issuer: issuer, subject: "jane")
      change(&token)
      $0.token = token
    }
  }

  static let tcp = with { $0.kind = .tcp }
}
