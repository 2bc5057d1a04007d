import KubeModel

/// JSON patch (RFC 6902) as the server's library applies it: a `replace` may name a member that is not there, a
/// negative index counts from the end, `test` and `copy` take what is missing for null.
enum JSONPatch {
  /// The most operations of one patch.
  static let operationLimit = 10_000
  /// The most bytes that all copies of one patch may add.
  static let copyLimit = 30 << 20

  /// - Throws: 400 for what is no patch, 413 for one that is too long, 422 for one that does not apply.
  static func apply(_ patch: JSONValue, to value: JSONValue) throws(StatusError) -> JSONValue {
    guard let operations = patch.array else {
      throw .badRequest("json: cannot unmarshal \(patch.goKind) into Go value of type jsonpatch.Patch")
    }
    guard operations.count <= operationLimit else {
      throw StatusError(
        code: 413, reason: "RequestEntityTooLarge",
        message:
          "Request entity too large: The allowed maximum operations in a JSON patch is \(operationLimit), "
          + "got \(operations.count)")
    }
    var result = value
    var copied = 0
    do throws(Inapplicable) {
      for operation in operations { try apply(operation, to: &result, &copied) }
    } catch {
      throw .inapplicablePatch
    }
    return result
  }

  /// An operation that cannot be applied; the server does not say why.
  private struct Inapplicable: Error {}

  private static func apply(_ operation: JSONValue, to value: inout JSONValue, _ copied: inout Int)
    throws(Inapplicable)
  {
    guard let path = operation["path"]?.string else { throw Inapplicable() }
    let new = operation["value"] ?? .null
    switch operation["op"]?.string {
    case "add": try change(&value, path) { parent, key throws(Inapplicable) in try add(new, key, &parent) }
    case "remove": try change(&value, path) { parent, key throws(Inapplicable) in try remove(key, &parent) }
    case "replace":
      guard !path.isEmpty else {
        guard new.object != nil || new.array != nil else { throw Inapplicable() }
        value = new
        return
      }
      try change(&value, path) { parent, key throws(Inapplicable) in try replace(new, key, &parent) }
    case "test":
      let found = path.isEmpty ? value : try get(path, in: value) ?? .null
      guard found == new else { throw Inapplicable() }
    case "move":
      guard let from = operation["from"]?.string else { throw Inapplicable() }
      let moved = try get(from, in: value) ?? .null
      try change(&value, from) { parent, key throws(Inapplicable) in try remove(key, &parent) }
      try change(&value, path) { parent, key throws(Inapplicable) in try add(moved, key, &parent) }
    case "copy":
      guard let from = operation["from"]?.string else { throw Inapplicable() }
      let copy = try get(from, in: value) ?? .null
      copied += size(of: copy)
      guard copied <= copyLimit else { throw Inapplicable() }
      try change(&value, path) { parent, key throws(Inapplicable) in try add(copy, key, &parent) }
    default: throw Inapplicable()
    }
  }

  /// About the length of a value's text.
  private static func size(of value: JSONValue) -> Int {
    switch value {
    case .null, .bool, .int, .double: 8
    case .string(let text): text.utf8.count + 2
    case .array(let array): array.reduce(2) { $0 + size(of: $1) + 1 }
    case .object(let object): object.members.reduce(2) { $0 + $1.key.utf8.count + size(of: $1.value) + 4 }
    }
  }

  // MARK: Places

  private static func steps(_ path: String) throws(Inapplicable) -> [String] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 2 else { throw Inapplicable() }
    return parts.dropFirst().map(unescaped)
  }

  private static func unescaped(_ part: Substring) -> String {
    guard part.contains("~") else { return String(part) }
    var text = ""
    var rest = part
    while let character = rest.popFirst() {
      guard character == "~", let next = rest.first, next == "0" || next == "1" else {
        text.append(character)
        continue
      }
      rest.removeFirst()
      text.append(next == "1" ? "/" : "~")
    }
    return text
  }

  /// The value at a place; nil for a member that an object does not have.
  private static func get(_ path: String, in value: JSONValue) throws(Inapplicable) -> JSONValue? {
    var found = value
    let steps = try steps(path)
    for (position, step) in steps.enumerated() {
      switch found {
      case .object(let object):
        guard let next = object[step] else {
          guard position == steps.count - 1 else { throw Inapplicable() }
          return nil
        }
        found = next
      case .array(let array): found = array[try index(step, count: array.count)]
      default: throw Inapplicable()
      }
    }
    return found
  }

  private static func index(_ step: String, count: Int) throws(Inapplicable) -> Int {
    guard let index = Int(step), index < count, index >= -count else { throw Inapplicable() }
    return index < 0 ? index + count : index
  }

  private typealias Change = (inout JSONValue, String) throws(Inapplicable) -> Void

  /// Changes the parent of a place.
  private static func change(_ value: inout JSONValue, _ path: String, _ change: Change) throws(Inapplicable)
  {
    try descend(&value, try steps(path)[...], change)
  }

  private static func descend(_ value: inout JSONValue, _ steps: ArraySlice<String>, _ change: Change)
    throws(Inapplicable)
  {
    guard let step = steps.first else { throw Inapplicable() }
    if steps.count == 1 { return try change(&value, step) }
    switch value {
    case .object(var object):
      guard var inner = object[step] else { throw Inapplicable() }
      try descend(&inner, steps.dropFirst(), change)
      object[step] = inner
      value = .object(object)
    case .array(var array):
      let index = try index(step, count: array.count)
      try descend(&array[index], steps.dropFirst(), change)
      value = .array(array)
    default: throw Inapplicable()
    }
  }

  // MARK: Changes of a parent

  private static func add(_ new: JSONValue, _ key: String, _ parent: inout JSONValue) throws(Inapplicable) {
    switch parent {
    case .object: parent[key] = new
    case .array(var array):
      array.insert(new, at: key == "-" ? array.count : try index(key, count: array.count + 1))
      parent = .array(array)
    default: throw Inapplicable()
    }
  }

  private static func replace(_ new: JSONValue, _ key: String, _ parent: inout JSONValue)
    throws(Inapplicable)
  {
    switch parent {
    case .object: parent[key] = new
    case .array(var array):
      array[try index(key, count: array.count)] = new
      parent = .array(array)
    default: throw Inapplicable()
    }
  }

  private static func remove(_ key: String, _ parent: inout JSONValue) throws(Inapplicable) {
    switch parent {
    case .object(var object):
      guard object[key] != nil else { throw Inapplicable() }
      object[key] = nil
      parent = .object(object)
    case .array(var array):
      array.remove(at: try index(key, count: array.count))
      parent = .array(array)
    default: throw Inapplicable()
    }
  }
}

extension StatusError {
  /// A patch that is well formed and cannot be applied.
  static let inapplicablePatch = StatusError(
    code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
    details: [:])
}
