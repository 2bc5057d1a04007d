import KubeModel
import Testing

@Suite("JSON is written")
struct JSONWriterTests {
  @Test(
    "on one line with ascending keys",
    arguments: [
      (["b": 1, "a": [.null, true, "x"]], #"{"a":[null,true,"x"],"b":1}"#), ([:], "{}"), ([], "[]"),
      (.double(1), "1.0"), (.double(0.1), "0.1"), (.double(-0.0), "-0.0"),
      (.int(.min), "-9223372036854775808"),
      (.double(1e21), "1e+21"), (.double(.infinity), "null"), (.double(.nan), "null"),
      ("\u{0}\u{1F}\"\\/\n\r\t\u{8}\u{7F}é😀", #""\u0000\u001f\"\\/\n\r\t\u0008"# + "\u{7F}é😀\""),
    ] as [(JSONValue, String)])
  func compact(value: JSONValue, text: String) {
    #expect(value.jsonText() == text)
    #expect(value.jsonBytes() == Array(text.utf8))
  }

  @Test("indented for people")
  func pretty() {
    let value: JSONValue = ["name": "a", "ports": [80, ["x": []]], "empty": [:]]
    #expect(
      value.jsonText(isPretty: true) == """
        {
          "empty": {},
          "name": "a",
          "ports": [
            80,
            {
              "x": []
            }
          ]
        }
        """)
  }

  @Test("so that what is written reads back the same", arguments: UInt64(1)...300)
  func roundTrip(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let value = generator.json()
    #expect(try JSONValue(json: value.jsonBytes()) == value, "seed \(seed)")
    #expect(try JSONValue(json: value.jsonText(isPretty: true)) == value, "seed \(seed)")
    #expect(try JSONValue(json: value.jsonText()).jsonBytes() == value.jsonBytes(), "seed \(seed)")
  }
}
