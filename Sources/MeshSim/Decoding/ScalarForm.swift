import KubeModel
import Seams

/// A scalar in the form in which the server's Go type of it writes it.
enum ScalarForm {
  case same
  case changed(JSONValue)
  case refused(DecodingFailure.Problem)

  init(_ value: JSONValue, as content: Shape.Content) {
    switch content {
    case .string: self = ScalarForm.string(value)
    case .bytes: self = ScalarForm.bytes(value)
    case .integer(let bits): self = ScalarForm.integer(value, bits: bits)
    case .number: self = ScalarForm.number(value)
    case .boolean: self = value.bool == nil ? .refused(.mismatch(value.goKind, "bool")) : .same
    case .quantity: self = ScalarForm.quantity(value)
    case .time: self = ScalarForm.time(value)
    case .microTime: self = ScalarForm.microTime(value)
    case .intOrString:
      self = value.string != nil ? .same : ScalarForm.integer(value, bits: 32)
    case .anything, .structure, .map, .list: self = .same
    }
  }

  private static func string(_ value: JSONValue) -> ScalarForm {
    if case .string = value { return .same }
    return .refused(.mismatch(value.goKind, "string"))
  }

  private static func integer(_ value: JSONValue, bits: Int) -> ScalarForm {
    switch value {
    case .int(let int):
      if bits == 64 || Int64(Int32(truncatingIfNeeded: int)) == int { return .same }
      return .refused(.mismatch("number \(int)", "int\(bits)"))
    case .double(let double): return .refused(.mismatch("number \(GoText.number(double))", "int\(bits)"))
    default: return .refused(.mismatch(value.goKind, "int\(bits)"))
    }
  }

  private static func number(_ value: JSONValue) -> ScalarForm {
    switch value {
    case .int: return .same
    case .double(let double):
      guard double == double.rounded(), abs(double) < 1e15 else { return .same }
      return .changed(.int(Int64(double)))
    default: return .refused(.mismatch(value.goKind, "float64"))
    }
  }

  private static func bytes(_ value: JSONValue) -> ScalarForm {
    guard case .string(let text) = value else { return .refused(.mismatch(value.goKind, "[]uint8")) }
    switch Base64Text.decode(text) {
    case .success(let bytes):
      let canonical = Base64Text.encode(bytes)
      return canonical == text ? .same : .changed(.string(canonical))
    case .failure(let error): return .refused(.other("illegal base64 data at input byte \(error.offset)"))
    }
  }

  private static func quantity(_ value: JSONValue) -> ScalarForm {
    let text: String
    switch value {
    case .string(let string): text = String(string.drop { $0 == " " }.trimmingSuffix(" "))
    case .int(let int): text = String(int)
    case .double(let double): text = "\(double)"
    default: return .refused(.other(QuantityForm.formatProblem))
    }
    if let problem = QuantityForm.problem(of: text) { return .refused(.other(problem)) }
    return value.string == text ? .same : .changed(.string(text))
  }

  private static func time(_ value: JSONValue) -> ScalarForm {
    let layout = "2006-01-02T15:04:05Z07:00"
    guard case .string(let text) = value else {
      return .refused(.mismatch(value.goKind, "string"))
    }
    guard let time = Timestamp(rfc3339: text), text.utf8.dropFirst(10).first == UInt8(ascii: "T") else {
      return .refused(.other(unreadable(text, layout: layout)))
    }
    let canonical = time.rfc3339
    return canonical == text ? .same : .changed(.string(canonical))
  }

  /// Exactly six digits of a second's fraction.
  private static func microTime(_ value: JSONValue) -> ScalarForm {
    let layout = "2006-01-02T15:04:05.000000Z07:00"
    guard case .string(let text) = value else {
      return .refused(.mismatch(value.goKind, "string"))
    }
    let fraction = text.utf8.dropFirst(19)
    let digits = fraction.dropFirst().prefix { (48...57).contains($0) }
    guard fraction.first == UInt8(ascii: "."), digits.count == 6, let time = Timestamp(rfc3339: text) else {
      return .refused(.other(unreadable(text, layout: layout)))
    }
    let canonical = time.rfc3339Micro
    return canonical == text ? .same : .changed(.string(canonical))
  }

  private static func unreadable(_ text: String, layout: String) -> String {
    let quoted = JSONValue.string(text).jsonText()
    return "parsing time \(quoted) as \"\(layout)\": cannot parse \(quoted) as \"2006\""
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ character: Character) -> Substring {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}
