/// Base64 with padding (RFC 4648), as Go's standard encoding reads it: line breaks are skipped.
enum Base64Text {
  struct IllegalData: Error {
    /// Of the first byte that does not belong there.
    let offset: Int
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var word: UInt32 = 0
    var count = 0
    for byte in bytes {
      word = word << 8 | UInt32(byte)
      count += 1
      guard count == 3 else { continue }
      for shift in [18, 12, 6, 0] as [UInt32] { text.append(alphabet[Int(word >> shift & 63)]) }
      (word, count) = (0, 0)
    }
    if count > 0 {
      word <<= UInt32(8 * (3 - count))
      for index in 0..<4 {
        text.append(index <= count ? alphabet[Int(word >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> Result<[UInt8], IllegalData> {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count / 4 * 3)
    var word: UInt32 = 0
    var count = 0
    var position = 0
    while position < source.count {
      let byte = source[position]
      position += 1
      if byte == 0x0A || byte == 0x0D { continue }
      if byte == UInt8(ascii: "=") {
        return finish(source, position, word, count, &bytes)
      }
      let value = values[Int(byte)]
      guard value != 0xFF else { return .failure(IllegalData(offset: position - 1)) }
      word = word << 6 | UInt32(value)
      count += 1
      guard count == 4 else { continue }
      bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
      (word, count) = (0, 0)
    }
    return count == 0 ? .success(bytes) : .failure(IllegalData(offset: source.count - count))
  }

  /// Reads the padding, which starts before `position`, and the bytes before it.
  private static func finish(
    _ source: [UInt8], _ position: Int, _ word: UInt32, _ count: Int, _ bytes: inout [UInt8]
  ) -> Result<[UInt8], IllegalData> {
    func skippingBreaks(_ start: Int) -> Int {
      var index = start
      while index < source.count, source[index] == 0x0A || source[index] == 0x0D { index += 1 }
      return index
    }
    guard count >= 2 else { return .failure(IllegalData(offset: position - 1)) }
    var next = position
    if count == 2 {
      next = skippingBreaks(next)
      guard next < source.count else { return .failure(IllegalData(offset: source.count)) }
      guard source[next] == UInt8(ascii: "=") else { return .failure(IllegalData(offset: next - 1)) }
      next += 1
      bytes.append(UInt8(word >> 4 & 255))
    } else {
      bytes += [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)]
    }
    next = skippingBreaks(next)
    return next == source.count ? .success(bytes) : .failure(IllegalData(offset: next))
  }
}
