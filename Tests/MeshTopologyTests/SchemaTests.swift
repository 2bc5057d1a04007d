import Foundation
import KubeModel
import MeshTopology
import Testing

@Suite("The JSON Schema")
struct SchemaTests {
  @Test("has a definition for each kind and for everything they refer to")
  func isClosed() throws {
    let definitions = try #require(TopologySchema.json["definitions"]?.object)
    #expect(definitions["Workload"] != nil && definitions["Cluster"] != nil)
    for reference in references(in: TopologySchema.json) {
      let name = reference.replacing("#/definitions/", with: "")
      #expect(definitions[name]?["type"] == "object", "\(reference)")
    }
  }

  @Test("asks for what a reader asks for, and allows no field that it refuses")
  func isStrict() throws {
    let port = try #require(TopologySchema.json[path: "definitions", "Workload.Port"])
    #expect(port["required"] == ["name", "port"])
    #expect(port["additionalProperties"] == false)
    #expect(port[path: "properties", "port"]?["maximum"] == 65535)
    #expect(port[path: "properties", "protocol"]?["default"] == "http")
  }

  private func references(in value: JSONValue) -> [String] {
    switch value {
    case .array(let array): array.flatMap(references)
    case .object(let object):
      object.members.flatMap { $0.key == "$ref" ? [$0.value.string ?? ""] : references(in: $0.value) }
    default: []
    }
  }
}
