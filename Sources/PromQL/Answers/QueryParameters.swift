/// Parameters as a URL's query and a posted form carry them; a name may be there several times.
public struct QueryParameters: Hashable, Sendable {
  /// The names and values in the order in which they came.
  public private(set) var pairs: [Pair] = []

  /// One parameter.
  public struct Pair: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String
  }

  /// Reads `a=1&b=two+words`, of which there may be several: the body of a POST, then the URL's query.
  public init(_ encoded: String...) {
    for text in encoded {
      for part in text.utf8.split(separator: UInt8(ascii: "&")) {
        let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let value = halves.count > 1 ? Self.decoded(halves[1]) : ""
        pairs.append(Pair(name: Self.decoded(halves[0]), value: value))
      }
    }
  }

  /// Creates parameters from names and values that are not encoded.
  public init(_ pairs: KeyValuePairs<String, String>) {
    self.pairs = pairs.map { Pair(name: $0, value: $1) }
  }

  /// The first value of a name; empty when there is none.
  public subscript(name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

  /// All values of a name.
  public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  private static func decoded(_ text: Substring.UTF8View) -> String {
    var (bytes, index) = ([UInt8](), text.startIndex)
    func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }
    while index < text.endIndex {
      let byte = text[index]
      index = text.index(after: index)
      let rest = Array(text[index...].prefix(2))
      if byte == UInt8(ascii: "%"), rest.count == 2, let high = digit(rest[0]), let low = digit(rest[1]) {
        bytes.append(high * 16 + low)
        index = text.index(index, offsetBy: 2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
