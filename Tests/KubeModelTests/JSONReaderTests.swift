import KubeModel
import Testing

@Suite("JSON text is read")
struct JSONReaderTests {
  @Test(
    "as the value it says",
    arguments: [
      ("null", .null), (" true\n", .bool(true)), ("\tfalse\r", .bool(false)), ("0", .int(0)),
      ("-0", .int(0)), ("-12", .int(-12)), ("1.0", .double(1)), ("1e2", .double(100)),
      ("-2.5E-1", .double(-0.25)), (#""""#, .string("")), ("[]", .array([])), ("{}", .object([:])),
      ("[1,[2],{}]", [1, [2], [:]]), (#"{"b":1,"a":{"c":null}}"#, ["a": ["c": .null], "b": 1]),
      (#"{"":"\/"}"#, ["": "/"]),
    ] as [(String, JSONValue)])
  func values(text: String, value: JSONValue) throws {
    #expect(try JSONValue(json: text) == value)
  }

  @Test("with integers and other numbers kept apart")
  func integers() throws {
    #expect(try JSONValue(json: "3").int == 3)
    #expect(try JSONValue(json: "3.0").int == nil)
    #expect(try JSONValue(json: "3.0").number == 3)
    #expect(try JSONValue(json: "3") != JSONValue(json: "3.0"))
  }

  @Test(
    "with every integer of 64 bits exact, and larger ones as doubles",
    arguments: [
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9007199254740993", .int(9_007_199_254_740_993)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)),
      ("-9223372036854775809", .double(-9_223_372_036_854_775_808)),
      ("123456789012345678901234567890", .double(0x1.8ee90ff6c373ep+96)),
    ] as [(String, JSONValue)])
  func bigIntegers(text: String, value: JSONValue) throws {
    #expect(try JSONValue(json: text) == value)
  }

  @Test(
    "with escapes resolved",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00E9""#, "Aéé"),
      (#""\uD83D\uDE00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\u{0}"),
      (#""a\u2028b""#, "a\u{2028}b"), (#""\\u0041""#, "\\u0041"), ("\"\u{7F}\"", "\u{7F}"),
    ])
  func escapes(text: String, string: String) throws {
    let read = try #require(try JSONValue(json: text).string)
    #expect(Array(read.unicodeScalars) == Array(string.unicodeScalars))
  }

  @Test("down to the depth limit and not one level further", arguments: [1, 8, 512])
  func depth(limit: Int) throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONValue(json: nested(limit + 1), depthLimit: limit) }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(json: nested(limit + 2), depthLimit: limit) }
  }

  @Test("from a part of a buffer")
  func partOfBuffer() throws {
    let bytes = Array(#"{"a":[1,2]}"#.utf8)
    #expect(try JSONValue(json: bytes[5..<10]) == [1, 2])
    #expect(throws: JSONSyntaxError.self) { try JSONValue(json: bytes[5..<9]) }
  }
}
