/// Follows a zlib stream (RFC 1950, RFC 1951) to see whether it ends, without keeping what it holds.
///
/// libgit2, 1.9 included, never returns from reading a loose object whose file was cut short, as a full
/// disk or a power failure leaves it (fixed upstream in commit 5254f5dc4, August 2026). So loose files are
/// looked at here first. Everything else that may be wrong with a stream, zlib reports.
struct DeflateStream {
  private struct CutShort: Error {}
  /// The stream breaks the format, which zlib will say better.
  private struct Invalid: Error {}

  private let bytes: [UInt8]
  private var position = 0
  private var bit: UInt8 = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the bytes stop before the stream does.
  static func isCutShort(_ bytes: [UInt8]) -> Bool {
    var stream = DeflateStream(bytes)
    do {
      try stream.follow()
      return false
    } catch is CutShort {
      return true
    } catch {
      return false
    }
  }

  private mutating func follow() throws {
    try skipBytes(2)
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try skipStored()
      case 1: try skip(Code.fixedLiterals, Code.fixedDistances)
      case 2:
        let (literals, distances) = try readCodes()
        try skip(literals, distances)
      default: throw Invalid()
      }
    }
    alignToByte()
    let checksumBytes = 4
    try skipBytes(checksumBytes)
  }

  private mutating func skipStored() throws {
    alignToByte()
    let length = try take(16)
    let complement = 2
    try skipBytes(complement + length)
  }

  private mutating func skip(_ literals: Code, _ distances: Code) throws {
    while true {
      let symbol = try takeSymbol(literals)
      if symbol == Self.endOfBlock { return }
      guard symbol > Self.endOfBlock else { continue }
      guard symbol - 257 < Self.lengthExtraBits.count else { throw Invalid() }
      _ = try take(Self.lengthExtraBits[symbol - 257])
      let distance = try takeSymbol(distances)
      guard distance < 30 else { throw Invalid() }
      _ = try take(distance < 2 ? 0 : distance / 2 - 1)
    }
  }

  /// The code lengths of a dynamic block are themselves compressed.
  private mutating func readCodes() throws -> (literals: Code, distances: Code) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<(try take(4) + 4) { lengths[Self.lengthOrder[index]] = try take(3) }
    let code = Code(lengths: lengths)
    lengths = []
    while lengths.count < literalCount + distanceCount {
      let symbol = try takeSymbol(code)
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let last = lengths.last else { throw Invalid() }
        lengths += Array(repeating: last, count: try take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try take(3) + 3)
      default: lengths += Array(repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literalCount + distanceCount else { throw Invalid() }
    return (Code(lengths: lengths[..<literalCount]), Code(lengths: lengths[literalCount...]))
  }

  private mutating func takeSymbol(_ code: Code) throws -> Int {
    var value = 0
    var first = 0
    var index = 0
    for count in code.counts.dropFirst() {
      value |= try take(1)
      if value - count < first {
        // A set of lengths that fits no code can point anywhere.
        let place = index + value - first
        guard code.symbols.indices.contains(place) else { throw Invalid() }
        return code.symbols[place]
      }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Invalid()
  }

  private mutating func take(_ count: Int) throws -> Int {
    var value = 0
    for place in 0..<count {
      guard position < bytes.count else { throw CutShort() }
      value |= Int(bytes[position] >> bit & 1) << place
      bit = (bit + 1) & 7
      if bit == 0 { position += 1 }
    }
    return value
  }

  private mutating func skipBytes(_ count: Int) throws {
    guard bytes.count - position >= count else { throw CutShort() }
    position += count
  }

  private mutating func alignToByte() {
    if bit > 0 { position += 1 }
    bit = 0
  }

  /// A canonical Huffman code: how many symbols have each length, and the symbols in order.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(lengths: some Collection<Int>) {
      for length in lengths where length > 0 { counts[length] += 1 }
      for wanted in 1...15 {
        for (symbol, length) in lengths.enumerated() where length == wanted { symbols.append(symbol) }
      }
    }

    static let fixedLiterals = Code(
      lengths: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
        + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
    static let fixedDistances = Code(lengths: Array(repeating: 5, count: 30))
  }

  private static let endOfBlock = 256
  private static let lengthExtraBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
}
