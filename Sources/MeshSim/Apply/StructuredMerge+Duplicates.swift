import KubeModel

extension StructuredMerge {
  /// The first list of `value` in which two elements are the same one, as in
  /// `.spec.containers: duplicate entries for key [name="a"]`; `nil` when there is none.
  func duplicate(in value: JSONValue, form: MergeForm, path: String = "") -> String? {
    switch (form, value) {
    case (.structure, .object(let object)), (.map, .object(let object)), (.deduced, .object(let object)):
      for member in object.members {
        let inner = schema.member(member.key, of: form, value: member.value)
        if let found = duplicate(in: member.value, form: inner, path: "\(path).\(member.key)") {
          return found
        }
      }
    case (.set, .array(let array)):
      return repeated(array.map(PathElement.value), at: path)
    case (.keyedList(let keys, let inner), .array(let array)):
      let elements = array.map { PathElement.key(ListKey.of($0, keys: keys)) }
      if let found = repeated(elements, at: path) { return found }
      for (element, value) in zip(elements, array) {
        if let found = duplicate(in: value, form: inner, path: path + element.conflictText) { return found }
      }
    default: break
    }
    return nil
  }

  private func repeated(_ elements: [PathElement], at path: String) -> String? {
    var seen: Set<PathElement> = []
    guard let element = elements.first(where: { !seen.insert($0).inserted }) else { return nil }
    return "\(path): duplicate entries for key \(element.conflictText)"
  }
}
