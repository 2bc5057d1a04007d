import HTTPTypes
import KubeModel
import MeshSim
import Seams

/// An embedded cluster with the namespace `n`, asked for one thing at a time.
final class TestCluster: Sendable {
  struct Answer: Sendable {
    let status: Int
    let body: JSONValue
    /// The texts of the `Warning` headers.
    var warnings: [String] = []

    var message: String { body["message"]?.string ?? "" }
    var object: KubeObject { KubeObject(body) ?? KubeObject([:]) }

    /// `metadata.managedFields`, without the times.
    var managers: JSONValue {
      .array(
        (body[path: "metadata", "managedFields"]?.array ?? []).map { entry in
          var entry = entry
          entry["time"] = nil
          return entry
        })
    }
  }

  let simulation: Simulation
  let cluster: SimulatedCluster

  init(seed: UInt64 = 1) throws {
    simulation = Simulation(seed: seed, start: SimulatedFleet.epoch)
    cluster = SimulatedCluster(name: "eu", seed: seed, clock: simulation.clock)
    try send(.post, "/api/v1/namespaces", namespaceJSON("n"))
  }

  init(_ cluster: SimulatedCluster, _ simulation: Simulation) {
    (self.cluster, self.simulation) = (cluster, simulation)
  }

  var now: Timestamp { simulation.clock.now }

  func advance(_ seconds: Double) {
    simulation.clock.advance(to: now + .microseconds(Int64(seconds * 1_000_000)))
  }

  // MARK: Requests

  @discardableResult
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, type: String = "application/json"
  ) throws -> Answer {
    try send(method, path, bytes: body.map { $0.jsonBytes() } ?? [], type: type)
  }

  @discardableResult
  func send(_ method: HTTPRequest.Method, _ path: String, bytes: [UInt8], type: String) throws -> Answer {
    try simulation.run { try await self.exchange(method, path, bytes: bytes, type: type) }
  }

  @discardableResult
  func apply(_ path: String, _ body: JSONValue, by manager: String, isForced: Bool = false) throws -> Answer {
    try send(
      .patch, "\(path)?fieldManager=\(manager)\(isForced ? "&force=true" : "")", body,
      type: "application/apply-patch+yaml")
  }

  @discardableResult
  func patch(_ path: String, _ body: JSONValue, by manager: String = "editor") throws -> Answer {
    try send(.patch, "\(path)?fieldManager=\(manager)", body, type: "application/merge-patch+json")
  }

  /// One exchange, for use inside a run.
  @discardableResult
  func exchange(
    _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8] = [], type: String = "application/json"
  ) async throws -> Answer {
    var head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
    if !bytes.isEmpty { head.headerFields[.contentType] = type }
    head.headerFields[.userAgent] = "tests/1.0"
    let response = try await cluster.transport().send(TransportRequest(head: head, body: bytes))
    let answer = try await response.body.collect(limit: 64 << 20)
    let warnings = HTTPField.Name("Warning").map { response.head.headerFields[values: $0] } ?? []
    return Answer(status: response.head.status.code, body: try JSONValue(json: answer), warnings: warnings)
  }

  // MARK: Looking

  func object(_ kind: ResourceKind, _ name: String) throws -> KubeObject {
    guard let object = cluster.view.object(kind, namespace: kind.isNamespaced ? "n" : nil, name: name) else {
      throw Missing(description: "\(kind) \(name) is not there at \(now)")
    }
    return object
  }

  func names(_ kind: ResourceKind) -> [String] { cluster.view.objects(kind, namespace: "n").map(\.name) }

  /// Lets time pass until `condition` holds.
  func wait(atMost seconds: Int = 600, until condition: (ClusterView) -> Bool) throws {
    let deadline = now + .seconds(seconds)
    while !condition(cluster.view) {
      guard now < deadline else { throw Missing(description: "not within \(seconds) s, at \(now)") }
      advance(0.25)
    }
  }

  struct Missing: Error, CustomStringConvertible { let description: String }
}

let configMaps = "/api/v1/namespaces/n/configmaps"
let deployments = "/apis/apps/v1/namespaces/n/deployments"
let services = "/api/v1/namespaces/n/services"
let pods = "/api/v1/namespaces/n/pods"

func namespaceJSON(_ name: String) -> JSONValue {
  ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
}

func configMap(
  _ name: String, _ data: JSONValue? = nil, metadata: [(String, JSONValue)] = []
) -> JSONValue {
  var object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap"]
  object["metadata"] = .object(JSONObject([("name", .string(name))] + metadata))
  if let data { object["data"] = data }
  return object
}
