/// How a clone or a fetch is bounded and watched.
public struct GitTransfer: Sendable {
  /// The longest it may take.
  ///
  /// It is looked at whenever something arrives. A server that goes silent is given up after 60 seconds
  /// with libgit2 1.7 or newer, and by the operating system alone with older ones.
  public var timeout: Duration
  /// What measures the time-out.
  public var clock: any Clock<Duration>
  /// Called on the repository's own thread, often; it must return quickly.
  public var progress: (@Sendable (GitProgress) -> Void)?

  /// Makes settings for a transfer.
  public init(
    timeout: Duration = .seconds(300), clock: any Clock<Duration> = ContinuousClock(),
    progress: (@Sendable (GitProgress) -> Void)? = nil
  ) {
    self.timeout = timeout
    self.clock = clock
    self.progress = progress
  }
}
