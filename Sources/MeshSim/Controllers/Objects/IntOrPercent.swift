import KubeModel

/// A number, or a share of one (`intstr.IntOrString`).
enum IntOrPercent {
  /// The number that `value` stands for; `nil` when it is neither an integer nor a percentage.
  static func resolve(_ value: JSONValue?, of total: Int, roundsUp: Bool) -> Int? {
    if let count = value?.int { return Int(clamping: count) }
    guard let text = value?.string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else {
      return nil
    }
    return roundsUp ? (total * percent + 99) / 100 : total * percent / 100
  }
}
