extension Duration {
  /// The longest duration that a topology can name: 10,000 hours.
  package static let longest = Duration.seconds(36_000_000)

  /// Reads `250ms`, `30s`, `15m`, `1h` or parts in descending order such as `1h30m`.
  ///
  /// - Returns: `nil` for any other text, a bare number among them, and for more than 10,000 hours.
  package init?(unitText text: String) {
    let units: [(name: String, milliseconds: Int64)] = [
      ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    var remaining = text.utf8[...]
    var total: Int64 = 0
    var nextUnit = 0
    guard !remaining.isEmpty, remaining.count <= 40 else { return nil }
    while !remaining.isEmpty {
      let digits = remaining.prefix(while: \.isDigit)
      remaining = remaining.dropFirst(digits.count)
      let letters = remaining.prefix(while: \.isLowercaseLetter)
      remaining = remaining.dropFirst(letters.count)
      guard digits.count <= 12, let number = Int64(String(decoding: digits, as: UTF8.self)),
        let unit = units[nextUnit...].firstIndex(where: {
          $0.name == String(decoding: letters, as: UTF8.self)
        })
      else { return nil }
      total += number * units[unit].milliseconds
      nextUnit = unit + 1
    }
    self = .milliseconds(total)
    guard self <= .longest else { return nil }
  }

  /// The duration with units, such as `1h30m`, `2s250ms` or `0s`; parts below a millisecond are left out.
  package var unitText: String {
    var rest = wholeMilliseconds
    if rest == 0 { return "0s" }
    var text = rest < 0 ? "-" : ""
    rest = abs(rest)
    for (name, size) in [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] as [(String, Int64)] {
      if rest >= size { text += "\(rest / size)\(name)" }
      rest %= size
    }
    return text
  }

  /// The duration in milliseconds, without what is below one.
  package var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
