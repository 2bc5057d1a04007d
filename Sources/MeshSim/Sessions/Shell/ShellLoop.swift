/// The one loop of a script: `while true; do …; done`, or `for NAME in WORDS; do …; done`.
struct ShellLoop {
  let before: String
  /// Empty for a loop without one.
  let variable: String
  /// What the variable becomes, one after the other.
  let rounds: [String]
  let isEndless: Bool
  let body: String
  let after: String

  /// - Returns: `nil` for a script without a loop, or with one in another.
  init?(_ text: String) {
    let starts = ["while ", "for "].compactMap { word in
      text.firstRange(of: word).flatMap { range in
        let start = range.lowerBound
        let isFirst = start == text.startIndex || "; \n".contains(text[text.index(before: start)])
        return isFirst ? range : nil
      }
    }
    guard starts.count == 1, let start = starts.first, let end = text.ranges(of: "done").last,
      let opening = text[start.upperBound...].firstRange(of: "do"), opening.upperBound <= end.lowerBound
    else { return nil }
    let head = text[start.upperBound..<opening.lowerBound].filter { $0 != ";" && $0 != "\n" }
    let words = head.split(separator: " ").map(String.init)
    if text[start].hasPrefix("for") {
      guard words.count >= 2, words[1] == "in" else { return nil }
      (variable, rounds, isEndless) = (words[0], ShellLoop.counted(Array(words.dropFirst(2))), false)
    } else {
      guard ["true", ":", "sleep"].contains(words.first ?? "") else { return nil }
      (variable, rounds, isEndless) = ("", [], true)
    }
    before = String(text[..<start.lowerBound])
    body =
      (words.first == "sleep" ? head + "; " : "") + String(text[opening.upperBound..<end.lowerBound])
    after = String(text[end.upperBound...].drop { $0 == ";" || $0 == " " })
  }

  /// `$(seq A B)` and `{A..B}` are numbers in a row.
  private static func counted(_ words: [String]) -> [String] {
    let text = words.joined(separator: " ")
    for (open, close, sign) in [("$(seq ", ")", " "), ("{", "}", "..")] {
      guard text.hasPrefix(open), text.hasSuffix(close) else { continue }
      let numbers = text.dropFirst(open.count).dropLast().split(separator: sign).compactMap { Int($0) }
      guard let last = numbers.last, numbers.count <= 2 else { continue }
      let first = numbers.count == 2 ? numbers[0] : 1
      return first <= last && last - first < 10_000 ? (first...last).map(String.init) : []
    }
    return words
  }
}
