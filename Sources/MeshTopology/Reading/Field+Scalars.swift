internal import KubeModel

extension Field {
  /// Reads text; what another YAML reader might take for something else must be in quotes.
  func text(atMost limit: Int = 4096) -> String? {
    guard case .scalar(let scalar) = node.content, let text = scalar.json.string else {
      let isScalar = if case .scalar = node.content { found != "nothing" } else { false }
      reportType(expected: "text", remedy: isScalar ? inQuotes : "write one line of text")
      return nil
    }
    if let trap {
      report(
        .wrongType,
        "expected text, found \(text) without quotes, which YAML 1.1 tools read as \(trap.meaning)",
        remedy: inQuotes)
      return nil
    }
    guard text.utf8.count <= limit else {
      report(
        .invalidValue, "the text has \(text.utf8.count) bytes; at most \(limit) are allowed",
        remedy: "shorten it")
      return nil
    }
    return text
  }

  /// Reads a name.
  func name(_ rule: NameRule) -> String? {
    guard let name = text() else { return nil }
    guard rule.allows(name) else {
      report(.invalidName, "\(shown(name)) is not a valid name here", remedy: "use \(rule.words)")
      return nil
    }
    return name
  }

  /// Reads a whole number.
  func integer(in range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let scalar) = node.content, let number = scalar.json.int.flatMap(Int.init(exactly:))
    else {
      reportType(
        expected: "an integer", remedy: numberRemedy(range: "\(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    guard range.contains(number) else {
      report(
        .invalidValue, "\(number) is outside \(range.lowerBound) to \(range.upperBound)",
        remedy: "choose a number within that range")
      return nil
    }
    return number
  }

  /// Reads a number, with or without fraction.
  func number(in range: ClosedRange<Double>) -> Double? {
    guard case .scalar(let scalar) = node.content, let number = scalar.json.number else {
      reportType(expected: "a number", remedy: numberRemedy(range: words(range)))
      return nil
    }
    guard range.contains(number) else {
      report(
        .invalidValue, "\(scalar.text) is outside \(words(range))",
        remedy: "choose a number within that range")
      return nil
    }
    return number
  }

  /// Reads `true` or `false`.
  func flag() -> Bool? {
    guard case .scalar(let scalar) = node.content, let flag = scalar.json.bool else {
      if case .boolean(let meaning) = trap {
        reportType(
          expected: "true or false",
          remedy: "YAML 1.1 reads that as \(meaning) and YAML 1.2 as text: write \(meaning)")
      } else {
        reportType(expected: "true or false", remedy: "write true or false, without quotes")
      }
      return nil
    }
    return flag
  }

  /// Reads a duration with units.
  func duration(in range: ClosedRange<Duration> = .milliseconds(1) ... .longest) -> Duration? {
    let forms = "write a number with its unit: 250ms, 30s, 15m, 1h or 1h30m"
    guard case .scalar(let scalar) = node.content, let text = scalar.json.string else {
      reportType(expected: "a duration", remedy: forms)
      return nil
    }
    guard let duration = Duration(unitText: text) else {
      report(.invalidValue, "\(shown(text)) is not a duration", remedy: forms)
      return nil
    }
    guard range.contains(duration) else {
      report(
        .invalidValue, "\(text) is outside \(range.lowerBound.unitText) to \(range.upperBound.unitText)",
        remedy: "choose a duration within that range")
      return nil
    }
    return duration
  }

  /// Reads a duration that Kubernetes counts in whole seconds.
  func wholeSeconds(in range: ClosedRange<Duration>) -> Duration? {
    guard let duration = duration(in: range) else { return nil }
    guard duration.wholeMilliseconds % 1000 == 0 else {
      report(
        .invalidValue, "\(duration.unitText) is not a whole number of seconds",
        remedy: "Kubernetes counts it in seconds: round it")
      return nil
    }
    return duration
  }

  /// Reads one of the words that `Choice` has.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> Choice? {
    let words = type.allCases.map(\.rawValue)
    guard case .scalar(let scalar) = node.content, let text = scalar.json.string else {
      reportType(expected: alternatives(words), remedy: "write one of these words")
      return nil
    }
    guard let choice = Choice(rawValue: text) else {
      report(
        .invalidValue, "\(shown(text)) is none of \(alternatives(words))",
        remedy: Suggestion.remedy(for: text, in: words, otherwise: "write one of these words"))
      return nil
    }
    return choice
  }

  private var inQuotes: String {
    guard case .scalar(let scalar) = node.content else { return "" }
    return "put it in quotes: \(shown(scalar.text))"
  }

  private func numberRemedy(range: String) -> String {
    switch trap {
    case .octal(let value, let digits):
      "YAML 1.1 reads it as \(value) (octal) and YAML 1.2 as \(digits): write \(value) or \(digits)"
    case .other(let meaning): "YAML 1.1 reads it as \(meaning): write decimal digits only"
    case .boolean, nil: "write a number from \(range), without quotes"
    }
  }

  private func words(_ range: ClosedRange<Double>) -> String {
    func word(_ bound: Double) -> String {
      Int(exactly: bound).map(String.init) ?? "\(bound)"
    }
    return "\(word(range.lowerBound)) to \(word(range.upperBound))"
  }
}
