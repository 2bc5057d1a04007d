internal import KubeModel

/// How a type of the model is written: its fields, said once for reading and writing YAML, for printing Swift,
/// for the JSON Schema and for the reference in the documentation.
struct Form<Value: Sendable>: Sendable {
  /// What the type is called in Swift, such as `Workload.Port`.
  let name: String
  /// What the type is, in a sentence.
  let summary: String
  /// A value with all defaults; what must be given holds a stand-in.
  let blank: @Sendable () -> Value
  /// The fields, in the order of writing.
  let fields: [FormField<Value>]
  /// Completes a value from what was given, for defaults that depend on more than one field.
  var complete: (@Sendable (inout Value, Section) -> Void)?
  /// Reports what is right alone and wrong together; only asked when every field below was right.
  var check: (@Sendable (Value, Section) -> Void)?

  init(
    _ name: String, _ summary: String, blank: @autoclosure @escaping @Sendable () -> Value,
    @FormBuilder<Value> fields: () -> [FormField<Value>]
  ) {
    self.name = name
    self.summary = summary
    self.blank = blank
    self.fields = fields()
  }

  /// The form with a completion.
  func completed(_ complete: @escaping @Sendable (inout Value, Section) -> Void) -> Form {
    var form = self
    form.complete = complete
    return form
  }

  /// The form with a check.
  func checked(_ check: @escaping @Sendable (Value, Section) -> Void) -> Form {
    var form = self
    form.check = check
    return form
  }

  /// Reads a value over `start`; `nil` after reporting that something that must be there is missing or wrong.
  func read(_ section: Section, over start: Value? = nil) -> Value? {
    var value = start ?? blank()
    let problemsBefore = section.reading.problemCount
    var isWhole = true
    for field in fields where !field.read(section, &value) { isWhole = false }
    complete?(&value, section)
    if section.reading.problemCount == problemsBefore, isWhole { check?(value, section) }
    return isWhole ? value : nil
  }

  /// The fields that differ from their defaults.
  func write(_ value: Value) -> YAMLTree {
    .mapping(fields.compactMap { field in field.write(value).map { (field.key, $0) } })
  }

  /// The type without its Swift type, for the schema and the documentation.
  var description: FormDescription {
    let blank = blank()
    return FormDescription(
      name: name, summary: summary,
      fields: fields.map { field in
        FormDescription.Entry(
          key: field.key, words: field.words, example: field.example, isRequired: field.isRequired,
          initial: field.isRequired ? nil : field.initial(blank), shape: field.shape())
      })
  }
}

/// A type of the model that has a form.
protocol Formed: Equatable, Sendable {
  static var form: Form<Self> { get }
}

@resultBuilder
enum FormBuilder<Value: Sendable> {
  static func buildExpression(_ field: FormField<Value>) -> [FormField<Value>] { [field] }
  static func buildExpression(_ fields: [FormField<Value>]) -> [FormField<Value>] { fields }
  static func buildBlock(_ fields: [FormField<Value>]...) -> [FormField<Value>] { fields.flatMap(\.self) }
}
