/// The FNV-1a hash: the same in every process, unlike Swift's own, which is seeded anew in each.
///
/// For names and streams of random numbers; it protects against no one who looks for a collision.
public enum StableHash {
  /// The hash of `bytes`.
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  /// The hash of the text's UTF-8.
  public static func of(_ text: String) -> UInt64 { of(text.utf8) }

  /// The hash of the text's UTF-8 as 16 hexadecimal digits.
  public static func word(of text: String) -> String {
    let digits = String(of(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
