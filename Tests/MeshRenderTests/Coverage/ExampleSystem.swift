import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

/// The example as it is declared and as it is rendered, by the paths of its settings.
struct ExampleSystem {
  /// The documents without those of an environment: `Workload/production/user-service`.
  let documents: [String: SettingPaths]
  /// The objects of the primary cluster and the infrastructure: `Deployment/production/user-service`; the
  /// VirtualService while a canary runs has `canary ` before it, and files for other tools go by their paths.
  ///
  /// ConfigMaps go without the hash of their content.
  let rendered: [String: SettingPaths]

  static let shared = Result { try ExampleSystem() }

  init() throws {
    var documents: [String: SettingPaths] = [:]
    for file in try Example.files(in: "Examples/microservices") {
      for node in try YAMLReader().documents(file.bytes, file: file.path) {
        guard let object = KubeObject(node.json), object[path: "metadata", "environment"] == nil else {
          continue
        }
        documents[ExampleSystem.key(of: object)] = try SettingPaths(object.json)
      }
    }
    self.documents = documents
    rendered = try ExampleSystem.render(try Example.microservices())
  }

  private static func render(_ topology: Topology) throws -> [String: SettingPaths] {
    let renderer = Renderer(topology: topology)
    let cluster = try #require(topology.primaryCluster)
    let objects = (renderer.objects(for: cluster) + renderer.infrastructure()).map(\.object)
    let hashed = objects.filter { $0.kind == "ConfigMap" }.map(\.name)
    var rendered: [String: SettingPaths] = [:]
    for object in objects {
      let unhashed = try #require(KubeObject(withoutHashes(object.json, of: hashed)))
      rendered[key(of: unhashed)] = try SettingPaths(unhashed.json)
    }
    let user = try #require(topology.workload(named: "user-service", namespace: "production"))
    let canary = try #require(renderer.virtualService(for: user, canaryWeight: 20))
    rendered["canary " + key(of: canary)] = try SettingPaths(canary.json)
    for file in renderer.files(for: cluster) where file.path.hasSuffix(".yaml") {
      let document = try #require(try YAMLReader().documents(Array(file.text.utf8), file: file.path).first)
      rendered[file.path] = try SettingPaths(document.json)
    }
    return rendered
  }

  private static func key(of object: KubeObject) -> String {
    [object.kind, object.namespace, object.name].compactMap(\.self).joined(separator: "/")
  }

  /// The value with the names of ConfigMaps without the hash, wherever they stand.
  private static func withoutHashes(_ value: JSONValue, of names: [String]) -> JSONValue {
    switch value {
    case .string(let text) where names.contains(text):
      .string(text.split(separator: "-").dropLast().joined(separator: "-"))
    case .array(let elements): .array(elements.map { withoutHashes($0, of: names) })
    case .object(let object):
      .object(JSONObject(object.members.map { ($0.key, withoutHashes($0.value, of: names)) }))
    default: value
    }
  }
}
