import HTTPTypes
import KubeModel
import MeshSim
import Seams

extension TestCluster {
  /// What a watch of ConfigMaps tells from its start to the end of `changes`, each event as
  /// `ADDED name@version`. It ends by a ConfigMap `zz-end` with the label `t=w`.
  func watch(
    _ query: String, during changes: @escaping @Sendable (TestCluster) async throws -> Void = { _ in }
  ) throws -> [String] {
    try simulation.run {
      let head = HTTPRequest(
        method: .get, scheme: nil, authority: nil, path: "\(configMaps)?watch=true&\(query)")
      let response = try await self.cluster.transport().send(TransportRequest(head: head))
      guard response.head.status == .ok else { throw Missing(description: "\(response.head.status)") }
      try await changes(self)
      let end = configMap("zz-end", metadata: [("labels", ["t": "w"])])
      try await self.exchange(.post, configMaps, bytes: end.jsonBytes())
      var events: [String] = []
      for try await piece in response.body {
        for line in piece.split(separator: UInt8(ascii: "\n")) {
          let event = try JSONValue(json: line)
          let object = event["object"].flatMap(KubeObject.init(_:)) ?? KubeObject([:])
          if object.name == "zz-end" { return events }
          let text = event["type"] == "ERROR" ? event["object"]?["message"]?.string : nil
          events.append(
            "\(event["type"]?.string ?? "") " + (text ?? "\(object.name)@\(object.resourceVersion)"))
        }
      }
      return events + ["closed"]
    }
  }
}
