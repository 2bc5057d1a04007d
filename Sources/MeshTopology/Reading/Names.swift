/// The names met so far in one scope, to find those that stand twice.
struct Names {
  private var spots: [String: Spot] = [:]

  /// Notes `name`, and reports it when it is there already.
  ///
  /// - Parameter thing: what the name is, such as `port name`.
  mutating func add(
    _ name: String, thing: String, at spot: Spot, reading: Reading,
    remedy: String = "rename or remove one of the two"
  ) {
    guard let first = spots[name] else {
      spots[name] = spot
      return
    }
    reading.report(
      .duplicate, "the \(thing) \(shown(name)) stands twice, first at \(first.place)", at: spot,
      remedy: remedy)
  }
}
