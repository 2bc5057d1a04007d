import KubeModel

/// The objects of one kind, kept in the order in which lists show them: by namespace, then by name.
struct ObjectCollection: Sendable {
  struct Slot: Sendable {
    let name: String
    var stored: StoredObject
  }

  struct Section: Sendable {
    let namespace: String
    var slots: [Slot] = []
  }

  /// In ascending order of their namespaces; cluster-scoped objects have one with an empty name.
  private(set) var sections: [Section] = []
  private(set) var count = 0

  /// The object at a place.
  subscript(key: ObjectKey) -> StoredObject? {
    guard let section = sections.index(ofNamespace: key.namespace).found,
      let slot = sections[section].slots.index(ofName: key.name).found
    else { return nil }
    return sections[section].slots[slot].stored
  }

  /// Puts an object at its place.
  ///
  /// - Returns: what was there before.
  mutating func put(_ stored: StoredObject, at key: ObjectKey) -> StoredObject? {
    let section = sections.index(ofNamespace: key.namespace)
    if !section.isFound { sections.insert(Section(namespace: key.namespace), at: section.index) }
    let slot = sections[section.index].slots.index(ofName: key.name)
    if slot.isFound {
      let before = sections[section.index].slots[slot.index].stored
      sections[section.index].slots[slot.index].stored = stored
      return before
    }
    sections[section.index].slots.insert(Slot(name: key.name, stored: stored), at: slot.index)
    count += 1
    return nil
  }

  /// Takes the object at a place away.
  mutating func remove(_ key: ObjectKey) -> StoredObject? {
    guard let section = sections.index(ofNamespace: key.namespace).found,
      let slot = sections[section].slots.index(ofName: key.name).found
    else { return nil }
    let before = sections[section].slots.remove(at: slot).stored
    if sections[section].slots.isEmpty { sections.remove(at: section) }
    count -= 1
    return before
  }

  /// The objects of one namespace, or of all, in order.
  func sections(in namespace: String?) -> ArraySlice<Section> {
    guard let namespace else { return sections[...] }
    guard let index = sections.index(ofNamespace: namespace).found else { return [] }
    return sections[index...index]
  }
}

/// Where a key stands in an ordered array, or would.
struct OrderedPosition {
  let index: Int
  let isFound: Bool

  var found: Int? { isFound ? index : nil }
}

extension Array {
  /// The position of `key` by binary search; elements ascend by what `read` gives.
  @inline(__always)
  func position<Key: Comparable>(of key: Key, _ read: (Element) -> Key) -> OrderedPosition {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if read(self[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return OrderedPosition(index: low, isFound: low < count && read(self[low]) == key)
  }
}

extension [ObjectCollection.Section] {
  func index(ofNamespace namespace: String) -> OrderedPosition { position(of: namespace) { $0.namespace } }
}

extension [ObjectCollection.Slot] {
  func index(ofName name: String) -> OrderedPosition { position(of: name) { $0.name } }
}
