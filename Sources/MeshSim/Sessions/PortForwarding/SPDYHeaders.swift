/// The header fields of SPDY's streams, which are compressed as one stream of zlib over the whole connection.
struct SPDYHeaders {
  private var inflater = Inflater(dictionary: SPDYHeaders.dictionary)
  private var hasRead = false
  private var hasWritten = false

  struct Malformed: Error {}

  /// Reads a block.
  ///
  /// - Throws: `Malformed` or `Inflater.Malformed`, after which nothing more can be read.
  mutating func read(_ block: [UInt8]) throws -> [String: String] {
    // The stream begins with two bytes of header and four that name the dictionary (RFC 1950).
    let bytes = try inflater.inflate(hasRead ? block[...] : block.dropFirst(6))
    hasRead = true
    var fields: [String: String] = [:]
    var offset = 0
    func text() throws -> String {
      guard offset + 4 <= bytes.count else { throw Malformed() }
      let count = Int(SPDYFrame.word(bytes, at: offset))
      guard offset + 4 + count <= bytes.count else { throw Malformed() }
      defer { offset += 4 + count }
      return String(decoding: bytes[(offset + 4)..<(offset + 4 + count)], as: UTF8.self)
    }
    guard bytes.count >= 4 else { throw Malformed() }
    let count = SPDYFrame.word(bytes, at: 0)
    offset = 4
    guard count <= 64 else { throw Malformed() }
    for _ in 0..<count {
      let name = try text()
      fields[name] = try text()
    }
    return fields
  }

  /// A block without any field: stored as it is, which every reader takes. The empty block behind it makes readers
  /// give out what they have.
  mutating func emptyBlock() -> [UInt8] {
    let stored: [UInt8] = [0, 4, 0, 0xFB, 0xFF, 0, 0, 0, 0] + [0, 0, 0, 0xFF, 0xFF]
    defer { hasWritten = true }
    // Zlib's header with a dictionary, and that dictionary's Adler-32.
    return hasWritten ? stored : [0x78, 0xBB, 0xE3, 0xC6, 0xA7, 0xC2] + stored
  }
}
