import KubeModel

/// A set of paths of fields, as one manager of an object owns them.
///
/// It is kept in the form of `fieldsV1`, whose members are in ascending order: so it needs no reading and writing,
/// and two sets are joined member by member. A path in the set stands for the field itself; what is below it is in
/// the set only when it is listed too. A field is a member when nothing is listed below it, or when `.` is.
struct FieldSet: Hashable, Sendable {
  /// The tree of `fieldsV1`.
  private(set) var tree: JSONObject

  /// The node of a field that is in the set, with nothing below it.
  static let leaf = JSONValue.object(JSONObject())
  /// What marks a field with others below it as a member.
  private static let mark = JSONObject.Member(key: ".", value: leaf)

  init() { tree = JSONObject() }

  /// Reads `fieldsV1`.
  init(fieldsV1 value: JSONValue?) { tree = value?.object ?? JSONObject() }

  init(_ tree: JSONObject) { self.tree = tree }

  var fieldsV1: JSONValue { .object(tree) }

  var isEmpty: Bool { tree.isEmpty }

  func union(_ other: FieldSet) -> FieldSet {
    if other.isEmpty || tree == other.tree { return self }
    return isEmpty ? other : FieldSet(FieldSet.union(tree, other.tree))
  }

  /// The paths that are not in `other`.
  func subtracting(_ other: FieldSet) -> FieldSet {
    isEmpty || other.isEmpty
      ? self : FieldSet(FieldSet.difference(tree, other.tree, isRecursive: false) ?? tree)
  }

  /// The paths that are neither in `other` nor below one of its paths.
  func removing(_ other: FieldSet) -> FieldSet {
    isEmpty || other.isEmpty
      ? self : FieldSet(FieldSet.difference(tree, other.tree, isRecursive: true) ?? tree)
  }

  func intersection(_ other: FieldSet) -> FieldSet {
    isEmpty || other.isEmpty ? FieldSet() : FieldSet(FieldSet.intersection(tree, other.tree))
  }

  /// Whether every path of this set is in `other`.
  func isSubset(of other: FieldSet) -> Bool { tree == other.tree || subtracting(other).isEmpty }

  /// Whether a path of field names is in the set.
  func contains(_ path: [String]) -> Bool {
    var node = fieldsV1
    for name in path {
      guard let next = node["f:" + name] else { return false }
      node = next
    }
    return FieldSet.isMember(node)
  }

  /// A set of one path of field names.
  init(path: [String]) {
    let node = path.reversed().reduce(FieldSet.leaf) { node, name in
      .object(JSONObject(sorted: [JSONObject.Member(key: "f:" + name, value: node)]))
    }
    tree = node.object ?? JSONObject()
  }

  // MARK: Nodes

  static func isMember(_ node: JSONValue) -> Bool {
    guard case .object(let object) = node, let first = object.members.first else { return true }
    return first.key == "."
  }

  /// What is below a node.
  static func children(_ node: JSONValue) -> ArraySlice<JSONObject.Member> {
    guard case .object(let object) = node, let first = object.members.first else { return [] }
    return first.key == "." ? object.members.dropFirst() : object.members[...]
  }

  /// A node of these parts; nil for one without content.
  static func node(isMember: Bool, _ children: [JSONObject.Member]) -> JSONValue? {
    if children.isEmpty { return isMember ? leaf : nil }
    return .object(JSONObject(sorted: isMember ? [mark] + children : children))
  }

  // MARK: Operations on sorted members

  private static func union(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
    JSONObject(sorted: union(left.members[...], right.members[...]))
  }

  private static func union(_ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>)
    -> [JSONObject.Member]
  {
    var result: [JSONObject.Member] = []
    result.reserveCapacity(max(left.count, right.count))
    var (i, j) = (left.startIndex, right.startIndex)
    while i < left.endIndex, j < right.endIndex {
      let (one, other) = (left[i], right[j])
      if one.key == other.key {
        if one.value == other.value {
          result.append(one)
        } else {
          let isMember = isMember(one.value) || isMember(other.value)
          let below = union(children(one.value), children(other.value))
          if let node = node(isMember: isMember, below) {
            result.append(JSONObject.Member(key: one.key, value: node))
          }
        }
        i += 1
        j += 1
      } else if one.key < other.key {
        result.append(one)
        i += 1
      } else {
        result.append(other)
        j += 1
      }
    }
    result += left[i...]
    result += right[j...]
    return result
  }

  private static func intersection(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
    JSONObject(sorted: intersection(left.members[...], right.members[...]))
  }

  private static func intersection(
    _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>
  ) -> [JSONObject.Member] {
    var result: [JSONObject.Member] = []
    var (i, j) = (left.startIndex, right.startIndex)
    while i < left.endIndex, j < right.endIndex {
      let (one, other) = (left[i], right[j])
      if one.key == other.key {
        let isMember = isMember(one.value) && isMember(other.value)
        if let node = node(isMember: isMember, intersection(children(one.value), children(other.value))) {
          result.append(JSONObject.Member(key: one.key, value: node))
        }
        i += 1
        j += 1
      } else if one.key < other.key {
        i += 1
      } else {
        j += 1
      }
    }
    return result
  }

  /// `left` without the paths of `right`; nil when that is all of it.
  private static func difference(_ left: JSONObject, _ right: JSONObject, isRecursive: Bool) -> JSONObject? {
    difference(left.members[...], right.members[...], isRecursive: isRecursive).map {
      JSONObject(sorted: $0)
    }
  }

  private static func difference(
    _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>, isRecursive: Bool
  ) -> [JSONObject.Member]? {
    var result: [JSONObject.Member]?
    var (i, j) = (left.startIndex, right.startIndex)
    while i < left.endIndex, j < right.endIndex {
      let (one, other) = (left[i], right[j])
      if one.key == other.key {
        let old = one.value
        let isTaken = isMember(other.value)
        let below = children(old)
        var rest: [JSONObject.Member]?
        if isTaken, isRecursive, !below.isEmpty {
          rest = []
        } else {
          rest = difference(below, children(other.value), isRecursive: isRecursive)
        }
        let wasMember = isMember(old)
        if rest == nil, !(wasMember && isTaken) {
          result?.append(one)
        } else {
          if result == nil { result = Array(left[..<i]) }
          if let node = node(isMember: wasMember && !isTaken, rest ?? Array(below)) {
            result?.append(JSONObject.Member(key: one.key, value: node))
          }
        }
        i += 1
        j += 1
      } else if one.key < other.key {
        result?.append(one)
        i += 1
      } else {
        j += 1
      }
    }
    result? += left[i...]
    return result
  }
}
