/// The syntax of label keys and values.
enum LabelSyntax {
  /// What is wrong with a qualified name: a name, after a DNS prefix and a slash or without.
  static func keyProblems(of key: String) -> [String] {
    if isPlainKey(key) { return [] }
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    var problems: [String] = []
    let name: String
    switch parts.count {
    case 1: name = String(parts[0])
    case 2:
      if parts[0].isEmpty {
        problems.append("prefix part must be non-empty")
      } else {
        problems += NameForm.dnsSubdomain.problems(of: String(parts[0])).map { "prefix part \($0)" }
      }
      name = String(parts[1])
    default:
      return [
        "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
          + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
          + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. "
          + "'example.com/MyName')"
      ]
    }
    if name.isEmpty {
      problems.append("name part must be non-empty")
    } else if name.utf8.count > 63 {
      problems.append("name part must be no more than 63 bytes")
    }
    if name.isEmpty || !isValue(name) {
      problems.append(
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
          + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
          + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")
    }
    return problems
  }

  /// What is wrong with a label's value.
  static func valueProblems(of value: String) -> [String] {
    var problems: [String] = []
    if value.utf8.count > 63 { problems.append("must be no more than 63 bytes") }
    if !value.isEmpty, !isValue(value) {
      problems.append(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used "
          + "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
    }
    return problems
  }

  private static func isPlainKey(_ key: String) -> Bool {
    key.utf8.count <= 63 && !key.isEmpty && isValue(key)
  }

  private static func isValue(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
  }
}
