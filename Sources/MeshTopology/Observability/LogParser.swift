/// How lines of some format are taken apart; pods ask for it by the annotation `fluentbit.io/parser`.
public struct LogParser: TopologyValue {
  /// What lines look like.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// One JSON object a line.
    case json
    /// Named groups of a regular expression.
    case regex
    /// `key=value` pairs.
    case logfmt
    /// `key:value` pairs, separated by tabs.
    case ltsv
  }

  /// The name that pods ask for.
  public var name: String
  /// What lines look like.
  public var format: Format
  /// The regular expression, in Ruby's way of writing, with a named group for each field.
  public var regex: String?
  /// The field with the time; none by default.
  public var timeKey: String?
  /// What the time looks like, in the way of `strptime`; needed with `timeKey`.
  public var timeFormat: String?

  /// A parser without a time.
  public init(name: String, format: Format) {
    self.name = name
    self.format = format
  }
}

extension LogParser: Formed {
  static let form = Form(
    "LogParser", "How lines of some format are taken apart.", blank: Self(name: "", format: .json)
  ) {
    FormField.required("name", \.name, .name(.key), example: "nginx", "The name that pods ask for.")
    FormField.required("format", \.format, .choice, example: "regex", "What lines look like.")
    FormField.optional(
      "regex", \.regex, Codec.text("a regular expression with named groups").oneLine,
      "The regular expression, with a named group for each field.")
    FormField.optional("timeKey", \.timeKey, .name(.key), "The field with the time.")
    FormField.optional(
      "timeFormat", \.timeFormat, Codec.text("a format such as %Y-%m-%dT%H:%M:%S.%L%z").oneLine,
      "What the time looks like, in the way of `strptime`.")
  }.checked { parser, section in
    if parser.format == .regex, parser.regex == nil {
      section.report(
        .missingField, "the format regex without a regular expression",
        remedy: "add regex: '^(?<level>[A-Z]+) (?<message>.*)$'")
    }
    if parser.format != .regex, parser.regex != nil {
      section["regex"]?.report(
        .contradiction, "a regular expression, but the format is \(parser.format.rawValue)",
        remedy: "remove it, or write format: regex")
    }
    if (parser.timeKey == nil) != (parser.timeFormat == nil) {
      section.report(
        .contradiction, "timeKey and timeFormat only mean something together", remedy: "give both or neither")
    }
  }
}
