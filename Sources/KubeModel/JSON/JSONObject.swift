/// The members of a JSON object, sorted by key.
///
/// Sorted storage makes equality, printing and three-way comparison independent of the order of
/// writing, and the same in every process (a hash table's order is not). Objects in Kubernetes are
/// small, so a scan finds a key faster than hashing it.
public struct JSONObject: Hashable, Sendable {
  /// One member.
  public struct Member: Hashable, Sendable {
    /// The member's name.
    public let key: String
    /// The member's value.
    public var value: JSONValue

    /// Creates a member.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The members in ascending order of their keys.
  public private(set) var members: [Member]

  /// An empty object.
  public init() { members = [] }

  /// An object of `pairs`; the last one of equal keys wins.
  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    let all = pairs.map { Member(key: $0.0, value: $0.1) }
    let order = all.indices.sorted { (all[$0].key, $0) < (all[$1].key, $1) }
    members = []
    members.reserveCapacity(all.count)
    for index in order {
      if members.last?.key == all[index].key { members.removeLast() }
      members.append(all[index])
    }
  }

  /// An object of members that are in ascending order of their keys, without repeats; the caller answers for that.
  public init(sorted members: [Member]) {
    assert(zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }, "members in order")
    self.members = members
  }

  /// An object of `members` in any order.
  ///
  /// - Returns: `nil` and the key when a key stands twice.
  static func sorting(_ members: [Member]) -> Result<JSONObject, DuplicateKey> {
    var isSorted = true
    for index in members.indices.dropFirst() where members[index - 1].key >= members[index].key {
      isSorted = false
      break
    }
    var object = JSONObject()
    if isSorted {
      object.members = members
      return .success(object)
    }
    object.members = members.sorted { $0.key < $1.key }
    for index in object.members.indices.dropFirst()
    where object.members[index - 1].key == object.members[index].key {
      return .failure(DuplicateKey(key: object.members[index].key))
    }
    return .success(object)
  }

  struct DuplicateKey: Error { let key: String }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }
  /// The number of members.
  public var count: Int { members.count }
  /// The keys, ascending.
  public var keys: some Sequence<String> { members.lazy.map(\.key) }

  /// The value called `key`. Setting `nil` removes it.
  public subscript(key: String) -> JSONValue? {
    get {
      let (index, isFound) = position(of: key)
      return isFound ? members[index].value : nil
    }
    set {
      let (index, isFound) = position(of: key)
      switch (newValue, isFound) {
      case (let value?, true): members[index].value = value
      case (let value?, false): members.insert(Member(key: key, value: value), at: index)
      case (nil, true): members.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// Changes the value called `key` in place.
  public mutating func update<Result>(_ key: String, _ change: (inout JSONValue?) throws -> Result) rethrows
    -> Result
  {
    let (index, isFound) = position(of: key)
    var value: JSONValue?
    if isFound { swap(&value, &members[index].value) }
    defer {
      switch (value, isFound) {
      case (let value?, true): members[index].value = value
      case (let value?, false): members.insert(Member(key: key, value: value), at: index)
      case (nil, true): members.remove(at: index)
      case (nil, false): break
      }
    }
    return try change(&value)
  }

  /// Sets the value under a path of keys, making the objects on the way; `nil` removes it, and the objects
  /// on the way that get empty by that.
  public mutating func set(_ path: some Collection<String>, to value: JSONValue?) {
    guard let first = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      self[first] = value
      return
    }
    if value == nil, self[first]?.object == nil { return }
    update(first) { (slot: inout JSONValue?) in
      var inner = slot?.object ?? JSONObject()
      slot = nil
      inner.set(rest, to: value)
      if !inner.isEmpty || value != nil { slot = .object(inner) }
    }
  }

  /// The value under a path of keys.
  public subscript(path keys: String...) -> JSONValue? {
    guard let first = keys.first else { return nil }
    return self[first]?[path: keys.dropFirst()]
  }

  private func position(of key: String) -> (index: Int, isFound: Bool) {
    if members.count <= 8 {
      for index in members.indices {
        if members[index].key == key { return (index, true) }
      }
    }
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return (low, low < members.count && members[low].key == key)
  }
}

private func swap(_ slot: inout JSONValue?, _ value: inout JSONValue) {
  slot = value
  value = .null
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
