/// How often a failed request is tried again.
public struct Retries: TopologyValue {
  /// The most further tries, 0 or more.
  public var attempts: Int
  /// How long one try may take; the whole request's timeout by default.
  public var perTryTimeout: Duration?
  /// What counts as failed, in Envoy's words such as `5xx`; as Istio does by default.
  public var on: [String] = []

  /// Retries that share the request's timeout.
  public init(attempts: Int) { self.attempts = attempts }
}

extension Retries: Formed {
  static let form = Form("Retries", "How often a failed request is tried again.", blank: Self(attempts: 0)) {
    FormField.required("attempts", \.attempts, .integer(in: 0...100), example: "2", "The most further tries.")
    FormField.optional("perTryTimeout", \.perTryTimeout, .duration(), "How long one try may take.")
    FormField.list(
      "retryOn", \.on, .list(of: .name(.label), unique: [Unique("condition", key: nil) { $0 }]),
      property: "on",
      "What counts as failed, in Envoy's words such as `5xx` or `connect-failure`; as in Istio by default.")
  }
}
