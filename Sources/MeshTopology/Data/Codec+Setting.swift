internal import KubeModel

extension Codec where Value == String {
  /// The value of a setting of another program: numbers and flags are meant as they are written.
  static var setting: Codec {
    .scalar(
      .special(words: "a value on one line", pattern: nil, alsoInteger: true),
      read: { field in
        guard case .scalar(let scalar) = field.node.content, !scalar.json.isNull, field.trap == nil else {
          return field.text()
        }
        guard !scalar.text.isEmpty, scalar.text.utf8.count <= 1024, scalar.text.utf8.allSatisfy({ $0 >= 32 })
        else {
          field.report(.invalidValue, "not a value on one line", remedy: "write one line")
          return nil
        }
        return scalar.text
      },
      write: { .string($0) }, source: { SwiftSource.literal($0) })
  }
}
