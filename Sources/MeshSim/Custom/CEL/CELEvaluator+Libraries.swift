extension CELEvaluator {
  /// Kubernetes' quantities, versions and named formats.
  func ofLibrary(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    switch (name, values.count) {
    case ("quantity", 1):
      guard case .string(let text) = values[0] else { throw .noOverload }
      guard let quantity = ExactQuantity(text) else {
        throw CELError(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
      }
      return .quantity(quantity)
    case ("isQuantity", 1):
      guard case .string(let text) = values[0] else { throw .noOverload }
      return .bool(ExactQuantity(text) != nil)
    case ("semver", 1...2), ("isSemver", 1...2):
      guard case .string(let text) = values[0] else { throw .noOverload }
      var isLenient = false
      if values.count == 2, case .bool(let flag) = values[1] { isLenient = flag }
      let version = SemanticVersion(text, isLenient: isLenient)
      if name == "isSemver" { return .bool(version != nil) }
      guard let version else {
        throw CELError("Invalid character(s) found in version \(GoPrint.quoted(text))")
      }
      return .version(version)
    default: break
    }
    if name.hasPrefix("format.") { return namedFormat(name, values) }
    switch values.first {
    case .quantity(let quantity)?: return try of(quantity, name, values)
    case .version(let version)?: return try of(version, name, values)
    case .format(let format)? where name == ".validate" && values.count == 2:
      guard case .string(let text) = values[1] else { throw .noOverload }
      let problems = CELEvaluator.problems(of: text, format)
      return .optional(problems.isEmpty ? nil : .list(problems.map { .string($0) }))
    default: return nil
    }
  }

  private func of(_ quantity: ExactQuantity, _ name: String, _ values: [CELValue]) throws(CELError)
    -> CELValue?
  {
    guard values.count == 2 else {
      switch name {
      case ".sign": return .int(Int64(quantity.nanos.signum()))
      case ".isInteger": return .bool(quantity.integer != nil)
      case ".asInteger":
        guard let integer = quantity.integer else { throw CELError("cannot convert value to integer") }
        return .int(integer)
      case ".asApproximateFloat": return .double(quantity.approximate)
      default: return nil
      }
    }
    let other: ExactQuantity
    switch values[1] {
    case .quantity(let quantity): other = quantity
    case .int(let int): other = ExactQuantity(nanos: Int128(int) * 1_000_000_000)
    default: throw .noOverload
    }
    switch name {
    case ".add": return .quantity(ExactQuantity(nanos: quantity.nanos &+ other.nanos))
    case ".sub": return .quantity(ExactQuantity(nanos: quantity.nanos &- other.nanos))
    case ".compareTo": return .int(quantity < other ? -1 : quantity == other ? 0 : 1)
    case ".isGreaterThan": return .bool(other < quantity)
    case ".isLessThan": return .bool(quantity < other)
    default: return nil
    }
  }

  private func of(_ version: SemanticVersion, _ name: String, _ values: [CELValue]) throws(CELError)
    -> CELValue?
  {
    if values.count == 1 {
      switch name {
      case ".major": return .int(version.major)
      case ".minor": return .int(version.minor)
      case ".patch": return .int(version.patch)
      default: return nil
      }
    }
    guard values.count == 2, case .version(let other) = values[1] else { throw .noOverload }
    switch name {
    case ".compareTo": return .int(version < other ? -1 : other < version ? 1 : 0)
    case ".isGreaterThan": return .bool(other < version)
    case ".isLessThan": return .bool(version < other)
    default: return nil
    }
  }

  private static let formats: Set<String> = [
    "dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix",
    "dns1123SubdomainPrefix", "dns1035LabelPrefix", "labelValue", "uri", "uuid", "byte", "date", "datetime",
  ]

  private func namedFormat(_ name: String, _ values: [CELValue]) -> CELValue? {
    if name == "format.named", case .string(let wanted)? = values.first {
      return .optional(CELEvaluator.formats.contains(wanted) ? .format(wanted) : nil)
    }
    let own = String(name.dropFirst("format.".count))
    return CELEvaluator.formats.contains(own) ? .format(own) : nil
  }

  private static func problems(of text: String, _ format: String) -> [String] {
    switch format {
    case "dns1123Label": NameForm.dnsLabel.problems(of: text)
    case "dns1123Subdomain": NameForm.dnsSubdomain.problems(of: text)
    case "dns1035Label": NameForm.dns1035Label.problems(of: text)
    case "dns1123LabelPrefix": NameForm.dnsLabel.problems(of: text, isPrefix: true)
    case "dns1123SubdomainPrefix": NameForm.dnsSubdomain.problems(of: text, isPrefix: true)
    case "dns1035LabelPrefix": NameForm.dns1035Label.problems(of: text, isPrefix: true)
    case "labelValue": QualifiedName.valueProblems(text)
    case "qualifiedName": QualifiedName.problems(text)
    case "uri": TextFormat.holds("uri", text) ? [] : ["invalid URI"]
    case "uuid": TextFormat.holds("uuid", text) ? [] : ["does not match the UUID format"]
    case "byte": TextFormat.holds("byte", text) ? [] : ["invalid base64"]
    case "date": TextFormat.holds("date", text) ? [] : ["invalid date"]
    default: TextFormat.holds("date-time", text) ? [] : ["invalid datetime"]
    }
  }
}

/// Names such as `example.com/name`, and values of labels.
enum QualifiedName {
  private static let form = try? Pattern("^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")

  static func valueProblems(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 63 { problems.append("must be no more than 63 bytes") }
    if !text.isEmpty, form?.matches(text) != true {
      problems.append(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start "
          + "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
          + "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
    }
    return problems
  }

  static func problems(_ text: String) -> [String] {
    let words =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
      + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
      + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let name = parts.last else {
      return [
        "a qualified name \(words) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
      ]
    }
    var problems: [String] = []
    if parts.count == 2 {
      if parts[0].isEmpty {
        problems.append("prefix part must be non-empty")
      } else {
        problems += NameForm.dnsSubdomain.problems(of: parts[0]).map { "prefix part \($0)" }
      }
    }
    if name.isEmpty {
      problems.append("name part must be non-empty")
    } else if name.utf8.count > 63 {
      problems.append("name part must be no more than 63 bytes")
    }
    if form?.matches(name) != true { problems.append("name part \(words)") }
    return problems
  }
}
