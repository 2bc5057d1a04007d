import KubeModel
import Testing

@Suite("Hostile JSON is refused with the place")
struct HostileJSONTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let message: String
    let offset: Int

    init(_ name: String, _ text: String, _ message: String, at offset: Int) {
      self.init(name, Array(text.utf8), message, at: offset)
    }

    init(_ name: String, _ bytes: [UInt8], _ message: String, at offset: Int) {
      (self.name, self.bytes, self.message, self.offset) = (name, bytes, message, offset)
    }

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case("nothing", "", "ends too early", at: 0),
    Case("white space only", " \n ", "ends too early", at: 3),
    Case("100,000 brackets", String(repeating: "[", count: 100_000), "nested deeper than 512", at: 513),
    Case(
      "100,000 objects", String(repeating: #"{"a":"#, count: 100_000), "nested deeper than 512", at: 2_565),
    Case("a key twice", #"{"a":1,"b":2,"a":3}"#, #"the key "a" stands twice"#, at: 0),
    Case("a key twice by an escape", #"[{"a":1,"\u0061":2}]"#, #"the key "a" stands twice"#, at: 1),
    Case("a lone high surrogate", #""\uD800""#, "a lone surrogate", at: 7),
    Case("a lone low surrogate", #""\uDC00""#, "a lone surrogate", at: 7),
    Case("two high surrogates", #""\uD800\uD800""#, "a lone surrogate", at: 13),
    Case("a high surrogate before another escape", #""\uD800\n""#, "a lone surrogate", at: 7),
    Case("three hexadecimal digits", #""\u12""#, "hexadecimal digits", at: 3),
    Case("a sign for a hexadecimal digit", #""\u+123""#, "hexadecimal digits", at: 3),
    Case("an unknown escape", #""\x41""#, "an unknown escape", at: 3),
    Case("a byte that starts nothing", [0x22, 0xFF, 0x22], "not UTF-8", at: 1),
    Case("an overlong slash", [0x22, 0xC0, 0xAF, 0x22], "not UTF-8", at: 1),
    Case("a surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22], "not UTF-8", at: 1),
    Case("half a character after an escape", [0x22, 0x5C, 0x6E, 0xC3, 0x22], "not UTF-8", at: 1),
    Case("a line break in a string", "\"a\nb\"", "a control character", at: 2),
    Case("a zero byte in a string", [0x22, 0x00, 0x22], "a control character", at: 1),
    Case("a control character after an escape", "\"\\n\u{1}\"", "a control character", at: 4),
    Case("a zero byte after the value", [0x31, 0x00], "text after the end", at: 1),
    Case("a number too large for a double", "1e400", "out of range", at: 5),
    Case("400 digits", String(repeating: "9", count: 400), "out of range", at: 400),
    Case("a leading zero", "01", "does not start with 0", at: 1),
    Case("a lone minus", "-", "a digit is missing", at: 1),
    Case("a plus", "+1", "no value starts here", at: 0),
    Case("a number that starts with a point", ".5", "no value starts here", at: 0),
    Case("a number that ends with a point", "5.", "a digit is missing", at: 2),
    Case("an exponent without digits", "5e+", "a digit is missing", at: 3),
    Case("not a number", "NaN", "no value starts here", at: 0),
    Case("text after the value", "{} {}", "text after the end", at: 3),
    Case("two words", "true false", "text after the end", at: 5),
    Case("half a word", "tru", "ends too early", at: 0),
    Case("a word in capitals", "True", "no value starts here", at: 0),
    Case("a comma at the end of a list", "[1,]", "no value starts here", at: 3),
    Case("a comma at the end of an object", #"{"a":1,}"#, "a key in quotes is missing", at: 7),
    Case("a key without quotes", "{a:1}", "a key in quotes is missing", at: 1),
    Case("a key without a value", #"{"a"}"#, "a colon is missing", at: 4),
    Case("a comment", "[1 /* no */]", "a comma or ] is missing", at: 3),
    Case("a list without an end", "[1", "a comma or ] is missing", at: 2),
    Case("a string without an end", #""abc"#, "a string without an end", at: 4),
    Case("a backslash at the end", #""abc\"#, "an unknown escape", at: 6),
    Case("a byte order mark", "\u{FEFF}1", "no value starts here", at: 0),
  ]

  @Test("and its message", arguments: cases)
  func refused(hostile: Case) throws {
    let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(json: hostile.bytes) }
    #expect(error.message.contains(hostile.message), "\(error)")
    #expect(error.offset == hostile.offset, "\(error)")
    #expect(error.description.hasPrefix("invalid JSON at byte "))
  }

  @Test("wherever a good text is cut off", arguments: [#"{"a":[1,-2.5e3,"x\u0041"],"b":{"c":null}}"#])
  func cutOff(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: Never.self) { try JSONValue(json: bytes) }
    for end in bytes.indices {
      #expect(throws: JSONSyntaxError.self, "cut at \(end)") { try JSONValue(json: bytes[..<end]) }
    }
  }

  @Test("or read, and never a crash, whatever the bytes", arguments: UInt64(1)...40)
  func noise(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    var bytes = generator.json().jsonBytes()
    for _ in 0..<200 {
      if bytes.isEmpty { bytes = [0x5B] }
      bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      guard let value = try? JSONValue(json: bytes) else { continue }
      #expect(try JSONValue(json: value.jsonBytes()) == value, "seed \(seed)")
    }
  }
}
