/// What the words of a script come to.
extension ContainerShell {
  mutating func expanded(_ word: ShellScript.Word) -> [String] {
    let value = text(word)
    if word.isQuoted { return [value] }
    // Without quotes, what variables hold falls into words.
    let isPlain = word.pieces.allSatisfy { if case .text = $0 { true } else { false } }
    return isPlain ? [value] : value.split { " \t\n".contains($0) }.map(String.init)
  }

  mutating func text(_ word: ShellScript.Word) -> String {
    var text = ""
    for piece in word.pieces {
      switch piece {
      case .text(let plain): text += plain
      case .variable("?"): text += String(lastCode)
      case .variable("$"): text += "1"
      case .variable(let name): text += value(of: name)
      case .sum(let expression): text += String(sum(expression))
      case .output(let inner):
        let output = String(decoding: script(inner, input: []).output, as: UTF8.self)
        text += String(output.reversed().drop { $0 == "\n" }.reversed())
      }
    }
    return text
  }

  /// A variable, or what `NAME:-DEFAULT` says.
  private func value(of name: String) -> String {
    guard let range = name.firstRange(of: ":-") else { return variables[name] ?? "" }
    let known = variables[String(name[..<range.lowerBound])] ?? ""
    return known.isEmpty ? String(name[range.upperBound...]) : known
  }

  /// Whole numbers and variables with `+`, `-`, `*`, `/` and `%`, from left to right.
  private func sum(_ expression: String) -> Int {
    var total = 0
    var sign: Character = "+"
    var operand = ""
    for character in expression.filter({ $0 != " " && $0 != "$" }) + "+" {
      guard "+-*/%".contains(character) else {
        operand.append(character)
        continue
      }
      let value = Int(operand) ?? Int(variables[operand] ?? "") ?? 0
      switch sign {
      case "+": total &+= value
      case "-": total &-= value
      case "*": total &*= value
      case "/": total = value == 0 ? 0 : total / value
      default: total = value == 0 ? 0 : total % value
      }
      (sign, operand) = (character, "")
    }
    return total
  }
}
