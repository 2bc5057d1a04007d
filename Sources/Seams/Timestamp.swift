/// A point in wall time, in whole microseconds since 1970-01-01T00:00:00Z.
///
/// Kubernetes writes most times in whole seconds and Lease times with six decimals, both RFC 3339
/// in UTC; `rfc3339` and `rfc3339Micro` print those two forms.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since the Unix epoch; negative before 1970.
  public var microseconds: Int64

  /// Creates a time from microseconds since the Unix epoch.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Creates a time from whole seconds since the Unix epoch.
  public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

  /// Seconds since the Unix epoch, with the fraction.
  public var seconds: Double { Double(microseconds) / 1_000_000 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  public static func + (time: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microseconds: time.microseconds.addingSaturated(duration.wholeMicroseconds))
  }

  public static func - (time: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microseconds: time.microseconds.subtractingSaturated(duration.wholeMicroseconds))
  }

  public static func - (end: Timestamp, start: Timestamp) -> Duration {
    .microseconds(end.microseconds.subtractingSaturated(start.microseconds))
  }
}

extension Duration {
  /// The duration in microseconds, rounded towards zero and kept within 64 bits.
  public var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    let (microseconds, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !isOverflow else { return seconds < 0 ? .min : .max }
    return microseconds.addingSaturated(attoseconds / 1_000_000_000_000)
  }

  /// The duration in seconds, with the fraction.
  public var inSeconds: Double { Double(wholeMicroseconds) / 1_000_000 }
}

/// Durations come from manifests too: what is too large ends at the end of time instead of a trap.
extension Int64 {
  fileprivate func addingSaturated(_ other: Int64) -> Int64 {
    let (sum, isOverflow) = addingReportingOverflow(other)
    return isOverflow ? (other < 0 ? .min : .max) : sum
  }

  fileprivate func subtractingSaturated(_ other: Int64) -> Int64 {
    let (difference, isOverflow) = subtractingReportingOverflow(other)
    return isOverflow ? (other < 0 ? .max : .min) : difference
  }
}
