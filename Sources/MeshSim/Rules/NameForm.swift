/// The forms that names take in Kubernetes, with the messages for what has another form.
enum NameForm: Sendable {
  /// RFC 1123: 63 characters.
  case dnsLabel
  /// RFC 1035: as a label, but a letter first.
  case dns1035Label
  /// RFC 1123 with dots: 253 characters.
  case dnsSubdomain
  /// The same with `*.` in front.
  case wildcardSubdomain
  /// A subdomain whose labels may hold underscores.
  case underscoredSubdomain
  /// What can stand between two slashes of a path.
  case pathSegment
  /// An IP address in its canonical form.
  case address

  /// What is wrong with `name`; a prefix of generated names may end with a dash.
  func problems(of name: String, isPrefix: Bool = false) -> [String] {
    // A prefix stands for names that go on after it.
    let name = isPrefix && name.hasSuffix("-") ? String(name.dropLast()) + "a" : name
    switch self {
    case .pathSegment: return NameForm.pathProblems(name, isPrefix: isPrefix)
    case .address: return Address.problems(of: name)
    case .dnsLabel:
      if !NameForm.isLabel(name[...]), NameForm.isSubdomain(name) {
        return NameForm.problems(name, limit: 63, isValid: false, "must not contain dots")
      }
      return NameForm.problems(
        name, limit: 63, isValid: NameForm.isLabel(name[...]),
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
          + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
    case .dns1035Label:
      return NameForm.problems(
        name, limit: 63, isValid: NameForm.isLabel(name[...]) && name.utf8.first.map { $0 >= 97 } ?? false,
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
          + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
          + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")
    case .dnsSubdomain:
      return NameForm.problems(
        name, limit: 253, isValid: NameForm.isSubdomain(name),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    case .wildcardSubdomain:
      return NameForm.problems(
        name, limit: 253, isValid: name.hasPrefix("*.") && NameForm.isSubdomain(String(name.dropFirst(2))),
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist "
          + "of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. "
          + "'*.example.com', regex used for validation is "
          + "'\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    case .underscoredSubdomain:
      return NameForm.problems(
        name, limit: 253, isValid: NameForm.isUnderscored(name),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and "
          + "must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')")
    }
  }

  private static func problems(_ name: String, limit: Int, isValid: Bool, _ words: String) -> [String] {
    (name.utf8.count > limit ? ["must be no more than \(limit) characters"] : []) + (isValid ? [] : [words])
  }

  static func isSubdomain(_ name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
  }

  private static func isUnderscored(_ name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      let rest = part.first == "_" ? part.dropFirst() : part
      guard let first = rest.utf8.first, let last = rest.utf8.last else { return false }
      return isAlphanumeric(first) && isAlphanumeric(last)
        && rest.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 95 }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte)
  }

  private static func isLabel(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 }
  }

  private static func pathProblems(_ name: String, isPrefix: Bool) -> [String] {
    if !isPrefix, name == "." || name == ".." { return ["may not be '\(name)'"] }
    return ["/", "%"].filter(name.contains).map { "may not contain '\($0)'" }
  }
}
