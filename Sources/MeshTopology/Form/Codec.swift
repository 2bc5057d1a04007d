internal import KubeModel

/// How one kind of value is read from YAML, written to YAML and to Swift, and described.
struct Codec<Value: Sendable>: Sendable {
  /// Reads a value; `nil` after reporting why not.
  let read: @Sendable (Field) -> Value?
  /// The value as YAML.
  let write: @Sendable (Value) -> YAMLTree
  /// The value as a Swift expression.
  let source: @Sendable (Value) -> SwiftSource
  /// What values look like.
  let shape: @Sendable () -> Shape
}

extension Codec {
  /// A value that is one scalar in YAML and a literal or short expression in Swift.
  static func scalar(
    _ shape: @autoclosure @escaping @Sendable () -> Shape, read: @escaping @Sendable (Field) -> Value?,
    write: @escaping @Sendable (Value) -> JSONValue, source: @escaping @Sendable (Value) -> String
  ) -> Codec {
    Codec(
      read: read, write: { .scalar(write($0)) }, source: { SwiftSource($0, text: source) }, shape: shape)
  }

  /// The same values, looked at once more after reading.
  func verified(_ check: @escaping @Sendable (Value, Field) -> Bool) -> Codec {
    Codec(
      read: { field in read(field).flatMap { check($0, field) ? $0 : nil } }, write: write, source: source,
      shape: shape)
  }

  /// The same values, printed in Swift in another way.
  func printed(_ text: @escaping @Sendable (Value) -> String) -> Codec {
    Codec(read: read, write: write, source: { SwiftSource($0, text: text) }, shape: shape)
  }

  /// Values of another type that stand for these.
  func mapped<Other: Sendable>(
    _ to: @escaping @Sendable (Value) -> Other?, _ from: @escaping @Sendable (Other) -> Value
  ) -> Codec<Other> {
    Codec<Other>(
      read: { read($0).flatMap(to) }, write: { write(from($0)) }, source: { source(from($0)) }, shape: shape)
  }
}

extension Codec {
  /// A mapping with the fields of a form.
  static func form(_ form: Form<Value>) -> Codec {
    Codec(
      read: { field in field.section { form.read($0) } }, write: { form.write($0) },
      source: { SwiftSource(form: form, $0) }, shape: { .form(form.description) })
  }
}

extension Codec where Value: Formed {
  /// A mapping with the fields of the type's form.
  static var form: Codec { form(Value.form) }
}

extension Codec {
  /// A list of values.
  ///
  /// - Parameters:
  ///   - least: the fewest elements.
  ///   - unique: what no two elements may share.
  static func list<Element: Sendable>(
    of element: Codec<Element>, atLeast least: Int = 0, unique: [Unique<Element>] = []
  ) -> Codec where Value == [Element] {
    Codec(
      read: { field in
        var seen = unique.map { _ in Names() }
        guard case .list(let nodes) = field.node.content else {
          _ = field.elements()
          return nil
        }
        if nodes.count < least {
          field.report(
            .invalidValue, nodes.isEmpty ? "an empty list" : "a list of \(nodes.count)",
            remedy: "give at least \(least == 1 ? "one element" : "\(least) elements")")
        }
        return field.elements().compactMap { part in
          guard let value = element.read(part) else { return nil }
          for index in unique.indices {
            guard let name = unique[index].name(value) else { continue }
            seen[index].add(
              name, thing: unique[index].thing, at: unique[index].spot(in: part), reading: field.reading,
              remedy: unique[index].remedy)
          }
          return value
        }
      },
      write: { .list($0.map(element.write)) },
      source: { SwiftSource(list: $0.map(element.source)) },
      shape: { .list(element.shape(), atLeast: least) })
  }

  /// A mapping whose keys are names that the user chooses.
  static func map<Element: Sendable>(
    _ rule: NameRule, _ element: Codec<Element>
  ) -> Codec where Value == [String: Element] {
    Codec(
      read: { field in
        guard case .mapping = field.node.content else {
          _ = field.entries()
          return nil
        }
        var values: [String: Element] = [:]
        for entry in field.entries() {
          if !rule.allows(entry.name) {
            field.reading.report(
              .invalidName, "\(shown(entry.name)) is not a valid name here", at: entry.nameSpot,
              remedy: "use \(rule.words)")
          }
          values[entry.name] = element.read(entry.value)
        }
        return values
      },
      write: { values in .mapping(values.sorted { $0.key < $1.key }.map { ($0.key, element.write($0.value)) })
      },
      source: { values in
        SwiftSource(map: values.sorted { $0.key < $1.key }.map { ($0.key, element.source($0.value)) })
      },
      shape: { .map(element.shape(), keys: rule) })
  }
}

/// What no two elements of a list may share.
struct Unique<Element: Sendable>: Sendable {
  /// What it is called, such as `port name`.
  let thing: String
  /// The field of the element; `nil` for the element itself.
  let key: String?
  /// What to do about two of them.
  var remedy = "rename or remove one of the two"
  /// What must differ; `nil` for elements that do not count.
  let name: @Sendable (Element) -> String?

  init(
    _ thing: String, key: String?, remedy: String = "rename or remove one of the two",
    name: @escaping @Sendable (Element) -> String?
  ) {
    self.thing = thing
    self.key = key
    self.remedy = remedy
    self.name = name
  }

  func spot(in element: Field) -> Spot {
    guard let key, let node = element.node[key] else { return element.spot }
    return element.spot.field(key, at: node.place)
  }
}
