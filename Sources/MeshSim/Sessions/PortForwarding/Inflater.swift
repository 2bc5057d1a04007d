/// Undoes Deflate (RFC 1951) for a stream that comes in pieces, each of which ends with whole blocks.
struct Inflater {
  struct Malformed: Error {}

  private static let windowSize = 32 << 10
  /// What copies may go back to.
  private var window: [UInt8]

  init(dictionary: [UInt8] = []) { window = dictionary }

  /// The bytes of the next piece.
  ///
  /// - Throws: `Malformed`.
  mutating func inflate(_ piece: ArraySlice<UInt8>) throws -> [UInt8] {
    var bits = BitReader(piece)
    let start = window.count
    while bits.remaining > 3 {
      let isLast = try bits.take(1) == 1
      switch try bits.take(2) {
      case 0: window += try bits.stored()
      case 1: try copy(&bits, .fixedLiterals, .fixedDistances)
      case 2:
        let (literals, distances) = try Inflater.tables(&bits)
        try copy(&bits, literals, distances)
      default: throw Malformed()
      }
      if isLast { break }
    }
    let bytes = Array(window[start...])
    if window.count > 2 * Inflater.windowSize { window.removeFirst(window.count - Inflater.windowSize) }
    return bytes
  }

  private mutating func copy(_ bits: inout BitReader, _ literals: PrefixCode, _ distances: PrefixCode) throws
  {
    while true {
      let symbol = try literals.read(&bits)
      switch symbol {
      case 0..<256: window.append(UInt8(symbol))
      case 256: return
      default:
        guard symbol < 286 else { throw Malformed() }
        let (base, extra) = Inflater.lengths[symbol - 257]
        let count = base + (try bits.take(extra))
        let place = try distances.read(&bits)
        guard place < 30 else { throw Malformed() }
        let more = max(0, place / 2 - 1)
        let distance = (place < 2 ? place + 1 : 1 + (2 + place % 2) << more) + (try bits.take(more))
        guard distance <= window.count, window.count < 1 << 24 else { throw Malformed() }
        for _ in 0..<count { window.append(window[window.count - distance]) }
      }
    }
  }

  /// Lengths and how many bits more they have, from symbol 257 on.
  private static let lengths: [(Int, Int)] = (0..<29).map { index in
    if index == 28 { return (258, 0) }
    if index < 8 { return (index + 3, 0) }
    let extra = index / 4 - 1
    return (3 + (4 + index % 4) << extra, extra)
  }

  private static func tables(_ bits: inout BitReader) throws -> (PrefixCode, PrefixCode) {
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let (literalCount, distanceCount) = (try bits.take(5) + 257, try bits.take(5) + 1)
    var first = [Int](repeating: 0, count: 19)
    for index in 0..<(try bits.take(4) + 4) { first[order[index]] = try bits.take(3) }
    let code = PrefixCode(lengths: first)
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch try code.read(&bits) {
      case 16:
        guard let last = lengths.last else { throw Malformed() }
        lengths += [Int](repeating: last, count: try bits.take(2) + 3)
      case 17: lengths += [Int](repeating: 0, count: try bits.take(3) + 3)
      case 18: lengths += [Int](repeating: 0, count: try bits.take(7) + 11)
      case let length: lengths.append(length)
      }
    }
    return (
      PrefixCode(lengths: Array(lengths[..<literalCount])),
      PrefixCode(lengths: Array(lengths[literalCount..<literalCount + distanceCount]))
    )
  }
}

/// A canonical prefix code: how many symbols there are of each length, and the symbols in order.
struct PrefixCode {
  private var counts = [Int](repeating: 0, count: 16)
  private let symbols: [Int]

  static let fixedLiterals = PrefixCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = PrefixCode(lengths: [Int](repeating: 5, count: 30))

  init(lengths: [Int]) {
    for length in lengths where length > 0 { counts[length] += 1 }
    symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
  }

  func read(_ bits: inout BitReader) throws -> Int {
    var (code, first, index) = (0, 0, 0)
    for length in 1..<16 {
      code |= try bits.take(1)
      if code - first < counts[length] { return symbols[index + code - first] }
      index += counts[length]
      first = (first + counts[length]) << 1
      code <<= 1
    }
    throw Inflater.Malformed()
  }
}

/// Takes bits from bytes, the lowest first.
struct BitReader {
  private let bytes: ArraySlice<UInt8>
  private var offset = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var remaining: Int { bytes.count * 8 - offset }

  mutating func take(_ count: Int) throws -> Int {
    guard remaining >= count else { throw Inflater.Malformed() }
    var value = 0
    for place in 0..<count {
      let byte = bytes[bytes.startIndex + offset / 8]
      value |= Int(byte >> UInt8(offset % 8) & 1) << place
      offset += 1
    }
    return value
  }

  /// A block that is not compressed.
  mutating func stored() throws -> ArraySlice<UInt8> {
    offset = (offset + 7) / 8 * 8
    let count = try take(16)
    guard try take(16) == count ^ 0xFFFF, remaining >= count * 8 else { throw Inflater.Malformed() }
    let start = bytes.startIndex + offset / 8
    offset += count * 8
    return bytes[start..<start + count]
  }
}
