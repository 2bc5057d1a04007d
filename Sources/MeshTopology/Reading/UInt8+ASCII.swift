extension UInt8 {
  /// Whether it is an ASCII letter or digit.
  var isAlphanumeric: Bool { isLowercaseAlphanumeric || (65...90).contains(self) }

  /// Whether it is a small ASCII letter or a digit.
  var isLowercaseAlphanumeric: Bool { isLowercaseLetter || isDigit }

  /// Whether it is a small ASCII letter.
  var isLowercaseLetter: Bool { (97...122).contains(self) }

  /// Whether it is an ASCII digit.
  var isDigit: Bool { (48...57).contains(self) }
}
