/// Keeps escaped byte order marks through Foundation, which drops one that a string begins with when Yams makes
/// it from bytes: while the text is read, a private character stands in for it.
struct ByteOrderMark {
  /// The text to parse, without the mark a file may begin with.
  let text: String
  private let standIn: (character: String, escape: String)?

  private static let escape = "\\uFEFF"

  /// Takes the text apart.
  ///
  /// - Returns: nil when a mark stands in the midst of the text.
  init?(_ whole: String) {
    let scalars = whole.unicodeScalars
    let content = scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : whole
    guard !content.unicodeScalars.contains("\u{FEFF}") else { return nil }
    let isEscaped = content.utf8.contains(UInt8(ascii: "\\")) && content.contains(ByteOrderMark.escape)
    guard isEscaped else {
      (text, standIn) = (content, nil)
      return
    }
    let lowercased = content.lowercased()
    let used = Set(content.unicodeScalars)
    let free = (0xE000...0xF8FF).lazy.compactMap(Unicode.Scalar.init).first {
      !used.contains($0) && !lowercased.contains("\\u" + String($0.value, radix: 16))
    }
    guard let free else { return nil }
    let escape = "\\u" + String(free.value, radix: 16)
    standIn = (String(Character(free)), escape)
    text = content.replacing(bytes: ByteOrderMark.escape, with: escape)
  }

  /// A scalar of the text as it was meant, in double quotes or not.
  func restored(_ scalar: String) -> String {
    guard let standIn else { return scalar }
    return scalar.replacing(bytes: standIn.character, with: "\u{FEFF}")
      .replacing(bytes: standIn.escape, with: ByteOrderMark.escape)
  }
}

extension String {
  /// Replaces by bytes, as characters would hide what stands before a combining mark.
  fileprivate func replacing(bytes old: String, with new: String) -> String {
    let (source, pattern) = (Array(utf8), Array(old.utf8))
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      if source[index] == pattern[0], source[index...].starts(with: pattern) {
        result += new.utf8
        index += pattern.count
      } else {
        result.append(source[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
