import KubeModel
import MeshRender
import MeshTopology
import Testing

/// The example for its primary cluster, as the checks of contradictions look at it.
struct RenderedSystem {
  let topology: Topology
  let renderer: Renderer
  let objects: [KubeObject]
  let pods: [RenderedPod]
  let files: [RenderedFile]

  static let shared = Result { try RenderedSystem() }

  init(_ files: [TopologyFile]? = nil) throws {
    topology = try TopologyReader().read(files: files ?? Example.files(in: "Examples/microservices"))
    renderer = Renderer(topology: topology)
    let cluster = try #require(topology.primaryCluster)
    objects = renderer.objects(for: cluster).map(\.object)
    self.files = renderer.files(for: cluster)
    pods = RenderedPod.all(in: objects)
  }

  func of(_ kind: String) -> [KubeObject] { objects.filter { $0.kind == kind } }

  func only(_ kind: String, _ name: String, in namespace: String) throws -> KubeObject {
    try #require(objects.first { ($0.kind, $0.name, $0.namespace) == (kind, name, namespace) })
  }

  /// A file within a ConfigMap, wherever it is.
  func configuration(_ name: String) throws -> String {
    let texts = of("ConfigMap").compactMap { $0[path: "data"]?[name]?.string }
    return try #require(texts.first)
  }

  func yaml(_ name: String) throws -> JSONValue {
    try #require(try YAMLReader().documents(Array(try configuration(name).utf8), file: name).first).json
  }

  /// Whether the pods of a namespace get a proxy.
  func isMeshed(_ namespace: String) -> Bool {
    of("Namespace").contains { $0.name == namespace && $0.labels["istio-injection"] == "enabled" }
  }

  /// The example's files with the first `original` in `file` replaced.
  static func files(changing file: String, _ original: String, _ change: String) throws -> [TopologyFile] {
    var files = try Example.files(in: "Examples/microservices")
    let index = try #require(files.firstIndex { $0.path == file })
    var text = String(decoding: files[index].bytes, as: UTF8.self)
    text.replaceSubrange(try #require(text.firstRange(of: original)), with: change)
    files[index] = TopologyFile(path: file, bytes: Array(text.utf8))
    return files
  }

  /// What the reader says of the example with the first `original` in `file` replaced.
  static func problems(in file: String, _ original: String, _ change: String) throws -> [String] {
    let files = try files(changing: file, original, change)
    do {
      _ = try TopologyReader().read(files: files)
      return []
    } catch {
      return error.problems.map(\.message)
    }
  }
}

/// A pod as a controller or an operator makes it.
struct RenderedPod {
  /// Kind, namespace and name of what makes it.
  let owner: String
  let namespace: String
  let labels: [String: String]
  let annotations: [String: String]
  let spec: JSONValue

  var containers: [JSONValue] {
    (spec["containers"]?.array ?? []) + (spec["initContainers"]?.array ?? [])
  }

  /// The numbers of the ports that its containers open.
  var ports: Set<Int64> {
    Set(containers.flatMap { $0["ports"]?.array ?? [] }.compactMap { $0["containerPort"]?.int })
  }

  var serviceAccount: String { spec["serviceAccountName"]?.string ?? "default" }

  static func all(in objects: [KubeObject]) -> [RenderedPod] {
    objects.compactMap { object in
      guard let template = object[path: "spec", "template"],
        ["Deployment", "StatefulSet", "DaemonSet", "Job"].contains(object.kind)
      else { return postgres(object) }
      return RenderedPod(
        owner: "\(object.reference)", namespace: object.namespace ?? "",
        labels: template[path: "metadata", "labels"]?.stringMap ?? [:],
        annotations: template[path: "metadata", "annotations"]?.stringMap ?? [:],
        spec: template["spec"] ?? .null)
    }
  }

  /// What CloudNativePG makes: it labels its pods so, and gives them these ports.
  private static func postgres(_ object: KubeObject) -> RenderedPod? {
    guard object.apiVersion.hasPrefix("postgresql.cnpg.io"), object.kind == "Cluster" else { return nil }
    let inherited = object[path: "spec", "inheritedMetadata", "labels"]?.stringMap ?? [:]
    let ports: JSONValue = [["containerPort": 5432], ["containerPort": 9187], ["containerPort": 8000]]
    return RenderedPod(
      owner: "\(object.reference)", namespace: object.namespace ?? "",
      labels: inherited.merging(["cnpg.io/cluster": object.name]) { own, _ in own }, annotations: [:],
      spec: [
        "serviceAccountName": .string(object.name), "containers": [["name": "postgres", "ports": ports]],
      ])
  }
}

extension RenderedSystem {
  /// Whether a pod has Istio's proxy.
  func hasProxy(_ pod: RenderedPod) -> Bool {
    isMeshed(pod.namespace) && pod.labels["sidecar.istio.io/inject"] != "false"
  }
}
