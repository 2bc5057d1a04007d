import CLibgit2

/// The id of any Git object: 40 hexadecimal digits in lower case.
public struct ObjectID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The 40 digits.
  public let description: String

  /// Reads 40 hexadecimal digits of either case; nil for anything else.
  public init?(_ description: String) {
    guard description.utf8.count == Self.digits, isHexadecimal(description) else { return nil }
    self.description = description.lowercased()
  }

  /// Orders by the digits.
  public static func < (left: Self, right: Self) -> Bool { left.description < right.description }

  static let digits = 40
  static let byteCount = 20

  /// Takes the 20 bytes of a raw id, as trees hold it.
  init(bytes: some Collection<UInt8>) {
    precondition(bytes.count == Self.byteCount, "a raw object id has 20 bytes")
    description = String(
      decoding: bytes.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }, as: UTF8.self)
  }

  init(_ id: git_oid) {
    self = withUnsafeBytes(of: id.id) { Self(bytes: $0) }
  }

  /// The form that libgit2 takes.
  var library: git_oid {
    var id = git_oid()
    // It cannot fail: the digits were checked when this value was made.
    git_oid_fromstr(&id, description)
    return id
  }
}

/// Whether every character is a hexadecimal digit of ASCII.
func isHexadecimal(_ text: String) -> Bool {
  text.utf8.allSatisfy { digit in
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

private let hexDigits = Array("0123456789abcdef".utf8)
