/// One step of the automaton.
enum Instruction: Sendable {
  case take(CharacterSet)
  case assert(TextPlace)
  case mark(Int)
  case jump(Int)
  /// The first is preferred.
  case split(Int, Int)
  case match
}

/// Turns a tree into steps; how many is bounded, and so is the time to match.
struct RegularExpressionCompiler {
  private static let largest = 8_000
  private var program: [Instruction] = []

  static func compile(_ tree: RegularExpressionTree) throws -> [Instruction] {
    var compiler = RegularExpressionCompiler()
    try compiler.add(.mark(0))
    try compiler.add(tree)
    try compiler.add(.mark(1))
    try compiler.add(.match)
    return compiler.program
  }

  private mutating func add(_ instruction: Instruction) throws {
    guard program.count < Self.largest else {
      throw RegularExpressionError("expression too large", "\(Self.largest) steps")
    }
    program.append(instruction)
  }

  private mutating func add(_ tree: RegularExpressionTree) throws {
    switch tree {
    case .empty: break
    case .characters(let set): try add(.take(set))
    case .place(let place): try add(.assert(place))
    case .group(let inner, let number):
      if let number { try add(.mark(2 * number)) }
      try add(inner)
      if let number { try add(.mark(2 * number + 1)) }
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let branches): try choose(branches)
    case .repeated(let inner, let least, let most, let isGreedy):
      for _ in 0..<least { try add(inner) }
      if let most {
        for _ in least..<max(most, least) { try addOptional(inner, isGreedy: isGreedy) }
      } else {
        try loop(inner, isGreedy: isGreedy)
      }
    }
  }

  private mutating func choose(_ branches: [RegularExpressionTree]) throws {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try add(branch)
        break
      }
      let split = program.count
      try add(.match)
      try add(branch)
      ends.append(program.count)
      try add(.match)
      program[split] = .split(split + 1, program.count)
    }
    for end in ends { program[end] = .jump(program.count) }
  }

  private mutating func addOptional(_ inner: RegularExpressionTree, isGreedy: Bool) throws {
    let split = program.count
    try add(.match)
    try add(inner)
    program[split] = isGreedy ? .split(split + 1, program.count) : .split(program.count, split + 1)
  }

  private mutating func loop(_ inner: RegularExpressionTree, isGreedy: Bool) throws {
    let split = program.count
    try add(.match)
    try add(inner)
    try add(.jump(split))
    program[split] = isGreedy ? .split(split + 1, program.count) : .split(program.count, split + 1)
  }
}
