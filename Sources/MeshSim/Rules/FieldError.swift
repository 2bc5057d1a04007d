import KubeModel

/// What is wrong with one field of an object, in the words of Kubernetes' API (`field.Error`).
struct FieldError: Hashable, Sendable {
  /// The reason of a cause, with the words of its message.
  enum Reason: String, Sendable {
    case invalid = "FieldValueInvalid"
    case required = "FieldValueRequired"
    case notSupported = "FieldValueNotSupported"
    case duplicate = "FieldValueDuplicate"
    case forbidden = "FieldValueForbidden"
    case notFound = "FieldValueNotFound"
    case tooLong = "FieldValueTooLong"
    case tooMany = "FieldValueTooMany"
    case typeInvalid = "FieldValueTypeInvalid"
    case internalError = "InternalError"
  }

  let reason: Reason
  /// Such as `spec.template.spec.containers[0].name`.
  let field: String
  /// Everything after the field and its colon, such as `Invalid value: -1: must be greater than or equal to 0`.
  let message: String
}

/// The place of a field, built on the way down: `path["spec"][0]`.
struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  let description: String

  init(_ description: String = "") { self.description = description }

  /// A field of a struct.
  subscript(field: String) -> FieldPath {
    FieldPath(description.isEmpty ? field : "\(description).\(field)")
  }

  /// An element of a list.
  subscript(index: Int) -> FieldPath { FieldPath("\(description)[\(index)]") }

  /// A member of a map.
  subscript(key key: String) -> FieldPath { FieldPath("\(description)[\(key)]") }
}

/// The errors that a check of an object found, in order.
struct FieldErrors: Sendable {
  private(set) var all: [FieldError] = []

  var isEmpty: Bool { all.isEmpty }

  /// - Parameter value: as the message shows it: strings quoted, `nil` for what is not shown.
  mutating func invalid(_ path: FieldPath, _ value: JSONValue?, _ detail: String) {
    add(.invalid, path, "Invalid value", value, detail)
  }

  /// One error for each problem of a text.
  mutating func invalid(_ path: FieldPath, _ text: String, problems: [String]) {
    for problem in problems { invalid(path, .string(text), problem) }
  }

  mutating func required(_ path: FieldPath, _ detail: String = "") {
    let words = "Required value"
    all.append(
      FieldError(
        reason: .required, field: path.description, message: detail.isEmpty ? words : "\(words): \(detail)"))
  }

  /// - Parameter supported: in the order in which they are shown.
  mutating func notSupported(_ path: FieldPath, _ value: JSONValue, _ supported: [String]) {
    let list = supported.map { "\"\($0)\"" }.joined(separator: ", ")
    add(.notSupported, path, "Unsupported value", value, "supported values: \(list)")
  }

  mutating func duplicate(_ path: FieldPath, _ value: JSONValue, _ detail: String = "") {
    add(.duplicate, path, "Duplicate value", value, detail)
  }

  mutating func forbidden(_ path: FieldPath, _ detail: String) {
    all.append(
      FieldError(
        reason: .forbidden, field: path.description,
        message: detail.isEmpty ? "Forbidden" : "Forbidden: \(detail)"))
  }

  mutating func notFound(_ path: FieldPath, _ value: JSONValue, _ detail: String = "") {
    add(.notFound, path, "Not found", value, detail)
  }

  mutating func tooLong(_ path: FieldPath, maximum: Int) {
    all.append(
      FieldError(
        reason: .tooLong, field: path.description, message: "Too long: may not be more than \(maximum) bytes")
    )
  }

  mutating func tooMany(_ path: FieldPath, _ count: Int, maximum: Int) {
    add(.tooMany, path, "Too many", .int(Int64(count)), "must have at most \(maximum) items")
  }

  mutating func typeInvalid(_ path: FieldPath, _ value: JSONValue?, _ detail: String) {
    add(.typeInvalid, path, "Invalid value", value, detail)
  }

  /// Adds errors of whatever reason, such as those of a part.
  mutating func add(_ errors: some Sequence<FieldError>) { all += errors }

  private mutating func add(
    _ reason: FieldError.Reason, _ path: FieldPath, _ words: String, _ value: JSONValue?, _ detail: String
  ) {
    var message = words
    if let value { message += ": \(value.jsonText())" }
    if !detail.isEmpty { message += ": \(detail)" }
    all.append(FieldError(reason: reason, field: path.description, message: message))
  }
}

/// Checks that many fields share.
extension FieldErrors {
  /// A number that may not be below 0.
  mutating func negative(_ path: FieldPath, _ value: JSONValue?) {
    guard let number = value?.int, number < 0 else { return }
    invalid(path, .int(number), "must be greater than or equal to 0")
  }

  /// A field that may not change.
  mutating func immutable(_ path: FieldPath, _ value: JSONValue?, _ live: JSONValue?) {
    guard (value ?? .null) != (live ?? .null) else { return }
    invalid(path, value ?? .null, "field is immutable")
  }

  /// A text out of a few; an empty one is a missing value.
  mutating func choice(_ path: FieldPath, _ text: String, _ supported: [String]) {
    if text.isEmpty {
      required(path)
    } else if !supported.contains(text) {
      notSupported(path, .string(text), supported)
    }
  }

  /// A number of a port.
  mutating func portNumber(_ path: FieldPath, _ number: Int64) {
    if !(1...65535).contains(number) { invalid(path, .int(number), "must be between 1 and 65535, inclusive") }
  }

  /// A port by its number or name.
  mutating func port(_ path: FieldPath, _ value: JSONValue?) {
    switch value {
    case .string(let name)?: invalid(path, name, problems: PortName.problems(of: name))
    default: portNumber(path, value?.int ?? 0)
    }
  }

  /// A text that must have the form of a name.
  mutating func name(_ path: FieldPath, _ text: String, _ form: NameForm) {
    invalid(path, text, problems: form.problems(of: text))
  }
}
