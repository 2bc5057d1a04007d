/// When a pod that fails is left out for a while (Istio's `OutlierDetection`).
public struct OutlierDetection: TopologyValue {
  /// How many answers of 5xx in a row; 5 by default.
  public var consecutiveErrors = 5
  /// How often pods are looked at; 10 s by default.
  public var interval: Duration = .seconds(10)
  /// How long a pod is left out for the first time; 30 s by default.
  public var ejectionTime: Duration = .seconds(30)
  /// The most pods that may be left out, in percent of all; 10 by default.
  public var maximumEjected = 10

  /// The defaults.
  public init() {}
}

extension OutlierDetection: Formed {
  static let form = Form("OutlierDetection", "When a pod that fails is left out for a while.", blank: Self())
  {
    FormField.defaulted(
      "consecutiveErrors", \.consecutiveErrors, .integer(in: 1...100_000),
      "How many answers of 5xx in a row.", default: 5)
    FormField.defaulted(
      "interval", \.interval, .duration(), "How often pods are looked at.", default: .seconds(10))
    FormField.defaulted(
      "ejectionTime", \.ejectionTime, .duration(), "How long a pod is left out for the first time.",
      default: .seconds(30))
    FormField.defaulted(
      "maximumEjected", \.maximumEjected, .integer(in: 0...100),
      "The most pods that may be left out, in percent of all.",
      default: 10)
  }
}
