/// Names of ports.
enum PortName {
  /// What is wrong with the name of a port (IANA_SVC_NAME).
  static func problems(of name: String) -> [String] {
    let bytes = Array(name.utf8)
    var problems: [String] = []
    if bytes.count > 15 { problems.append("must be no more than 15 characters") }
    let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    if bytes.isEmpty || !isPlain {
      problems.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    }
    if !bytes.contains(where: { (97...122).contains($0) }) {
      problems.append("must contain at least one letter (a-z)")
    }
    if zip(bytes, bytes.dropFirst()).contains(where: { $0 == 45 && $1 == 45 }) {
      problems.append("must not contain consecutive hyphens")
    }
    if bytes.first == 45 || bytes.last == 45 { problems.append("must not begin or end with a hyphen") }
    return problems
  }
}

/// Names of environment variables.
enum VariableName {
  static func problems(of name: String) -> [String] {
    let isPrintable = name.utf8.allSatisfy { (32...126).contains($0) && $0 != 61 }
    return isPrintable
      ? []
      : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
  }
}

/// Names of HTTP headers.
enum HeaderName {
  static func problems(of name: String) -> [String] {
    let isPlain = name.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45
    }
    return isPlain && !name.isEmpty
      ? []
      : [
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for "
          + "validation is '[-A-Za-z0-9]+')"
      ]
  }
}

/// Keys of config maps and secrets.
enum DataKey {
  static func problems(of key: String) -> [String] {
    var problems: [String] = []
    if key.utf8.count > 253 { problems.append("must be no more than 253 characters") }
    let isPlain = key.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
        || $0 == 95
    }
    if key.isEmpty || !isPlain {
      problems.append(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
          + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
    }
    if key == "." || key == ".." {
      problems.append("must not be '\(key)'")
    } else if key.hasPrefix("..") {
      problems.append("must not start with '..'")
    }
    return problems
  }
}

/// Shares of a whole, such as `25%`.
enum Percentage {
  static func problems(of text: String) -> [String] {
    value(of: text) != nil
      ? []
      : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex "
          + "used for validation is '[0-9]+%')"
      ]
  }

  /// The number before the sign; large ones are cut.
  static func value(of text: String) -> Int64? {
    guard text.hasSuffix("%"), text.utf8.count > 1,
      text.utf8.dropLast().allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int64(text.dropLast()) ?? .max
  }
}
