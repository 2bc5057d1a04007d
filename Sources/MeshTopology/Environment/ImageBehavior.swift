/// How the images that match a pattern behave on an embedded cluster.
public struct ImageBehavior: Hashable, Sendable {
  /// How long requests take.
  public struct Latency: Hashable, Sendable {
    /// What half of the requests stay under; 10 ms by default.
    public var median: Duration = .milliseconds(10)
    /// What 99 of 100 requests stay under; 50 ms by default.
    public var p99: Duration = .milliseconds(50)

    /// The defaults.
    public init() {}
  }

  /// A way in which pods fail to become ready.
  public enum Failure: String, Hashable, Sendable, CaseIterable {
    /// They do become ready.
    case none
    /// The container ends again and again.
    case crashLoop
    /// The container runs but its probe never passes.
    case neverReady
    /// The image cannot be pulled.
    case imagePull
  }

  /// A pattern for the whole image reference: `*` stands for any characters, `?` for any one.
  public var match: String
  /// How long a container takes from its start until its probe passes; 2 s by default.
  public var startup: Duration = .seconds(2)
  /// How much longer a start may take at random; 0 by default.
  public var startupJitter: Duration = .zero
  /// How long requests take, without the calls they make.
  public var latency = Latency()
  /// The share of requests that fail; none by default.
  public var errorRate: Percent = .zero
  /// How pods fail to become ready; they do not by default.
  public var failure: Failure = .none

  /// The default behaviour for images that match `pattern`.
  public init(match pattern: String) { match = pattern }
}
