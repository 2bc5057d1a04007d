/// Faults that are made on purpose, to see how callers bear them.
public struct FaultInjection: TopologyValue {
  /// Requests that are held back.
  public struct Delay: TopologyValue {
    /// How long.
    public var duration: Duration
    /// What share of the requests.
    public var percent: Percent

    /// Creates a delay.
    public init(duration: Duration, percent: Percent) {
      self.duration = duration
      self.percent = percent
    }
  }

  /// Requests that are answered with an error.
  public struct Abort: TopologyValue {
    /// The status of the answer, 400...599.
    public var status: Int
    /// What share of the requests.
    public var percent: Percent

    /// Creates an abort.
    public init(status: Int, percent: Percent) {
      self.status = status
      self.percent = percent
    }
  }

  /// Requests that are held back; none by default.
  public var delay: Delay?
  /// Requests that are answered with an error; none by default.
  public var abort: Abort?

  /// No faults.
  public init() {}
}

extension FaultInjection: Formed {
  static let form = Form("FaultInjection", "Faults that are made on purpose.", blank: Self()) {
    FormField.optional("delay", \.delay, .form, "Requests that are held back.")
    FormField.optional("abort", \.abort, .form, "Requests that are answered with an error.")
  }
}

extension FaultInjection.Delay: Formed {
  static let form = Form(
    "FaultInjection.Delay", "Requests that are held back.", blank: Self(duration: .zero, percent: .zero)
  ) {
    FormField.required("duration", \.duration, .duration(), example: "2s", "How long.")
    FormField.required("percent", \.percent, .percent, example: "1", "What share of the requests.")
  }
}

extension FaultInjection.Abort: Formed {
  static let form = Form(
    "FaultInjection.Abort", "Requests that are answered with an error.",
    blank: Self(status: 0, percent: .zero)
  ) {
    FormField.required(
      "status", \.status, .integer(in: 400...599), example: "503", "The status of the answer.")
    FormField.required("percent", \.percent, .percent, example: "1", "What share of the requests.")
  }
}
