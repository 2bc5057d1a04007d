import KubeModel
import Seams

extension ClusterState {
  /// A random UUID, version 4.
  mutating func newUID() -> String {
    var bytes: [UInt8] = []
    for word in [generator.next(), generator.next()] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return ClusterState.uuid(bytes)
  }

  /// 16 bytes as Kubernetes writes a uid.
  static func uuid(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Five characters, as Kubernetes appends them to generated names: no vowels, so no words.
  mutating func newNameSuffix() -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    return String((0..<5).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
  }
}
