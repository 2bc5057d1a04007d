import Seams

/// The parameters after the question mark.
struct Query: Hashable, Sendable {
  private let pairs: [(name: String, value: String)]

  init(_ text: Substring?) {
    pairs = (text ?? "").split(separator: "&").compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true) else { return nil }
      let value = parts.count > 1 ? PercentEncoding.decoded(parts[1], plusIsSpace: true) ?? "" : ""
      return (name, value)
    }
  }

  /// The first value of a parameter; `nil` when it is not there.
  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// All values of a parameter.
  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  /// A flag, as the API reads it: there, and neither `false` nor `0`.
  func isTrue(_ name: String) -> Bool { flag(name) ?? false }

  /// A flag; `nil` when it is not there.
  func flag(_ name: String) -> Bool? { self[name].map { $0.lowercased() != "false" && $0 != "0" } }

  /// An integer.
  ///
  /// - Throws: 400 in the words of Go's parser.
  func integer(_ name: String) throws(StatusError) -> Int64? {
    guard let text = self[name] else { return nil }
    guard let number = Int64(text) else {
      let digits = text.drop { $0 == "-" || $0 == "+" }
      let isRange = !digits.isEmpty && digits.allSatisfy(\.isWholeNumber)
      throw .badRequest(
        "strconv.ParseInt: parsing \"\(text)\": \(isRange ? "value out of range" : "invalid syntax")")
    }
    return number
  }

  static func == (left: Query, right: Query) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) { for pair in pairs { hasher.combine(pair.name) } }
}
