import Seams
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
  @Test(
    "leaves only the unreserved characters of RFC 3986 as they are",
    arguments: [
      ("", ""), ("azAZ09-._~", "azAZ09-._~"), ("a b", "a%20b"), ("a+b", "a%2Bb"),
      ("/?#[]@", "%2F%3F%23%5B%5D%40"),
      ("!$&'()*+,;=", "%21%24%26%27%28%29%2A%2B%2C%3B%3D"), ("%", "%25"), ("é", "%C3%A9"),
      ("😀", "%F0%9F%98%80"),
      ("\u{0}\n", "%00%0A"), ("a=b,c in (d)", "a%3Db%2Cc%20in%20%28d%29"),
    ])
  func encodes(text: String, encoded: String) {
    #expect(PercentEncoding.encoded(text) == encoded)
    #expect(PercentEncoding.decoded(encoded[...], plusIsSpace: true) == text)
  }

  @Test("is decoded in both cases of digits, and plus is a space only in queries")
  func decodes() {
    #expect(PercentEncoding.decoded("%2f%2F", plusIsSpace: false) == "//")
    #expect(PercentEncoding.decoded("a+b", plusIsSpace: true) == "a b")
    #expect(PercentEncoding.decoded("a+b", plusIsSpace: false) == "a+b")
    #expect(PercentEncoding.decoded("%2B+", plusIsSpace: true) == "+ ")
  }

  @Test(
    "is refused when it is malformed or not UTF-8",
    arguments: ["%", "%2", "a%", "%zz", "%+1", "% 1", "%2g", "%FF", "%C3", "%ED%A0%80", "%C0%AF"])
  func malformed(text: String) {
    #expect(PercentEncoding.decoded(text[...], plusIsSpace: true) == nil)
  }

  @Test("reads back", arguments: UInt64(1)...50)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<40 {
      if let scalar = Unicode.Scalar(UInt32(generator.next() % 0x11_0000)) { scalars.append(scalar) }
      scalars.append(Unicode.Scalar(UInt8(generator.next() % 128)))
    }
    let encoded = PercentEncoding.encoded(String(scalars))
    let decoded = PercentEncoding.decoded(encoded[...], plusIsSpace: seed % 2 == 0)
    #expect(decoded.map { Array($0.unicodeScalars) } == Array(scalars), "seed \(seed)")
    #expect(encoded.utf8.allSatisfy { $0 > 32 && $0 < 127 }, "seed \(seed)")
  }
}
