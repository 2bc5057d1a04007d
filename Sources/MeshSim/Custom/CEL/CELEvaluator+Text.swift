extension CELEvaluator {
  /// Functions of strings; places count characters.
  mutating func ofText(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    if name == "matches", values.count == 2 { return try ofText(".matches", values) }
    if name == "strings.quote", values.count == 1, case .string(let text) = values[0] {
      return .string(GoPrint.quoted(text))
    }
    if name == "size", values.count == 1 { return try size(values[0]) }
    if name == ".size", values.count == 1 { return try size(values[0]) }
    guard name.hasPrefix("."), case .string(let text)? = values.first else { return nil }
    try spend(forSize: text.utf8.count)
    let arguments = values.dropFirst()
    let first = arguments.first.flatMap { if case .string(let text) = $0 { text } else { nil } }
    let number = arguments.last.flatMap { if case .int(let int) = $0 { Int(int) } else { nil } }
    switch (name, arguments.count, first) {
    case (".startsWith", 1, let part?): return .bool(text.utf8.starts(with: part.utf8))
    case (".endsWith", 1, let part?): return .bool(text.utf8.reversed().starts(with: part.utf8.reversed()))
    case (".contains", 1, let part?): return .bool(part.isEmpty || text.utf8Range(of: part) != nil)
    case (".matches", 1, let expression?): return .bool(try pattern(expression).matches(text))
    case (".find", 1, let expression?):
      let scalars = Array(text.unicodeScalars)
      return .string(try pattern(expression).firstMatch(in: scalars).map { String(scalars[$0]) } ?? "")
    case (".findAll", 1...2, let expression?):
      let scalars = Array(text.unicodeScalars)
      let limit = arguments.count == 2 && (number ?? -1) >= 0 ? number ?? 0 : .max
      return .list(
        try pattern(expression).allMatches(in: scalars, limit: limit).map { .string(String(scalars[$0])) })
    case (".lowerAscii", 0, _): return .string(text.mapASCII(65...90, by: 32))
    case (".upperAscii", 0, _): return .string(text.mapASCII(97...122, by: -32))
    case (".trim", 0, _): return .string(text.trimmed)
    case (".reverse", 0, _): return .string(String(Array(text.unicodeScalars.reversed())))
    case (".charAt", 1, _):
      let scalars = Array(text.unicodeScalars)
      guard let place = number, place >= 0, place <= scalars.count else {
        throw CELError("index out of range: \(number ?? 0)")
      }
      return .string(place == scalars.count ? "" : String(scalars[place]))
    case (".indexOf", 1...2, let part?):
      return try index(of: part, in: text, from: arguments.count == 2 ? number : nil)
    case (".lastIndexOf", 1...2, let part?):
      return try lastIndex(of: part, in: text, to: arguments.count == 2 ? number : nil)
    case (".substring", 1...2, _): return try substring(text, arguments)
    case (".split", 1...2, let separator?):
      return .list(
        split(text, by: separator, limit: arguments.count == 2 ? number ?? -1 : -1).map { .string($0) })
    case (".replace", 2...3, let old?):
      guard case .string(let new)? = arguments.dropFirst().first else { throw .noOverload }
      return .string(replaced(text, old, by: new, limit: arguments.count == 3 ? number ?? -1 : -1))
    case (".format", 1, _):
      guard let list = arguments.first?.elements else { throw .noOverload }
      return .string(try formatted(text, list))
    default: return nil
    }
  }

  private func size(_ value: CELValue) throws(CELError) -> CELValue {
    guard let size = value.size else { throw .noOverload }
    return .int(Int64(size))
  }

  private func pattern(_ source: String) throws(CELError) -> Pattern {
    do throws(Pattern.SyntaxError) { return try PatternCache.shared.pattern(source) } catch {
      throw CELError(error.description)
    }
  }

  private func index(of part: String, in text: String, from start: Int?) throws(CELError) -> CELValue {
    let (scalars, wanted) = (Array(text.unicodeScalars), Array(part.unicodeScalars))
    let start = start ?? 0
    guard start >= 0, start <= scalars.count else { throw CELError("index out of range: \(start)") }
    for place in start..<(max(scalars.count - wanted.count + 1, start))
    where scalars[place...].starts(with: wanted) {
      return .int(Int64(place))
    }
    return .int(wanted.isEmpty ? Int64(start) : -1)
  }

  private func lastIndex(of part: String, in text: String, to end: Int?) throws(CELError) -> CELValue {
    let (scalars, wanted) = (Array(text.unicodeScalars), Array(part.unicodeScalars))
    if let end, end < 0 || end > scalars.count { throw CELError("index out of range: \(end)") }
    if wanted.isEmpty { return .int(Int64(end ?? scalars.count)) }
    for place in (0..<max(scalars.count - wanted.count + 1, 0)).reversed()
    where place <= end ?? scalars.count && scalars[place...].starts(with: wanted) {
      return .int(Int64(place))
    }
    return .int(-1)
  }

  private func substring(_ text: String, _ arguments: ArraySlice<CELValue>) throws(CELError) -> CELValue {
    let scalars = Array(text.unicodeScalars)
    let places = arguments.compactMap { if case .int(let int) = $0 { Int(int) } else { nil } }
    guard places.count == arguments.count, let start = places.first else { throw .noOverload }
    let end = places.count == 2 ? places[1] : scalars.count
    for place in places where place < 0 || place > scalars.count {
      throw CELError("index out of range: \(place)")
    }
    guard start <= end else {
      throw CELError("invalid substring range. start: \(start), end: \(end)")
    }
    return .string(String(scalars[start..<end]))
  }

  private func split(_ text: String, by separator: String, limit: Int) -> [String] {
    if limit == 0 { return [] }
    if limit == 1 { return [text] }
    if separator.isEmpty {
      let scalars = Array(text.unicodeScalars)
      guard limit > 0, scalars.count > limit else { return scalars.map { String($0) } }
      return scalars[..<(limit - 1)].map { String($0) } + [String(scalars[(limit - 1)...])]
    }
    var parts: [String] = []
    var rest = text[...]
    while limit < 0 || parts.count < limit - 1, let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }

  private func replaced(_ text: String, _ old: String, by new: String, limit: Int) -> String {
    if limit == 0 { return text }
    if old.isEmpty {
      let parts = text.unicodeScalars.map { String($0) } + [""]
      return parts.enumerated().map { (limit < 0 || $0.offset < limit ? new : "") + $0.element }.joined()
    }
    return split(text, by: old, limit: limit < 0 ? -1 : limit + 1).joined(separator: new)
  }

  // MARK: Format

  /// `"%d of %s".format([1, "x"])`
  private func formatted(_ template: String, _ arguments: [CELValue]) throws(CELError) -> String {
    var out = ""
    var rest = template.unicodeScalars[...]
    var next = 0
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        out.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        out += "%"
        continue
      }
      var precision: Int?
      if rest.first == "." {
        rest.removeFirst()
        let digits = String(rest.prefix { (48...57).contains($0.value) })
        rest = rest.dropFirst(digits.count)
        precision = min(Int(digits) ?? 0, 300)
      }
      guard let verb = rest.popFirst() else { throw CELError("unexpected end of format string") }
      guard next < arguments.count else { throw CELError("index \(next) out of range") }
      out += try clause(verb, arguments[next], precision: precision)
      next += 1
    }
    return out
  }

  private func clause(_ verb: Unicode.Scalar, _ value: CELValue, precision: Int?) throws(CELError) -> String {
    switch (verb, value) {
    case ("s", _): return display(value)
    case ("d", .int(let int)): return String(int)
    case ("d", .uint(let int)): return String(int)
    case ("b", .int(let int)): return String(int, radix: 2)
    case ("b", .uint(let int)): return String(int, radix: 2)
    case ("b", .bool(let bool)): return bool ? "1" : "0"
    case ("o", .int(let int)): return String(int, radix: 8)
    case ("o", .uint(let int)): return String(int, radix: 8)
    case ("x", .int(let int)): return String(int, radix: 16)
    case ("X", .int(let int)): return String(int, radix: 16, uppercase: true)
    case ("x", .uint(let int)): return String(int, radix: 16)
    case ("X", .uint(let int)): return String(int, radix: 16, uppercase: true)
    case ("x", .string(let text)), ("X", .string(let text)):
      return hex(Array(text.utf8), uppercase: verb == "X")
    case ("x", .bytes(let bytes)), ("X", .bytes(let bytes)): return hex(bytes, uppercase: verb == "X")
    case ("f", .double(let double)): return FixedPoint.text(double, decimals: precision ?? 6)
    case ("f", .int(let int)): return FixedPoint.text(Double(int), decimals: precision ?? 6)
    case ("e", .double(let double)): return FixedPoint.scientific(double, decimals: precision ?? 6)
    case ("e", .int(let int)): return FixedPoint.scientific(Double(int), decimals: precision ?? 6)
    case ("d", _), ("b", _), ("o", _), ("x", _), ("X", _), ("f", _), ("e", _):
      throw CELError("error during formatting: could not convert argument \(value.typeName)")
    default: throw CELError("could not parse formatting clause: unrecognized formatting clause \"\(verb)\"")
    }
  }

  private func hex(_ bytes: [UInt8], uppercase: Bool) -> String {
    bytes.map { (byte: UInt8) in
      let digits = String(byte, radix: 16, uppercase: uppercase)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }.joined()
  }

  private func display(_ value: CELValue) -> String {
    switch value {
    case .null: return "null"
    case .type(let name): return name
    case .optional(let inner): return inner.map { "optional.of(\(display($0)))" } ?? "optional.none()"
    default: break
    }
    if let elements = value.elements { return "[" + elements.map(display).joined(separator: ", ") + "]" }
    if let keys = value.keys {
      let entries = keys.map { display($0) + ": " + (value.member($0).map(display) ?? "null") }.sorted()
      return "{" + entries.joined(separator: ", ") + "}"
    }
    return (try? text(value)) ?? value.typeName
  }
}

/// Numbers with a fixed number of decimals.
enum FixedPoint {
  static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let digits = rounded(GoPrint.plainNumber(value.magnitude), decimals: decimals)
    return (value < 0 ? "-" : "") + digits
  }

  static func scientific(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return text(value, decimals: decimals) }
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa > 0, mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    let power = String(exponent.magnitude)
    return (value < 0 ? "-" : "") + rounded(GoPrint.plainNumber(mantissa), decimals: decimals) + "e"
      + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" + power : power)
  }

  private static func rounded(_ digits: String, decimals: Int) -> String {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    var fraction = parts.count > 1 ? Array(parts[1].utf8) : []
    var whole = Array(parts[0].utf8)
    if fraction.count > decimals {
      let roundsUp = fraction[decimals] >= UInt8(ascii: "5")
      fraction.removeSubrange(decimals...)
      if roundsUp { increment(&whole, &fraction) }
    }
    while fraction.count < decimals { fraction.append(UInt8(ascii: "0")) }
    let tail = decimals == 0 ? "" : "." + String(decoding: fraction, as: UTF8.self)
    return String(decoding: whole, as: UTF8.self) + tail
  }

  private static func increment(_ whole: inout [UInt8], _ fraction: inout [UInt8]) {
    for index in fraction.indices.reversed() {
      if fraction[index] < UInt8(ascii: "9") { return fraction[index] += 1 }
      fraction[index] = UInt8(ascii: "0")
    }
    for index in whole.indices.reversed() {
      if whole[index] < UInt8(ascii: "9") { return whole[index] += 1 }
      whole[index] = UInt8(ascii: "0")
    }
    whole.insert(UInt8(ascii: "1"), at: 0)
  }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  fileprivate func mapASCII(_ range: ClosedRange<UInt8>, by offset: Int8) -> String {
    let bytes = utf8.map { range.contains($0) ? UInt8(bitPattern: Int8(bitPattern: $0) &+ offset) : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate func utf8Range(of other: String) -> Range<String.Index>? { firstRange(of: other) }
}
