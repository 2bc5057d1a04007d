import KubeModel

/// A JSON Web Token, signed with HMAC-SHA-256 (RFC 7515, 7519).
enum WebToken {
  /// - Returns: three parts in base64url, parted by dots.
  static func signed(_ claims: JSONValue, key: [UInt8]) -> String {
    let header: JSONValue = ["alg": "HS256", "typ": "JWT"]
    let text = encoded(header.jsonBytes()) + "." + encoded(claims.jsonBytes())
    return text + "." + encoded(SHA256.authenticationCode(of: Array(text.utf8), key: key))
  }

  /// The claims of a token; nil unless it was signed with this key.
  static func claims(of token: String, key: [UInt8]) -> JSONValue? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let body = decoded(parts[1]), let signature = decoded(parts[2]) else {
      return nil
    }
    let text = Array("\(parts[0]).\(parts[1])".utf8)
    guard signature == SHA256.authenticationCode(of: text, key: key) else { return nil }
    return try? JSONValue(json: body)
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for index in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decoded(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for letter in text.utf8 {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
