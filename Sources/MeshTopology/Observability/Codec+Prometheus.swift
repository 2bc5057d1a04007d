extension Codec where Value == [String: String] {
  /// Labels of Prometheus, or annotations, which have the same names.
  static var labels: Codec {
    Codec.map(.key, Codec<String>.text()).verified { labels, field in
      for entry in field.entries() where !entry.name.isLabelName {
        field.reading.report(
          .invalidName, "\(shown(entry.name)) is no name of a label", at: entry.nameSpot,
          remedy: "use letters, digits and _, not beginning with a digit or with __")
      }
      return true
    }
  }
}

extension Codec where Value == String {
  /// The same texts, where they are names of measures.
  var measureName: Codec {
    verified { name, field in
      guard name.replacing(":", with: "_").isLabelName else {
        field.report(
          .invalidName, "\(shown(name)) is no name of an alert or a measure",
          remedy: "use letters, digits, _ and :, not beginning with a digit")
        return false
      }
      return true
    }
  }

  /// An expression of Prometheus' language, whose quotes and brackets are paired; Prometheus knows the rest.
  static var expression: Codec {
    Codec.text("an expression of Prometheus' language", atMost: 64 * 1024).verified { text, field in
      guard let fault = ExpressionFault(in: text) else { return true }
      field.report(
        .invalidValue, "the expression \(fault.words)",
        remedy: "pair quotes and brackets, and try it in Prometheus")
      return false
    }
  }
}

extension String {
  fileprivate var isLabelName: Bool {
    guard let first = utf8.first, !first.isDigit, !hasPrefix("__") else { return false }
    return utf8.count <= 256 && utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
  }
}

/// What is wrong with the quotes and brackets of an expression.
struct ExpressionFault {
  /// What is wrong, after «the expression».
  let words: String

  /// The first fault; `nil` when there is none.
  init?(in text: String) {
    let closing: [Character: Character] = ["(": ")", "[": "]", "{": "}"]
    var open: [Character] = []
    var quote: Character?
    var isEscaped = false
    guard text.contains(where: { !$0.isWhitespace }) else {
      words = "is empty"
      return
    }
    for character in text {
      if let current = quote {
        if isEscaped {
          isEscaped = false
        } else if character == "\\", current != "`" {
          isEscaped = true
        } else if character == current {
          quote = nil
        }
        continue
      }
      switch character {
      case "\"", "'", "`": quote = character
      case "(", "[", "{": open.append(character)
      case ")", "]", "}":
        guard let last = open.popLast(), closing[last] == character else {
          words = "has a \(character) without its other half"
          return
        }
      default: break
      }
    }
    if let quote {
      words = "has a \(quote) without its other half"
    } else if let last = open.last {
      words = "has a \(last) without its other half"
    } else {
      return nil
    }
  }
}
