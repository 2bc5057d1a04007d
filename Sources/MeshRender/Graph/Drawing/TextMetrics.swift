/// Estimates how wide text is, without a font: what the usual system fonts need at most.
struct TextMetrics {
  /// The height of the text in pixels.
  let size: Int
  let isBold: Bool

  static let name = TextMetrics(size: 15, isBold: true)
  static let small = TextMetrics(size: 13, isBold: false)
  static let smallBold = TextMetrics(size: 13, isBold: true)
  static let label = TextMetrics(size: 12, isBold: false)
  static let title = TextMetrics(size: 24, isBold: true)

  /// Thousandths of the size for the characters from the space to the tilde, as in Helvetica.
  private static let advances = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722,
    278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278,
    278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// The width of `text` in pixels.
  func width(of text: String) -> Int {
    let units = text.unicodeScalars.reduce(0) { $0 + advance(of: $1) }
    // System fonts are up to a tenth wider than Helvetica, and bold ones a little more.
    return (units * size * (isBold ? 115 : 109) / 100 + 999) / 1000
  }

  private func advance(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: TextMetrics.advances[Int(scalar.value) - 0x20]
    case 0x300...0x36F, 0x200B...0x200D: 0
    // From here on are the scripts of full width, and emoji.
    case 0x1100...0x115F, 0x2E80...0xFFDC, 0x1F000...0x3FFFF: 1000
    default: 640
    }
  }

  /// The words of `text` in lines that fit `width`, with an ellipsis for what is left of a longer word.
  func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ").prefix(40) {
      if let line = lines.last, self.width(of: line + " " + word) <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(fitted(String(word), to: width))
      }
    }
    return lines
  }

  /// `text`, or as much of its beginning as fits `width`, with an ellipsis.
  func fitted(_ text: String, to width: Int) -> String {
    // Longer text is cut first, so that hostile input costs no time.
    var shown = String(text.prefix(400))
    if shown.utf8.count == text.utf8.count, self.width(of: text) <= width { return text }
    while !shown.isEmpty, self.width(of: shown + "…") > width { shown.removeLast() }
    return shown + "…"
  }
}
