import KubeModel
import Seams
import Testing

@testable import MeshSim

/// The cells of one object, parted by ` | `.
enum RowText {
  static let now = Timestamp(rfc3339: "2026-01-02T00:00:00Z") ?? Timestamp(seconds: 0)

  /// - Parameters:
  ///   - kind: such as `apps/v1/Deployment`.
  ///   - json: the object without kind, name (`x`) and time (five minutes ago).
  static func of(_ kind: String, _ json: String) throws -> String {
    let parts = kind.split(separator: "/").map(String.init)
    let resource = try #require(
      Catalogue.builtIn.resource(apiVersion: parts.dropLast().joined(separator: "/"), kind: parts.last ?? ""))
    var object = try #require(KubeObject(try JSONValue(json: json)))
    object.fields["kind"] = .string(parts.last ?? "")
    if object.name.isEmpty { object.name = "x" }
    if object.creationTimestamp == nil {
      object.set("metadata", "creationTimestamp", to: "2026-01-01T23:55:00Z")
    }
    let cells = TableCells.of(resource).cells(CellSource(object: object, now: now))
    #expect(cells.count == resource.columns.count, "\(kind) has other cells than columns")
    return cells.map { $0.string ?? $0.jsonText() }.joined(separator: " | ")
  }
}
