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
    Timestamp(microseconds: time.microseconds + duration.wholeMicroseconds)
  }

  public static func - (time: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microseconds: time.microseconds - duration.wholeMicroseconds)
  }

  public static func - (end: Timestamp, start: Timestamp) -> Duration {
    .microseconds(end.microseconds - start.microseconds)
  }
}

extension Duration {
  /// The duration in microseconds, rounded towards zero.
  public var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }

  /// The duration in seconds, with the fraction.
  public var inSeconds: Double { Double(wholeMicroseconds) / 1_000_000 }
}
