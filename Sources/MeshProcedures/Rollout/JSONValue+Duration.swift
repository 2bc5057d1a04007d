import KubeModel
import Seams

extension JSONValue {
  /// A duration in seconds, as checkpoints and reports have it.
  static func seconds(_ duration: Duration) -> JSONValue { .double(duration.inSeconds) }

  /// The duration that a number of seconds says, to the microsecond; `nil` for no number and for one
  /// beyond thirty years, which nobody means and arithmetic would not survive.
  var duration: Duration? {
    guard let seconds = number, abs(seconds) <= 1e9 else { return nil }
    return .microseconds(Int64((seconds * 1e6).rounded()))
  }

  /// The integer if it is one within `range`.
  func int(in range: ClosedRange<Int64>) -> Int? {
    guard let int, range.contains(int) else { return nil }
    return Int(int)
  }
}
