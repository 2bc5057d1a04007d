import KubeModel
import Seams

/// A column that a CustomResourceDefinition declares: a path into the object, and how to show what is there.
struct CustomColumn: Sendable {
  private let type: String
  private let path: JSONPath?

  init(_ column: Resource.Column) {
    type = column.type
    path = column.jsonPath.flatMap(JSONPath.init)
  }

  /// The cell; null where the object has nothing of the column's type.
  func cell(_ source: CellSource) -> JSONValue {
    guard let path, let found = path.values(in: source.object.json).first else { return .null }
    if type == "string" { return path.text(in: source.object.json).map(JSONValue.string) ?? .null }
    switch (type, found) {
    case ("date", .string(let text)):
      return .string(
        Timestamp(rfc3339: text) == nil ? "<invalid>" : HumanDuration.since(found, now: source.now))
    case ("integer", .int), ("number", .double), ("boolean", .bool): return found
    case ("integer", .double(let number)):
      return Int64(exactly: number.rounded(.towardZero)).map(JSONValue.int) ?? .null
    case ("number", .int(let number)): return .double(Double(number))
    default: return .null
    }
  }
}
