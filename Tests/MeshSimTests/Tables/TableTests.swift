import KubeModel
import Testing

@testable import MeshSim

@Suite("Tables")
struct TableTests {
  private static func map(_ name: String) -> KubeObject {
    var object = KubeObject(kind: .configMap, namespace: "n", name: name)
    object.set("metadata", "resourceVersion", to: "7")
    object.set("data", "a", to: "1")
    return object
  }

  private func table(
    _ objects: [KubeObject], _ include: IncludeObject, headers: Bool = true, list: JSONValue? = nil
  )
    throws -> JSONValue
  {
    let resource = try #require(Catalogue.builtIn.resource(apiVersion: "v1", kind: "ConfigMap"))
    return Table.answer(
      objects: objects, resource: resource, includeObject: include, withHeaders: headers, now: RowText.now,
      listMetadata: list)
  }

  @Test("a single object's table has the version of the object")
  func single() throws {
    let table = try table([TableTests.map("a")], .metadata)
    #expect(table[path: "metadata", "resourceVersion"] == "7")
    #expect(table["kind"] == "Table")
    #expect(table["columnDefinitions"]?.array?.map { $0["name"] } == ["Name", "Data", "Age"])
  }

  @Test("a list's table has the metadata of the list")
  func list() throws {
    let table = try table([], .metadata, list: ["resourceVersion": "9", "continue": "c"])
    #expect(table["metadata"] == ["resourceVersion": "9", "continue": "c"])
    #expect(table["rows"] == [])
  }

  @Test("rows carry metadata, whole objects or null")
  func included() throws {
    func object(_ include: IncludeObject) throws -> JSONValue? {
      try table([TableTests.map("a")], include)["rows"]?.array?.first?["object"]
    }
    #expect(try object(.none) == .null)
    #expect(try object(.metadata)?["kind"] == "PartialObjectMetadata")
    #expect(try object(.metadata)?["data"] == nil)
    #expect(try object(.object)?["data"] == ["a": "1"])
  }

  @Test("later events of a watch have no headers")
  func withoutHeaders() throws {
    #expect(try table([TableTests.map("a")], .none, headers: false)["columnDefinitions"] == .null)
  }

  @Test("an unknown word for what rows carry is refused")
  func unknown() throws {
    #expect(try IncludeObject(query: nil) == .metadata)
    #expect(try IncludeObject(query: "Object") == .object)
    #expect(throws: StatusError.self) { try IncludeObject(query: "Some") }
  }

  @Test("columns of custom resources show what is of their type")
  func customColumns() {
    let kind = ResourceKind(group: "e.io", version: "v1", kind: "W", plural: "ws")
    let columns = [
      ("Name", "string", nil), ("Size", "integer", ".spec.size"), ("Mode", "string", ".spec.mode"),
      ("On", "boolean", ".spec.on"), ("Load", "number", ".spec.load"), ("Seen", "date", ".status.seen"),
      ("Zone", "string", ".metadata.labels.topology\\.io/zone"), ("Gone", "string", ".spec.gone"),
      ("Wrong", "integer", ".spec.mode"),
    ].map { Resource.Column(name: $0.0, type: $0.1, jsonPath: $0.2) }
    let resource = Resource(kind: kind, singular: "w", verbs: ["get"], columns: columns, storage: kind)
    var object = KubeObject(kind: kind, namespace: "n", name: "a")
    object.fields["spec"] = ["size": 3, "mode": "fast", "on": true, "load": .double(0.5)]
    object.set("status", "seen", to: "2026-01-01T23:59:00Z")
    object.labels = ["topology.io/zone": "z"]
    let cells = TableCells.of(resource).cells(CellSource(object: object, now: RowText.now))
    #expect(cells == ["a", 3, "fast", true, .double(0.5), "60s", "z", .null, .null])
  }

  @Test("a custom resource without columns shows names and ages")
  func defaultColumns() {
    let kind = ResourceKind(group: "e.io", version: "v1", kind: "W", plural: "ws")
    let resource = Resource(kind: kind, singular: "w", verbs: ["get"], storage: kind)
    var object = KubeObject(kind: kind, namespace: "n", name: "a")
    object.set("metadata", "creationTimestamp", to: "2026-01-01T23:59:00Z")
    let cells = TableCells.of(resource).cells(CellSource(object: object, now: RowText.now))
    #expect(cells == ["a", "60s"])
    #expect(Table.columns(of: resource).map(\.name) == ["Name", "Age"])
  }

  @Test("the columns of a definition stand after the name, in the head as in the rows")
  func declaredColumns() {
    let kind = ResourceKind(group: "e.io", version: "v1", kind: "W", plural: "ws")
    let size = Resource.Column(name: "Size", type: "integer", jsonPath: ".spec.size")
    let resource = Resource(kind: kind, singular: "w", verbs: ["get"], columns: [size], storage: kind)
    var object = KubeObject(kind: kind, namespace: "n", name: "a")
    object.set("spec", "size", to: 2)
    let table = Table.answer(
      objects: [object], resource: resource, includeObject: .none, withHeaders: true, now: RowText.now,
      listMetadata: nil)
    #expect(table["columnDefinitions"]?.array?.map { $0["name"] } == ["Name", "Size"])
    #expect(table["rows"]?.array?.first?["cells"] == ["a", 2])
  }
}
