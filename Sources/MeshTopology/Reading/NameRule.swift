/// What a name may look like.
enum NameRule {
  /// A DNS label (RFC 1123): namespaces, and what meshctl names itself.
  case label
  /// The name of a workload, which is also that of a Service (RFC 1035), with room for `-canary`.
  case workload
  /// A DNS name (RFC 1123): service accounts, domains.
  case domain
  /// The name of a port (RFC 6335).
  case port
  /// The name of an environment variable.
  case variable
  /// The key of a Secret or ConfigMap.
  case key
  /// The key of a label or taint.
  case labelKey
  /// The name of an HTTP header, in small letters as HTTP/2 has it.
  case header

  /// Whether `name` follows the rule.
  func allows(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    let isLabel =
      bytes.count <= 63 && first.isLowercaseAlphanumeric && last.isLowercaseAlphanumeric
      && bytes.allSatisfy { $0.isLowercaseAlphanumeric || $0 == UInt8(ascii: "-") }
    switch self {
    case .label: return isLabel
    case .workload: return isLabel && first.isLowercaseLetter && bytes.count <= Workload.longestName
    case .domain:
      return bytes.count <= 253
        && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
          NameRule.label.allows(String($0))
        }
    case .port:
      return isLabel && bytes.count <= 15 && bytes.contains(where: \.isLowercaseLetter)
        && !name.contains("--")
    case .variable:
      return bytes.count <= 256 && !first.isDigit
        && bytes.allSatisfy { $0.isAlphanumeric || "_.-".utf8.contains($0) }
    case .key:
      return bytes.count <= 253 && bytes.allSatisfy { $0.isAlphanumeric || "_.-".utf8.contains($0) }
    case .labelKey:
      let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard let last = parts.last, parts.count <= 2, MeshLabels.value(last) == last else { return false }
      return parts.count == 1 || NameRule.domain.allows(parts[0])
    case .header:
      return bytes.count <= 256
        && bytes.allSatisfy { $0.isLowercaseAlphanumeric || "-_".utf8.contains($0) }
    }
  }

  /// The rule as a regular expression of ECMAScript, as far as one can say it.
  var pattern: String {
    switch self {
    case .label: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"
    case .workload: "^[a-z]([-a-z0-9]{0,\(Workload.longestName - 2)}[a-z0-9])?$"
    case .domain: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
    case .port: "^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$"
    case .variable: "^[A-Za-z_.-][A-Za-z0-9_.-]*$"
    case .key: "^[A-Za-z0-9_.-]+$"
    case .labelKey: "^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$"
    case .header: "^[a-z0-9_-]+$"
    }
  }

  /// The rule in words.
  var words: String {
    switch self {
    case .label: "at most 63 small letters, digits and -, with a letter or digit at both ends"
    case .workload:
      "at most \(Workload.longestName) small letters, digits and -, with a letter in front and a letter or "
        + "digit at the end"
    case .domain: "small letters, digits and - in parts joined by dots, at most 253 characters"
    case .port: "at most 15 small letters, digits and single -, with at least one letter"
    case .variable: "letters, digits, _, - and ., not beginning with a digit"
    case .key: "letters, digits, _, - and ."
    case .labelKey: "letters, digits, -, _ and ., with a domain and / in front where wanted"
    case .header: "small letters, digits, - and _"
    }
  }
}
