import KubeModel
import Seams

/// The formats of strings that Kubernetes checks in custom resources.
enum TextFormat {
  /// The format as it is checked in a schema of this type; `nil` for one that has no effect.
  static func checked(_ format: String, type: String, isIntOrString: Bool) -> String? {
    guard !format.isEmpty else { return nil }
    switch isIntOrString ? "number or text" : type {
    case "", "string": return known[format.filter { $0 != "-" }] == nil ? nil : format
    case "integer": return format == "int32" || format == "int64" ? format : nil
    case "number": return format == "float" || format == "double" ? format : nil
    default: return nil
    }
  }

  /// Whether Kubernetes knows the format for a type; it warns of others.
  static func isRecognized(_ format: String, type: String) -> Bool {
    checked(format, type: type, isIntOrString: false) != nil
  }

  /// Whether a text has the format; any text has one that is unknown.
  static func holds(_ format: String, _ text: String) -> Bool {
    known[format.filter { $0 != "-" }]?(text) ?? true
  }

  private static let known: [String: @Sendable (String) -> Bool] = [
    "bsonobjectid": { matches(objectID, $0) },
    "uri": isRequestURI, "email": isEmail, "hostname": isHostname,
    "ipv4": { IPAddress($0)?.isV4 ?? false && !$0.contains(":") },
    "ipv6": { $0.contains(":") && IPAddress($0) != nil },
    "cidr": { AddressBlock($0) != nil },
    "mac": isMAC,
    "uuid": { matches(uuid, $0) }, "uuid3": { matches(uuid3, $0) }, "uuid4": { matches(uuid4, $0) },
    "uuid5": { matches(uuid5, $0) },
    "isbn": { isISBN10($0) || isISBN13($0) }, "isbn10": isISBN10, "isbn13": isISBN13,
    "creditcard": isCreditCard, "ssn": { matches(ssn, $0) }, "hexcolor": { matches(hexColor, $0) },
    "rgbcolor": { matches(rgbColor, $0) },
    "byte": { matches(base64, $0) }, "password": { _ in true }, "date": isDate,
    "duration": { GoDuration.nanoseconds(lenient: $0) != nil }, "datetime": isDateTime,
    "k8sshortname": { NameForm.dnsLabel.problems(of: $0).isEmpty },
    "k8slongname": { NameForm.dnsSubdomain.problems(of: $0).isEmpty },
  ]

  private static func matches(_ pattern: Pattern?, _ text: String) -> Bool { pattern?.matches(text) ?? false }

  private static let objectID = try? Pattern("^[0-9a-fA-F]{24}$")
  private static let uuid = try? Pattern(
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$")
  private static let uuid3 = try? Pattern(
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$")
  private static let uuid4 = try? Pattern(
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$")
  private static let uuid5 = try? Pattern(
    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$")
  private static let ssn = try? Pattern(#"^\d{3}[- ]?\d{2}[- ]?\d{4}$"#)
  private static let hexColor = try? Pattern("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")
  private static let rgbColor = try? Pattern(
    #"^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$"#
  )
  private static let base64 = try? Pattern(
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})?$")
  private static let host = try? Pattern(
    #"^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$"#
  )
  private static let card = try? Pattern(
    #"^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$"#
  )

  private static func isHostname(_ text: String) -> Bool {
    matches(host, text) && text.utf8.count <= 255
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { $0.utf8.count <= 63 }
  }

  /// A full-date of RFC 3339.
  static func isDate(_ text: String) -> Bool {
    Timestamp(rfc3339: text + "T00:00:00Z") != nil && text.utf8.count == 10
  }

  static func isDateTime(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "t", omittingEmptySubsequences: false)
    guard parts.count >= 2, isDate(String(parts[0])), parts[1].utf8.count >= 9 else { return false }
    let date = String(text.utf8.prefix(10)) ?? ""
    return Timestamp(rfc3339: date + "T" + parts[1].uppercased()) != nil
  }

  private static func isRequestURI(_ text: String) -> Bool { WebAddress(request: text) != nil }

  private static func isEmail(_ text: String) -> Bool {
    var address = Substring(text)
    if let open = text.lastIndex(of: "<"), text.hasSuffix(">") {
      address = text[text.index(after: open)...].dropLast()
    }
    guard let at = address.lastIndex(of: "@") else { return false }
    let local = address[..<at]
    let domain = address[address.index(after: at)...]
    guard !local.isEmpty, !domain.isEmpty else { return false }
    let isQuoted = local.count > 1 && local.hasPrefix("\"") && local.hasSuffix("\"")
    return (isQuoted || isDotAtom(local))
      && (isDotAtom(domain) || (domain.hasPrefix("[") && domain.hasSuffix("]")))
  }

  private static func isDotAtom(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { byte in
          byte > 127 || CharacterSet.word.contains(Unicode.Scalar(byte))
            || "!#$%&'*+-/=?^`{|}~".utf8.contains(byte)
        }
    }
  }

  private static func isMAC(_ text: String) -> Bool {
    let bytes = [6, 8, 20]
    for separator: Character in [":", "-"] {
      let groups = text.split(separator: separator, omittingEmptySubsequences: false)
      if bytes.contains(groups.count),
        groups.allSatisfy({ $0.utf8.count == 2 && UInt8($0, radix: 16) != nil })
      {
        return true
      }
    }
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    return bytes.contains(groups.count * 2)
      && groups.allSatisfy { $0.utf8.count == 4 && UInt16($0, radix: 16) != nil }
  }

  private static func bareISBN(_ text: String) -> [UInt8] { text.utf8.filter { $0 != 45 && $0 != 32 } }

  private static func isISBN10(_ text: String) -> Bool {
    let digits = bareISBN(text)
    guard digits.count == 10 else { return false }
    var sum = 0
    for (index, byte) in digits.enumerated() {
      if (48...57).contains(byte) {
        sum += (index + 1) * Int(byte - 48)
      } else if index == 9, byte == UInt8(ascii: "X") {
        sum += 100
      } else {
        return false
      }
    }
    return sum % 11 == 0
  }

  private static func isISBN13(_ text: String) -> Bool {
    let digits = bareISBN(text)
    guard digits.count == 13, digits.allSatisfy({ (48...57).contains($0) }) else { return false }
    let sum = digits.enumerated().reduce(0) { $0 + ($1.offset % 2 == 0 ? 1 : 3) * Int($1.element - 48) }
    return sum % 10 == 0
  }

  private static func isCreditCard(_ text: String) -> Bool {
    let digits = text.utf8.filter { (48...57).contains($0) }
    guard matches(card, String(decoding: digits, as: UTF8.self)) else { return false }
    var sum = 0
    for (index, byte) in digits.reversed().enumerated() {
      let digit = Int(byte - 48) * (index % 2 == 0 ? 1 : 2)
      sum += digit > 9 ? digit - 9 : digit
    }
    return sum % 10 == 0
  }
}
