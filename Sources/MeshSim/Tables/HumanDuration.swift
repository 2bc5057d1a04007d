import KubeModel
import Seams

/// A length of time as `kubectl get` shows ages: at most two units, the fewer the longer it is.
enum HumanDuration {
  /// The text of `duration`, in the steps of Kubernetes' `HumanDuration`.
  ///
  /// Up to two seconds before zero are clocks that differ; anything earlier is `<invalid>`.
  static func text(_ duration: Duration) -> String {
    let seconds = duration.wholeMicroseconds / 1_000_000
    if seconds < -1 { return "<invalid>" }
    if seconds < 0 { return "0s" }
    if seconds < 120 { return "\(seconds)s" }
    let minutes = seconds / 60
    if minutes < 10 { return two(minutes, "m", seconds % 60, "s") }
    if minutes < 180 { return "\(minutes)m" }
    let hours = minutes / 60
    if hours < 8 { return two(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    let days = hours / 24
    if hours < 24 * 8 { return two(days, "d", hours % 24, "h") }
    if hours < 24 * 365 * 2 { return "\(days)d" }
    if hours < 24 * 365 * 8 { return two(days / 365, "y", days % 365, "d") }
    return "\(days / 365)y"
  }

  /// How long ago the time in `value` is; `<unknown>` when there is none.
  static func since(_ value: JSONValue?, now: Timestamp) -> String {
    guard let time = value?.string.flatMap({ Timestamp(rfc3339: $0) }) else { return "<unknown>" }
    return text(now - time)
  }

  private static func two(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(unit)" : "\(large)\(unit)\(small)\(smallUnit)"
  }
}
