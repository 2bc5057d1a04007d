import KubeModel

/// A path into an object as kubectl and printer columns write it: `.spec.ports[0].name`,
/// `.status.conditions[?(@.type=="Ready")].status`, `.items[*].metadata['name']`.
struct JSONPath: Sendable {
  private indirect enum Step: Sendable {
    case field(String)
    case all
    case descend
    case slice(start: Int?, end: Int?, step: Int)
    case filter(Operand, Comparison?, Operand?)
    case union([[Step]])
  }

  private enum Operand: Sendable {
    case path([Step])
    case literal(JSONValue)
  }

  private enum Comparison: String, Sendable {
    case equal = "==", notEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">"
  }

  private let steps: [Step]

  /// Reads a path, in braces or without; `nil` for what is none.
  init?(_ text: String) {
    var body = text[...]
    if body.hasPrefix("{"), body.hasSuffix("}") { body = body.dropFirst().dropLast() }
    if body.hasPrefix("$") { body = body.dropFirst() }
    if let first = body.first, first != ".", first != "[" { body = "." + body }
    var reader = Reader(text: Array(body))
    guard let steps = reader.steps(), reader.isAtEnd else { return nil }
    self.steps = steps
  }

  /// All values that the path leads to.
  func values(in object: JSONValue) -> [JSONValue] { JSONPath.follow(steps[...], [object], root: object) }

  /// The values as kubectl prints them, or `nil` when there are none.
  func text(in object: JSONValue) -> String? {
    let found = values(in: object)
    return found.isEmpty ? nil : found.map(JSONPath.text).joined(separator: " ")
  }

  /// A value as text: strings as they are, other scalars as JSON, containers as JSON text.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    case .double(let double): GoPrint.number(double)
    default: value.jsonText()
    }
  }

  private static func follow(_ steps: ArraySlice<Step>, _ values: [JSONValue], root: JSONValue) -> [JSONValue]
  {
    var current = values
    for step in steps { current = current.flatMap { apply(step, to: $0, root: root) } }
    return current
  }

  private static func apply(_ step: Step, to value: JSONValue, root: JSONValue) -> [JSONValue] {
    switch step {
    case .field(let name): return value.object?[name].map { [$0] } ?? []
    case .all: return value.array ?? value.object?.members.map(\.value) ?? []
    case .descend: return descendants(of: value)
    case .slice(let start, let end, let step):
      guard let array = value.array else { return [] }
      let first = place(start ?? 0, array.count)
      let last = min(place(end ?? array.count, array.count), array.count)
      guard first >= 0, first < last, step > 0 else { return [] }
      return stride(from: first, to: last, by: step).map { array[$0] }
    case .filter(let left, let comparison, let right):
      let elements = value.array ?? value.object.map { [.object($0)] } ?? []
      return elements.filter { holds(left, comparison, right, $0, root: root) }
    case .union(let paths): return paths.flatMap { follow($0[...], [value], root: root) }
    }
  }

  private static func place(_ index: Int, _ count: Int) -> Int { index < 0 ? index + count : index }

  private static func descendants(of value: JSONValue) -> [JSONValue] {
    [value] + (value.array ?? value.object?.members.map(\.value) ?? []).flatMap(descendants)
  }

  private static func holds(
    _ left: Operand, _ comparison: Comparison?, _ right: Operand?, _ element: JSONValue, root: JSONValue
  ) -> Bool {
    func value(_ operand: Operand) -> JSONValue? {
      switch operand {
      case .literal(let value): value
      case .path(let steps): follow(steps[...], [element], root: root).first
      }
    }
    guard let a = value(left) else { return false }
    guard let comparison, let right else { return true }
    guard let b = value(right) else { return false }
    if comparison == .equal || comparison == .notEqual {
      let isSame = a == b || (a.number != nil && a.number == b.number)
      return isSame == (comparison == .equal)
    }
    let isLess: Bool
    let isMore: Bool
    if let x = a.number, let y = b.number {
      (isLess, isMore) = (x < y, x > y)
    } else if let x = a.string, let y = b.string {
      (isLess, isMore) = (x < y, x > y)
    } else {
      return false
    }
    switch comparison {
    case .less: return isLess
    case .greater: return isMore
    case .lessOrEqual: return !isMore
    default: return !isLess
    }
  }

  // MARK: Reading

  private struct Reader {
    let text: [Character]
    var position = 0
    var depth = 0

    var isAtEnd: Bool { position == text.count }
    private var peek: Character? { position < text.count ? text[position] : nil }

    private mutating func take(_ word: String) -> Bool {
      let characters = Array(word)
      guard text[position...].starts(with: characters) else { return false }
      position += characters.count
      return true
    }

    private mutating func skipSpace() { while peek == " " { position += 1 } }

    /// Steps up to something that is none.
    mutating func steps() -> [Step]? {
      depth += 1
      defer { depth -= 1 }
      guard depth < 20 else { return nil }
      var steps: [Step] = []
      while let next = peek {
        if next == "." {
          position += 1
          if peek == "." {
            position += 1
            steps.append(.descend)
            if peek == "[" { continue }
          }
          if peek == "[" { continue }
          if peek == "*" {
            position += 1
            steps.append(.all)
            continue
          }
          let name = fieldName()
          if name.isEmpty {
            // A lone dot is the object itself.
            if peek == nil || peek == " " || peek == ")" { continue }
            return nil
          }
          steps.append(.field(name))
        } else if next == "[" {
          position += 1
          guard let step = bracket() else { return nil }
          steps.append(step)
        } else {
          break
        }
      }
      return steps
    }

    private mutating func fieldName() -> String {
      var name = ""
      while let character = peek {
        if character == "\\", position + 1 < text.count {
          name.append(text[position + 1])
          position += 2
          continue
        }
        guard character.isLetter || character.isNumber || "_-/@:$".contains(character) else { break }
        name.append(character)
        position += 1
      }
      return name
    }

    private mutating func bracket() -> Step? {
      skipSpace()
      if take("?(") {
        guard let step = filter(), take(")") else { return nil }
        skipSpace()
        return take("]") ? step : nil
      }
      if take("*") { return take("]") ? .all : nil }
      if peek == "'" || peek == "\"" {
        var names: [[Step]] = []
        repeat {
          skipSpace()
          guard let name = quoted() else { return nil }
          names.append([.field(name)])
          skipSpace()
        } while take(",")
        guard take("]") else { return nil }
        return names.count == 1 ? names[0][0] : .union(names)
      }
      var parts: [[Step]] = []
      repeat {
        guard let step = slice() else { return nil }
        parts.append([step])
      } while take(",")
      guard take("]") else { return nil }
      return parts.count == 1 ? parts[0][0] : .union(parts)
    }

    private mutating func number() -> Int? {
      let isNegative = take("-")
      var digits = ""
      while let character = peek, ("0"..."9").contains(character), digits.count < 9 {
        digits.append(character)
        position += 1
      }
      return Int(digits).map { isNegative ? -$0 : $0 }
    }

    private mutating func slice() -> Step? {
      skipSpace()
      let start = number()
      guard take(":") else {
        guard let start else { return nil }
        return .slice(start: start, end: start == -1 ? nil : start + 1, step: 1)
      }
      let end = number()
      let step = take(":") ? number() ?? 1 : 1
      return .slice(start: start, end: end, step: step)
    }

    private mutating func quoted() -> String? {
      guard let quote = peek, quote == "'" || quote == "\"" else { return nil }
      position += 1
      var name = ""
      while let character = peek {
        position += 1
        if character == quote { return name }
        if character == "\\", let next = peek {
          position += 1
          name.append(next)
        } else {
          name.append(character)
        }
      }
      return nil
    }

    private mutating func filter() -> Step? {
      guard let left = operand() else { return nil }
      skipSpace()
      for word in ["==", "!=", "<=", ">=", "<", ">"] where take(word) {
        skipSpace()
        guard let right = operand() else { return nil }
        skipSpace()
        return .filter(left, Comparison(rawValue: word), right)
      }
      return .filter(left, nil, nil)
    }

    private mutating func operand() -> Operand? {
      skipSpace()
      if peek == "'" || peek == "\"" { return quoted().map { .literal(.string($0)) } }
      if take("@") { return steps().map { .path($0) } }
      if peek == "." || peek == "[" { return steps().map { .path($0) } }
      if take("true") { return .literal(true) }
      if take("false") { return .literal(false) }
      let start = position
      while let character = peek, character.isNumber || "+-.eE".contains(character) { position += 1 }
      let digits = String(text[start..<position])
      if let int = Int64(digits) { return .literal(.int(int)) }
      return Double(digits).map { .literal(.double($0)) }
    }
  }
}
