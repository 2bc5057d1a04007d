internal import KubeModel

/// What values of a field look like, for the JSON Schema and the documentation.
indirect enum Shape: Sendable {
  /// One line of text, or more; in words what it is.
  case text(words: String, pattern: String? = nil)
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case flag
  /// One of some words.
  case choice([String])
  /// A text or number in a form of its own, such as a duration.
  case special(words: String, pattern: String?, alsoInteger: Bool = false)
  case list(Shape, atLeast: Int)
  case map(Shape, keys: NameRule)
  case form(FormDescription)
  /// One of several shapes.
  case either([Shape])
  /// Any YAML.
  case any(words: String)
}

/// A type of the model without its Swift type.
struct FormDescription: Sendable {
  struct Entry: Sendable {
    let key: String
    let words: String
    let example: String?
    let isRequired: Bool
    /// The default; `nil` when there is none.
    let initial: YAMLTree?
    let shape: Shape
  }

  let name: String
  let summary: String
  let fields: [Entry]
}
