import KubeModel
import Seams

/// An object from which the cells of a row are made.
struct CellSource {
  let object: KubeObject
  let now: Timestamp

  var name: JSONValue { .string(object.name) }
  /// The time since the object was made.
  var age: JSONValue { .string(HumanDuration.since(object[path: "metadata", "creationTimestamp"], now: now)) }

  func value(_ path: String...) -> JSONValue? { object.fields.value(path) }

  func list(_ path: String...) -> [JSONValue] { object.fields.value(path)?.array ?? [] }

  /// A text; `absent` when there is none.
  func text(_ path: String..., or absent: String = "") -> JSONValue {
    .string(object.fields.value(path)?.string ?? absent)
  }

  /// An integer; 0 when there is none.
  func number(_ path: String...) -> Int64 { object.fields.value(path)?.int ?? 0 }

  func count(_ path: String...) -> JSONValue {
    switch object.fields.value(path) {
    case .array(let list)?: .int(Int64(list.count))
    case .object(let map)?: .int(Int64(map.count))
    default: 0
    }
  }

  func flag(_ path: String..., or absent: Bool = false) -> JSONValue {
    .bool(object.fields.value(path)?.bool ?? absent)
  }

  /// Names and images of a template's containers, a column each.
  func containers(_ path: String...) -> [JSONValue] {
    let containers = object.fields.value(path)?.array ?? []
    return ["name", "image"].map { field in
      .string(containers.map { $0[field]?.string ?? "" }.joined(separator: ","))
    }
  }

  /// A map of labels as `a=b,c=d`.
  func labels(_ path: String...) -> JSONValue { .string(CellText.labels(object.fields.value(path))) }

  /// A label selector; `<none>` for one that selects nothing or all.
  func selector(_ path: String...) -> JSONValue {
    .string(CellText.selector(object.fields.value(path)).orNone)
  }
}

extension JSONObject {
  fileprivate func value(_ path: [String]) -> JSONValue? {
    guard let first = path.first else { return nil }
    return self[first]?[path: path.dropFirst()]
  }
}
