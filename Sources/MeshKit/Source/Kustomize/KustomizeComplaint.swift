/// Why kustomize did not build, from what it wrote to standard error.
enum KustomizeComplaint {
  /// The complaint on one line, at most 600 characters, with paths as they are in the repository.
  ///
  /// kubectl writes a line of its log, `E1123 02:08:19.793053 1 run.go:72] "command failed" err="…"`, and
  /// kustomize `Error: …`.
  static func text(_ bytes: [UInt8], top: String) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let complaint =
      between(text, "err=<", "\n >") ?? between(text, "err=\"", "\"").map(unquoted) ?? after(text, "Error: ")
      ?? text
    let words = complaint.replacing(top + "/", with: "").replacing(top, with: "the top of the repository")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let tame = words.unicodeScalars.filter { $0.properties.generalCategory != .control }
    let start = String(String.UnicodeScalarView(tame.prefix(600)))
    return start.isEmpty ? "it says nothing" : start + (tame.count > 600 ? "…" : "")
  }

  private static func between(_ text: String, _ start: String, _ end: String) -> String? {
    guard let rest = after(text, start), let range = rest.ranges(of: end).last else { return nil }
    return String(rest[..<range.lowerBound])
  }

  private static func after(_ text: String, _ start: String) -> String? {
    text.firstRange(of: start).map { String(text[$0.upperBound...]) }
  }

  private static func unquoted(_ text: String) -> String {
    text.replacing("\\\"", with: "\"").replacing("\\n", with: "\n").replacing("\\t", with: " ")
      .replacing("\\\\", with: "\\")
  }
}
