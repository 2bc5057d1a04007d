internal import KubeModel

/// One field of a type: its key, what it means, and how its value is read and written.
struct FormField<Value: Sendable>: Sendable {
  /// The key in YAML.
  let key: String
  /// The property in Swift.
  let property: String
  /// What the field means, with unit and default where the shape does not say them.
  let words: String
  /// Whether it must be given.
  let isRequired: Bool
  /// A value as it might be.
  let example: String?
  /// What values look like.
  let shape: @Sendable () -> Shape
  /// Reads the field into a value; whether the value can be used.
  let read: @Sendable (Section, inout Value) -> Bool
  /// The field's value as YAML; `nil` when it is the default.
  let write: @Sendable (Value) -> YAMLTree?
  /// The field's value as Swift; `nil` when it is the default.
  let source: @Sendable (Value) -> SwiftSource?
  /// The default as YAML; `nil` when there is none.
  let initial: @Sendable (Value) -> YAMLTree?

  /// A field that must be there.
  static func required<Part>(
    _ key: String, _ path: any WritableKeyPath<Value, Part> & Sendable, _ codec: Codec<Part>, example: String,
    property: String? = nil, _ words: String
  ) -> FormField {
    FormField(
      key: key, property: property ?? key, words: words, isRequired: true, example: example,
      shape: codec.shape,
      read: { section, value in
        guard let part = section.required(key, example: example).flatMap(codec.read) else { return false }
        value[keyPath: path] = part
        return true
      },
      write: { codec.write($0[keyPath: path]) },
      source: { codec.source($0[keyPath: path]) },
      initial: { _ in nil })
  }

  /// A field with a default: that of the blank value.
  static func defaulted<Part: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<Value, Part> & Sendable, _ codec: Codec<Part>,
    property: String? = nil, _ words: String, default initial: Part, isAlwaysWritten: Bool = false
  ) -> FormField {
    derived(
      key, path, codec, property: property, words, isAlwaysWritten: isAlwaysWritten, from: { _ in initial })
  }

  /// A field whose default depends on the fields before it.
  static func derived<Part: Equatable>(
    _ key: String, _ path: any WritableKeyPath<Value, Part> & Sendable, _ codec: Codec<Part>,
    property: String? = nil, _ words: String, isAlwaysWritten: Bool = false,
    from initial: @escaping @Sendable (Value) -> Part
  ) -> FormField {
    FormField(
      key: key, property: property ?? key, words: words, isRequired: false, example: nil,
      shape: codec.shape,
      read: { section, value in
        value[keyPath: path] = section[key].flatMap(codec.read) ?? initial(value)
        return true
      },
      write: {
        isAlwaysWritten || $0[keyPath: path] != initial($0) ? codec.write($0[keyPath: path]) : nil
      },
      source: {
        isAlwaysWritten || $0[keyPath: path] != initial($0) ? codec.source($0[keyPath: path]) : nil
      },
      initial: { codec.write(initial($0)) })
  }

  /// A field that may be missing.
  ///
  /// - Parameter isNilPrinted: whether Swift must say that it is missing, because the initializer sets it.
  static func optional<Part: Equatable>(
    _ key: String, _ path: any WritableKeyPath<Value, Part?> & Sendable, _ codec: Codec<Part>,
    property: String? = nil, _ words: String, isNilPrinted: Bool = false
  ) -> FormField {
    FormField(
      key: key, property: property ?? key, words: words, isRequired: false, example: nil,
      shape: codec.shape,
      read: { section, value in
        value[keyPath: path] = section[key].flatMap(codec.read)
        return true
      },
      write: { $0[keyPath: path].map(codec.write) },
      source: { $0[keyPath: path].map(codec.source) ?? (isNilPrinted ? SwiftSource("nil") : nil) },
      initial: { _ in nil })
  }

  /// A field that is read elsewhere, and never written.
  static func ignored(
    _ key: String, shape: @autoclosure @escaping @Sendable () -> Shape, example: String?, _ words: String
  ) -> FormField {
    FormField(
      key: key, property: key, words: words, isRequired: false, example: example, shape: shape,
      read: { section, _ in
        _ = section[key]
        return true
      }, write: { _ in nil }, source: { _ in nil }, initial: { _ in nil })
  }

  /// A list that is empty by default.
  static func list<Part: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<Value, [Part]> & Sendable, _ codec: Codec<[Part]>,
    property: String? = nil, _ words: String
  ) -> FormField {
    defaulted(key, path, codec, property: property, words, default: [])
  }
}
