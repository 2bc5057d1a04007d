extension String {
  /// The text with everything spelled out that a terminal would obey instead of showing it: what comes from
  /// Git, clusters and arguments may be hostile.
  var asPlainText: String {
    guard unicodeScalars.contains(where: \.isObeyed) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isObeyed ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }.joined()
  }

  /// The text as one word of a command for a shell.
  var asShellWord: String {
    let isPlain =
      !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,@=".contains($0)) }
    return isPlain
      ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}

extension Unicode.Scalar {
  fileprivate var isObeyed: Bool {
    switch properties.generalCategory {
    case .control: self != "\n" && self != "\t"
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
