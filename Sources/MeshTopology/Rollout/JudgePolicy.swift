/// What a new version must show, compared with the stable one over the same window.
public struct JudgePolicy: TopologyValue {
  /// What share of requests must succeed.
  public struct SuccessRate: TopologyValue {
    /// The lowest share; 99 % by default.
    public var minimum: Percent = .ninetyNine
    /// The most percentage points below the stable version; 1 by default.
    public var maximumDrop: Percent = .one

    /// The defaults.
    public init() {}
  }

  /// How long requests may take.
  public struct Latency: TopologyValue {
    /// The longest that 99 of 100 requests may take (p99); half a second by default.
    public var maximum: Duration = .milliseconds(500)
    /// The highest ratio of its p99 to the stable version's, 1 or more; 1.5 by default.
    public var maximumRatio = 1.5

    /// The defaults.
    public init() {}
  }

  /// The fewest requests that a judgement may rest on; 100 by default. Fewer is inconclusive, never good.
  public var minimumRequests = 100
  /// What share of requests must succeed.
  public var successRate = SuccessRate()
  /// How long requests may take.
  public var latency = Latency()
  /// How long an inconclusive step is watched further before it is aborted; 5 minutes by default.
  public var patience: Duration = .seconds(300)

  /// The defaults.
  public init() {}
}

extension JudgePolicy: Formed {
  static let form = Form(
    "JudgePolicy", "What a new version must show, compared with the stable one.", blank: Self()
  ) {
    FormField.defaulted(
      "minimumRequests", \.minimumRequests, .integer(in: 1...1_000_000_000),
      "The fewest requests that a judgement may rest on. Fewer is inconclusive, never good.", default: 100)
    FormField.defaulted(
      "successRate", \.successRate, .form, "What share of requests must succeed.", default: SuccessRate())
    FormField.defaulted("latency", \.latency, .form, "How long requests may take.", default: Latency())
    FormField.defaulted(
      "patience", \.patience, .duration(in: .zero ... .longest),
      "How long an inconclusive step is watched further before it is aborted.", default: .seconds(300))
  }
}

extension JudgePolicy.SuccessRate: Formed {
  static let form = Form("JudgePolicy.SuccessRate", "What share of requests must succeed.", blank: Self()) {
    FormField.defaulted("minimum", \.minimum, .percent, "The lowest share in percent.", default: .ninetyNine)
    FormField.defaulted(
      "maximumDrop", \.maximumDrop, .percent, "The most percentage points below the stable version.",
      default: .one)
  }
}

extension JudgePolicy.Latency: Formed {
  static let form = Form("JudgePolicy.Latency", "How long requests may take.", blank: Self()) {
    FormField.defaulted(
      "maximum", \.maximum, .duration(), "The longest that 99 of 100 requests may take (p99).",
      default: .milliseconds(500))
    FormField.defaulted(
      "maximumRatio", \.maximumRatio, .number(in: 1...1000),
      "The highest ratio of its p99 to the stable version's.",
      default: 1.5)
  }
}
