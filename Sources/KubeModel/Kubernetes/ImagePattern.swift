/// A pattern for whole image references: `*` stands for any text, `?` for any one byte.
public struct ImagePattern: Hashable, Sendable {
  private let pattern: [UInt8]

  /// A pattern; every text is one.
  public init(_ text: String) { pattern = Array(text.utf8) }

  /// Whether the pattern matches all of `image`.
  ///
  /// Only the last star is ever tried again, so a pattern of many stars costs no more than its length
  /// times the image's.
  public func matches(_ image: String) -> Bool {
    let text = Array(image.utf8)
    var (at, position) = (0, 0)
    var star: (at: Int, position: Int)?
    while position < text.count {
      let wanted = at < pattern.count ? pattern[at] : nil
      if wanted == UInt8(ascii: "*") {
        star = (at, position)
        at += 1
      } else if wanted == UInt8(ascii: "?") || wanted == text[position] {
        at += 1
        position += 1
      } else if let last = star {
        star = (last.at, last.position + 1)
        (at, position) = (last.at + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
