import Seams

/// Regular expressions of random parts, right and wrong ones.
struct GeneratedPatterns {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> String {
    let parts = [
      "n", "o", "no ", "N", "a", "i", " ", "(", "(", ")", ")", "(?:", "(?i)", "(?i:", "(?P<x>", "|", "|", "*",
      "+", "?", "??", "*?",
      ".", ".", ".*", ".+", "[a-z]", "[^a-z]", "[[:upper:]]", "[\\\\w ]", "[", "]", "-", "^", "$", "\\\\b",
      "\\\\d", "\\\\S", "\\\\s",
      "\\\\pL", "\\\\p{Lu}", "\\\\PL", "{2}", "{1,3}", "{0,}", "{,2}", "\\\\.", "\\\\Qno\\\\E", "\\\\x6e",
      "\\\\x{6E}", "infinity", "NaN", "all above",
      "(?s).", "\\\\z", "\\\\A", "\\\\B", "[a-", "(?-i)", "[]a]", "[^]]", "\\\\_", "\\\\q", "(?U)", "{1001}",
    ]
    return (0...Int.random(in: 0...7, using: &generator)).map { _ in
      parts.randomElement(using: &generator) ?? ""
    }
    .joined()
  }
}
