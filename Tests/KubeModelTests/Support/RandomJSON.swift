import KubeModel

extension SplitMix {
  private static let scalars: [Unicode.Scalar] = [
    "a", "Z", "0", " ", "\"", "\\", "/", "\u{0}", "\u{8}", "\t", "\n", "\u{C}", "\r", "\u{1F}", "\u{7F}",
    "é", "ß", "→", "\u{2028}", "\u{FEFF}", "\u{FFFD}", "漢", "😀", "\u{10FFFF}", ":", "#", "-", "{", "]",
  ]

  mutating func text() -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...8, using: &self) { text.append(pick(SplitMix.scalars)) }
    // Foundation, which Yams uses, drops a byte order mark that a string starts with.
    if text.first == "\u{FEFF}" { text.insert("x", at: text.startIndex) }
    return String(text)
  }

  mutating func finiteDouble() -> Double {
    switch Int.random(in: 0..<4, using: &self) {
    case 0: return Double.random(in: -1...1, using: &self)
    case 1:
      return pick([
        0.0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 1e21, -2.5e-7, 1_048_576.0,
      ])
    default:
      let double = Double(bitPattern: next())
      return double.isFinite ? double : 1.5
    }
  }

  mutating func integer() -> Int64 {
    pick([0, 1, -1, 9, 10, .max, .min, Int64(truncatingIfNeeded: next()), 4_294_967_296])
  }

  /// Any JSON value, at most `depth` containers deep.
  mutating func json(depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .int(integer())
    case 3: return .double(finiteDouble())
    case 4, 5: return .string(text())
    case 6:
      return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in json(depth: depth - 1) })
    default: return .object(object(depth: depth - 1))
    }
  }

  /// An object with up to 12 members, so that both ways of finding a key are taken.
  mutating func object(depth: Int) -> JSONObject {
    var members: [(String, JSONValue)] = []
    for _ in 0..<Int.random(in: 0...12, using: &self) { members.append((text(), json(depth: depth))) }
    return JSONObject(members)
  }
}
