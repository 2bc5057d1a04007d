extension Gateway {
  /// What Kong writes about its work, to the streams of its container.
  public struct Log: TopologyValue {
    /// From which weight on a message is written.
    public enum Level: String, Hashable, Sendable, CaseIterable {
      case debug, info, notice, warn, error, crit, alert, emerg
    }

    /// The lightest messages that are written; `notice` by default, as in Kong.
    public var level = Level.notice
    /// Whether each request is written down; true by default.
    public var hasAccessLog = true

    /// The defaults.
    public init() {}
  }
}

extension Gateway.Log: Formed {
  static let form = Form("Gateway.Log", "What Kong writes about its work.", blank: Self()) {
    FormField.defaulted(
      "level", \.level, .choice, "The lightest messages that are written.", default: .notice)
    FormField.defaulted(
      "access", \.hasAccessLog, .flag, property: "hasAccessLog", "Whether each request is written down.",
      default: true)
  }
}
