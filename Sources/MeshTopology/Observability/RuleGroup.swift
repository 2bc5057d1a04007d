/// Rules that are evaluated one after the other.
public struct RuleGroup: TopologyValue {
  /// The name; unique.
  public var name: String
  /// How often they are evaluated; as all rules by default.
  public var interval: Duration?
  /// The rules.
  public var rules: [Rule]

  /// A group that is evaluated as all rules are.
  public init(name: String, rules: [Rule]) {
    self.name = name
    self.rules = rules
  }

  /// One rule: an alert, or a measure that is computed from others.
  public struct Rule: TopologyValue {
    /// The alert's name; a rule has this or `record`.
    public var alert: String?
    /// The computed measure's name.
    public var record: String?
    /// The expression, in Prometheus' language.
    public var expr: String
    /// How long the expression must hold before the alert fires; not at all by default.
    public var duration: Duration?
    /// How long the alert stays after the expression no longer holds; not at all by default.
    public var keepFiringFor: Duration?
    /// Further labels; none by default.
    public var labels: [String: String] = [:]
    /// What people are told, with templates such as `{{ $value }}`; nothing by default.
    public var annotations: [String: String] = [:]

    /// A rule that is still without a name.
    public init(expr: String) { self.expr = expr }

    /// An alert.
    public init(alert: String, expr: String) {
      self.alert = alert
      self.expr = expr
    }

    /// A measure that is computed from others.
    public init(record: String, expr: String) {
      self.record = record
      self.expr = expr
    }
  }
}

extension RuleGroup: Formed {
  static let form = Form(
    "RuleGroup", "Rules that are evaluated one after the other.", blank: Self(name: "", rules: [])
  ) {
    FormField.required("name", \.name, .name(.key), example: "orders", "The name, unique.")
    FormField.optional(
      "interval", \.interval, .duration(in: .seconds(1) ... .longest),
      "How often they are evaluated; as all rules by default.")
    FormField.required(
      "rules", \.rules, .list(of: .form, atLeast: 1), example: "[{alert: NoOrders, expr: …}]", "The rules.")
  }
}

extension RuleGroup.Rule: Formed {
  static let form = Form(
    "RuleGroup.Rule", "One rule: an alert, or a measure that is computed from others.", blank: Self(expr: "")
  ) {
    FormField.optional(
      "alert", \.alert, Codec.text("a name such as OrdersTooSlow").measureName,
      "The alert's name; a rule has this or `record`.")
    FormField.optional(
      "record", \.record, Codec.text("a name such as orders:requests:rate5m").measureName,
      "The computed measure's name.")
    FormField.required(
      "expr", \.expr, .expression, example: "up == 0", "The expression, in Prometheus' language.")
    FormField.optional(
      "for", \.duration, .duration(), property: "duration",
      "How long the expression must hold before the alert fires.")
    FormField.optional(
      "keepFiringFor", \.keepFiringFor, .duration(),
      "How long the alert stays after the expression no longer holds.")
    FormField.defaulted("labels", \.labels, .labels, "Further labels, such as `severity`.", default: [:])
    FormField.defaulted(
      "annotations", \.annotations, .labels, "What people are told, with templates such as `{{ $value }}`.",
      default: [:])
  }.checked { rule, section in
    if (rule.alert == nil) == (rule.record == nil) {
      section.report(
        .contradiction, "a rule is an alert or records a measure, one of them",
        remedy: "give it alert: NAME or record: NAME")
    }
    guard rule.record != nil, rule.alert == nil else { return }
    for key in ["for", "keepFiringFor", "annotations"] {
      section[key]?.report(
        .contradiction, "\(key) of a rule that records a measure, which never fires", remedy: "remove \(key)")
    }
  }
}
