/// A regular expression in RE2's syntax, matched in time that is bounded by its size times the text's length.
///
/// Swift's own `Regex` goes back and tries again, which a hostile pattern makes exponential, and its syntax
/// is another one; so this is an automaton of its own, as RE2 is.
struct RegularExpression: Sendable {
  private let program: [Instruction]
  /// Names of the groups by number; the whole match is number 0.
  let groupNames: [String?]
  /// The texts it matches, when it is nothing but literals in turn.
  private let literals: Set<ByteKey>?

  /// An expression that matches whole texts.
  ///
  /// - Throws: `RegularExpressionError`.
  init(anchored pattern: String) throws {
    literals = Self.literals(pattern)
    var parser = RegularExpressionParser("^(?:\(pattern))$")
    let tree = try parser.parse()
    groupNames = parser.groupNames
    program = try RegularExpressionCompiler.compile(tree)
  }

  /// Checks a pattern as it stands.
  static func check(_ pattern: String) throws {
    var parser = RegularExpressionParser(pattern)
    _ = try parser.parse()
  }

  /// Whether it matches all of a text.
  func matches(_ text: String) -> Bool {
    if let literals { return literals.contains(ByteKey(text)) }
    return run(Array(text.unicodeScalars), capturing: false) != nil
  }

  /// What its groups hold when it matches all of a text; the whole text first.
  func groups(in text: String) -> [String?]? {
    let scalars = Array(text.unicodeScalars)
    guard let marks = run(scalars, capturing: true) else { return nil }
    return groupNames.indices.map { group in
      let (start, end) = (marks[2 * group], marks[2 * group + 1])
      guard start >= 0, end >= start else { return nil }
      return String(String.UnicodeScalarView(scalars[start..<end]))
    }
  }

  private static func literals(_ pattern: String) -> Set<ByteKey>? {
    let isPlain = pattern.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || "_-:/ |,=@<>!~%&;\"'#".utf8.contains($0)
    }
    guard isPlain else { return nil }
    return Set(pattern.split(separator: "|", omittingEmptySubsequences: false).map { ByteKey(String($0)) })
  }

  private struct Thread {
    var instruction: Int
    var marks: [Int]
  }

  /// All threads go through the text in step, the one to be preferred first.
  private func run(_ text: [Unicode.Scalar], capturing: Bool) -> [Int]? {
    let marks = capturing ? [Int](repeating: -1, count: groupNames.count * 2) : []
    var seen = [Int](repeating: -1, count: program.count)
    var threads: [Thread] = []
    add(Thread(instruction: 0, marks: marks), to: &threads, at: 0, of: text, seen: &seen)
    for position in 0...text.count {
      var next: [Thread] = []
      for thread in threads {
        switch program[thread.instruction] {
        case .match: return thread.marks
        case .take(let characters) where position < text.count && characters.contains(text[position]):
          let moved = Thread(instruction: thread.instruction + 1, marks: thread.marks)
          add(moved, to: &next, at: position + 1, of: text, seen: &seen)
        default: break
        }
      }
      if next.isEmpty { return nil }
      threads = next
    }
    return nil
  }

  private func add(
    _ first: Thread, to threads: inout [Thread], at position: Int, of text: [Unicode.Scalar],
    seen: inout [Int]
  ) {
    var waiting = [first]
    while var thread = waiting.popLast() {
      guard seen[thread.instruction] != position else { continue }
      seen[thread.instruction] = position
      switch program[thread.instruction] {
      case .match, .take: threads.append(thread)
      case .jump(let target):
        thread.instruction = target
        waiting.append(thread)
      case .split(let preferred, let other):
        waiting.append(Thread(instruction: other, marks: thread.marks))
        waiting.append(Thread(instruction: preferred, marks: thread.marks))
      case .mark(let number):
        if !thread.marks.isEmpty { thread.marks[number] = position }
        thread.instruction += 1
        waiting.append(thread)
      case .assert(let place) where place.holds(at: position, of: text):
        thread.instruction += 1
        waiting.append(thread)
      case .assert: break
      }
    }
  }
}

/// A pattern that RE2 would refuse, with its words.
struct RegularExpressionError: Error, CustomStringConvertible {
  let message: String

  init(_ what: String, _ part: String) { message = "error parsing regexp: \(what): `\(part)`" }

  var description: String { message }
}
