/// The instructions of an expression, and the machine that runs them (Pike's: a list of places, advanced together).
struct PatternProgram: Sendable {
  private enum Instruction: Sendable {
    case characters(CharacterSet)
    case assertion(PatternNode.Assertion)
    /// Goes on at both, the first one preferred.
    case split(Int, Int)
    case jump(Int)
    case match
  }

  private var instructions: [Instruction] = []

  init(_ node: PatternNode) {
    compile(node)
    instructions.append(.match)
  }

  private mutating func compile(_ node: PatternNode) {
    switch node {
    case .empty: break
    case .characters(let set): instructions.append(.characters(set))
    case .assertion(let assertion): instructions.append(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { compile(node) }
    case .alternatives(let nodes): compileAlternatives(nodes[...])
    case .repeated(let node, let least, let most, let isGreedy):
      for _ in 0..<least { compile(node) }
      if let most {
        compileOptional(node, times: most - least, isGreedy: isGreedy)
      } else {
        let loop = instructions.count
        instructions.append(.match)
        compile(node)
        instructions.append(.jump(loop))
        setSplit(at: loop, into: loop + 1, else: instructions.count, isGreedy: isGreedy)
      }
    }
  }

  private mutating func compileAlternatives(_ nodes: ArraySlice<PatternNode>) {
    guard let first = nodes.first else { return }
    if nodes.count == 1 { return compile(first) }
    let split = instructions.count
    instructions.append(.match)
    compile(first)
    let jump = instructions.count
    instructions.append(.match)
    instructions[split] = .split(split + 1, instructions.count)
    compileAlternatives(nodes.dropFirst())
    instructions[jump] = .jump(instructions.count)
  }

  private mutating func compileOptional(_ node: PatternNode, times: Int, isGreedy: Bool) {
    var splits: [Int] = []
    for _ in 0..<max(times, 0) {
      splits.append(instructions.count)
      instructions.append(.match)
      compile(node)
    }
    for split in splits { setSplit(at: split, into: split + 1, else: instructions.count, isGreedy: isGreedy) }
  }

  private mutating func setSplit(at index: Int, into inner: Int, else after: Int, isGreedy: Bool) {
    instructions[index] = isGreedy ? .split(inner, after) : .split(after, inner)
  }

  private struct Thread {
    let place: Int
    let start: Int
  }

  /// The leftmost match at or after `start`; only whether there is one when the end is of no interest.
  func search(_ text: [Unicode.Scalar], from start: Int, wantsEnd: Bool) -> Range<Int>? {
    var current: [Thread] = []
    var next: [Thread] = []
    var marks = [Int](repeating: -1, count: instructions.count)
    var best: Range<Int>?
    var position = start
    while position <= text.count {
      if best == nil { follow(0, start: position, at: position, text, &current, &marks) }
      if current.isEmpty, best != nil { break }
      next.removeAll(keepingCapacity: true)
      search: for thread in current {
        switch instructions[thread.place] {
        case .match:
          best = thread.start..<position
          if !wantsEnd { return best }
          // Threads after this one are of lower preference.
          break search
        case .characters(let set):
          if position < text.count, set.contains(text[position]) {
            follow(thread.place + 1, start: thread.start, at: position + 1, text, &next, &marks)
          }
        case .assertion, .split, .jump: break
        }
      }
      swap(&current, &next)
      position += 1
    }
    return best
  }

  /// Adds what can be reached without a character; a mark keeps each place from being added twice.
  private func follow(
    _ place: Int, start: Int, at position: Int, _ text: [Unicode.Scalar], _ threads: inout [Thread],
    _ marks: inout [Int]
  ) {
    var stack = [place]
    while let place = stack.popLast() {
      guard marks[place] != position else { continue }
      marks[place] = position
      switch instructions[place] {
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .assertion(let assertion):
        if PatternProgram.holds(assertion, at: position, text) { stack.append(place + 1) }
      case .characters, .match: threads.append(Thread(place: place, start: start))
      }
    }
  }

  private static func holds(_ assertion: PatternNode.Assertion, at position: Int, _ text: [Unicode.Scalar])
    -> Bool
  {
    switch assertion {
    case .textStart: return position == 0
    case .textEnd: return position == text.count
    case .lineStart: return position == 0 || text[position - 1] == "\n"
    case .lineEnd: return position == text.count || text[position] == "\n"
    case .wordBoundary, .noWordBoundary:
      let before = CharacterSet.isWord(position > 0 ? text[position - 1] : nil)
      let after = CharacterSet.isWord(position < text.count ? text[position] : nil)
      return (before != after) == (assertion == .wordBoundary)
    }
  }
}
