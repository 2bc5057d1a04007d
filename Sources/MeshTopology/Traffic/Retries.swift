/// How often a failed request is tried again.
public struct Retries: Hashable, Sendable {
  /// The most further tries, 0 or more.
  public var attempts: Int
  /// How long one try may take; the whole request's timeout by default.
  public var perTryTimeout: Duration?

  /// Retries that share the request's timeout.
  public init(attempts: Int) { self.attempts = attempts }
}
