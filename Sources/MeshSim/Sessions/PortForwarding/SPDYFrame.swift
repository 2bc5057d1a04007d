/// A frame of SPDY/3.1 (draft-mbelshe-httpbis-spdy-00, section 2.2), as far as tunnels use them.
enum SPDYFrame: Hashable {
  /// A stream begins; its header fields are compressed.
  case open(UInt32, block: [UInt8])
  case data(UInt32, [UInt8], isLast: Bool)
  case reset(UInt32)
  case ping(UInt32)
  /// Anything that needs no answer.
  case other

  private static let head = 8
  private static let lastFlag: UInt8 = 1

  /// Takes the first whole frame from `bytes`; `nil` when there is none yet.
  init?(_ bytes: inout [UInt8]) {
    guard bytes.count >= SPDYFrame.head else { return nil }
    let length = Int(bytes[5]) << 16 | Int(bytes[6]) << 8 | Int(bytes[7])
    guard bytes.count >= SPDYFrame.head + length else { return nil }
    let body = Array(bytes[SPDYFrame.head..<SPDYFrame.head + length])
    let flags = bytes[4]
    let word = SPDYFrame.word(bytes, at: 0)
    bytes.removeSubrange(..<(SPDYFrame.head + length))
    guard word >> 31 == 1 else {
      self = .data(word, body, isLast: flags & SPDYFrame.lastFlag != 0)
      return
    }
    switch word & 0xFFFF {
    case 1 where length >= 10:
      self = .open(SPDYFrame.word(body, at: 0) & 0x7FFF_FFFF, block: Array(body[10...]))
    case 3 where length >= 8: self = .reset(SPDYFrame.word(body, at: 0) & 0x7FFF_FFFF)
    case 6 where length >= 4: self = .ping(SPDYFrame.word(body, at: 0))
    default: self = .other
    }
  }

  /// The frame as it is written; those that only a client sends are nothing.
  var bytes: [UInt8] {
    switch self {
    case .data(let id, let body, let isLast):
      SPDYFrame.bytes(id) + [isLast ? SPDYFrame.lastFlag : 0] + SPDYFrame.length(body.count) + body
    case .ping(let number): SPDYFrame.control(6, SPDYFrame.bytes(number))
    case .open, .reset, .other: []
    }
  }

  /// The answer to the beginning of a stream.
  static func reply(_ id: UInt32, _ block: [UInt8]) -> [UInt8] { control(2, bytes(id) + block) }

  private static func control(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    [0x80, 3, 0, type, 0] + length(body.count) + body
  }

  private static func length(_ count: Int) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 8),
      UInt8(truncatingIfNeeded: count),
    ]
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
  }

  static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
