import KubeModel

/// Where a list goes on: opaque to clients.
struct ContinueToken: Hashable, Sendable {
  /// The version of the state that the list shows; `nil` for the newest.
  var version: Int64?
  /// The last object that was shown.
  var last: ObjectKey

  init(version: Int64?, last: ObjectKey) {
    self.version = version
    self.last = last
  }

  /// - Throws: 400 for what is no token.
  init(text: String) throws(StatusError) {
    guard let bytes = Base64.decoded(text), let value = try? JSONValue(json: bytes),
      value["v"]?.string == "meta.k8s.io/v1", let version = value["rv"]?.int,
      let start = value["start"]?.string
    else { throw .badRequest("invalid continue token: illegal base64 data at input byte 0") }
    self.version = version < 0 ? nil : version
    let parts = start.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    last =
      parts.count == 2
      ? ObjectKey(namespace: String(parts[0]), name: String(parts[1]))
      : ObjectKey(namespace: "", name: start)
  }

  var text: String {
    let start = last.namespace.isEmpty ? last.name : "\(last.namespace)/\(last.name)"
    let value: JSONValue = ["v": "meta.k8s.io/v1", "rv": .int(version ?? -1), "start": .string(start)]
    return Base64.encoded(value.jsonBytes())
  }
}

/// Base64 for URLs, without padding (RFC 4648, section 5).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for byte in group { word = word << 8 | UInt32(byte) }
      word <<= UInt32((3 - group.count) * 8)
      for index in 0...group.count { text.append(alphabet[Int(word >> UInt32(18 - 6 * index)) & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var word: UInt32 = 0
    var bits = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
    }
    return bytes
  }
}
