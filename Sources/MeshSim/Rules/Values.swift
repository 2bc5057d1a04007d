import KubeModel

/// Short ways to read parts of decoded objects, where an absent field counts as its zero value.
extension JSONValue {
  /// A field's text; empty when absent.
  func text(_ key: String) -> String { self[key]?.string ?? "" }

  /// A field's number; nil when absent.
  func number(_ key: String) -> Int64? { self[key]?.int }

  /// Whether a flag is set.
  func flag(_ key: String) -> Bool { self[key]?.bool ?? false }

  /// A list's elements; none when absent.
  func list(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }

  /// The texts of a list.
  func texts(_ key: String) -> [String] { list(key).compactMap(\.string) }

  /// A map's members, ascending by key; none when absent.
  func entries(_ key: String) -> [JSONObject.Member] { self[key]?.object?.members ?? [] }

  /// Whether a field is there.
  func has(_ key: String) -> Bool { self[key].map { !$0.isNull } ?? false }

  /// Whether it is an empty text, list or map, as Go's `omitempty` counts it.
  var isEmptyContent: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let object): object.isEmpty
    default: false
    }
  }
}

extension JSONObject {
  /// Sets a field that is absent.
  mutating func fill(_ key: String, _ value: @autoclosure () -> JSONValue) {
    if self[key].map(\.isNull) ?? true { self[key] = value() }
  }

  /// Sets a field that is absent or an empty text.
  mutating func fillText(_ key: String, _ value: String) {
    if self[key].map({ $0 == .string("") || $0.isNull }) ?? true { self[key] = .string(value) }
  }

  /// Sets a field that is absent or 0.
  mutating func fillNumber(_ key: String, _ value: Int64) {
    if self[key].map({ $0 == .int(0) || $0.isNull }) ?? true { self[key] = .int(value) }
  }

  /// Changes an object in place; nothing happens when the field is absent or no object.
  mutating func change(_ key: String, _ change: (inout JSONObject) -> Void) {
    guard case .object? = self[key] else { return }
    update(key) { slot in
      guard case .object(var object)? = slot else { return }
      slot = nil  // gives up this reference, so that the change below copies nothing
      change(&object)
      slot = .object(object)
    }
  }

  /// Changes an object in place, and makes it when the field is absent.
  mutating func make(_ key: String, _ change: (inout JSONObject) -> Void) {
    update(key) { slot in
      var object = slot?.object ?? JSONObject()
      slot = nil
      change(&object)
      slot = .object(object)
    }
  }

  /// Changes every object of a list in place.
  mutating func changeEach(_ key: String, _ change: (inout JSONObject) -> Void) {
    guard case .array(let known)? = self[key], !known.isEmpty else { return }
    update(key) { slot in
      guard case .array(var elements)? = slot else { return }
      slot = nil
      for index in elements.indices {
        guard case .object(var object) = elements[index] else { continue }
        elements[index] = .null
        change(&object)
        elements[index] = .object(object)
      }
      slot = .array(elements)
    }
  }
}
