internal import KubeModel

extension YAMLTree {
  /// A text.
  static func text(_ text: String) -> YAMLTree { .scalar(.string(text)) }

  /// A whole number.
  static func number(_ number: Int) -> YAMLTree { .scalar(.int(Int64(number))) }

  /// `true` or `false`.
  static func flag(_ flag: Bool) -> YAMLTree { .scalar(.bool(flag)) }

  /// Texts one after the other.
  static func texts(_ texts: [String]) -> YAMLTree { .list(texts.map(YAMLTree.text)) }

  /// A mapping with nothing in it.
  static var empty: YAMLTree { .scalar(.object(JSONObject())) }

  /// Names with texts, by name.
  static func texts(_ texts: [String: String]) -> YAMLTree {
    .mapping(texts.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
  }
}
