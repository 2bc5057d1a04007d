/// An address of the web as Go's `url.ParseRequestURI` reads it: absolute, or an absolute path.
struct WebAddress: Hashable, Sendable, CustomStringConvertible {
  let description: String
  let scheme: String
  /// With the port.
  let host: String
  let escapedPath: String
  /// The text after the question mark.
  let rawQuery: String

  init?(request text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    description = text
    if text == "*" {
      (scheme, host, escapedPath, rawQuery) = ("", "", "*", "")
      return
    }
    var rest = text[...]
    var scheme = ""
    if !rest.hasPrefix("/") {
      guard let colon = rest.firstIndex(of: ":") else { return nil }
      let name = rest[..<colon]
      guard let first = name.utf8.first, WebAddress.isLetter(first),
        name.utf8.allSatisfy({ WebAddress.isLetter($0) || (48...57).contains($0) || "+-.".utf8.contains($0) })
      else { return nil }
      scheme = name.lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    var query = ""
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    var host = ""
    if rest.hasPrefix("//"), !(scheme.isEmpty && rest.hasPrefix("///")) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      let authority = rest[..<end]
      rest = rest[end...]
      let bare = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
      guard WebAddress.isHost(bare) else { return nil }
      host = String(bare)
    } else if !rest.hasPrefix("/"), scheme.isEmpty {
      return nil
    }
    guard WebAddress.hasValidEscapes(rest) else { return nil }
    self.scheme = scheme
    self.host = host
    // What follows a scheme without a slash is opaque: no path.
    escapedPath = rest.hasPrefix("/") ? WebAddress.escaped(rest) : ""
    rawQuery = query
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isHost(_ text: Substring) -> Bool {
    var name = text
    if text.hasPrefix("[") {
      guard let close = text.lastIndex(of: "]") else { return false }
      let after = text[text.index(after: close)...]
      return after.isEmpty || (after.hasPrefix(":") && after.dropFirst().allSatisfy(\.isNumber))
    }
    if let colon = text.lastIndex(of: ":") {
      guard text[text.index(after: colon)...].allSatisfy({ ("0"..."9").contains($0) }) else { return false }
      name = text[..<colon]
    }
    return !name.contains(":") && name.utf8.allSatisfy { $0 > 127 || !" <>\"\\^`{|}".utf8.contains($0) }
      && hasValidEscapes(name)
  }

  private static func hasValidEscapes(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, hex(bytes[index + 1]) != nil, hex(bytes[index + 2]) != nil else {
          return false
        }
        index += 2
      }
      index += 1
    }
    return true
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  private static func escaped(_ text: Substring) -> String {
    var out = ""
    for byte in text.utf8 {
      let isPlain = isLetter(byte) || (48...57).contains(byte) || "-_.~$&+,/:;=@!'()*%[]".utf8.contains(byte)
      if isPlain {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return out
  }

  /// The host without the port and without brackets.
  var hostname: String {
    if host.hasPrefix("["), let close = host.firstIndex(of: "]") { return String(host[..<close].dropFirst()) }
    return host.lastIndex(of: ":").map { String(host[..<$0]) } ?? host
  }

  var port: String {
    guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return "" }
    return String(host[colon...].dropFirst())
  }

  /// The parameters with all their values, in the order of names.
  var query: [(name: String, values: [String])] {
    var known: [String: [String]] = [:]
    for pair in rawQuery.split(separator: "&") where !pair.contains(";") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = WebAddress.unescaped(parts[0]),
        let value = WebAddress.unescaped(parts.count > 1 ? parts[1] : "")
      else { continue }
      known[name, default: []].append(value)
    }
    return known.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: "+"): bytes.append(32)
      case UInt8(ascii: "%"):
        guard index + 2 < source.count, let high = hex(source[index + 1]), let low = hex(source[index + 2])
        else {
          return nil
        }
        bytes.append(high << 4 | low)
        index += 2
      default: bytes.append(source[index])
      }
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
