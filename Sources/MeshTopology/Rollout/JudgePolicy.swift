/// What a new version must show, compared with the stable one over the same window.
public struct JudgePolicy: Hashable, Sendable {
  /// What share of requests must succeed.
  public struct SuccessRate: Hashable, Sendable {
    /// The lowest share; 99 % by default.
    public var minimum: Percent = .ninetyNine
    /// The most percentage points below the stable version; 1 by default.
    public var maximumDrop: Percent = .one

    /// The defaults.
    public init() {}
  }

  /// How long requests may take.
  public struct Latency: Hashable, Sendable {
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
