import KubeModel
import Testing

@Suite("Hostile YAML is refused with the place")
struct HostileYAMLTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let message: String
    let line: Int?

    init(_ name: String, _ text: String, _ message: String, line: Int? = nil) {
      (self.name, self.text, self.message, self.line) = (name, text, message, line)
    }

    var testDescription: String { name }
  }

  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  /// Each line one space further in than the one before.
  private static func staircase(_ steps: Int, _ text: String) -> String {
    (0..<steps).map { times($0, " ") + text + "\n" }.joined()
  }

  static let deep: [Case] = [
    Case("100,000 flow lists", times(100_000, "["), "nested deeper than 100", line: 1),
    Case("100,000 flow lists, closed", times(100_000, "[") + times(100_000, "]"), "nested deeper"),
    Case("100,000 flow mappings", times(100_000, "{a: "), "nested deeper than 100", line: 1),
    Case("100,000 dashes", times(100_000, "- "), "nested deeper than 100", line: 1),
    Case("100,000 question marks", times(100_000, "? "), "nested deeper than 100", line: 1),
    Case("a staircase of mappings", staircase(2_800, "a:"), "nested deeper than 100"),
    Case("a staircase of lists", staircase(2_800, "-"), "nested deeper than 100"),
    Case(
      "a staircase of full lines", (0..<200).map { times($0 * 180, " ") + times(90, "- ") + "\n" }.joined(),
      "nested deeper than 100"),
    Case("brackets hidden by quoted ones", times(100_000, #"["]",["#), "nested deeper than 100"),
    Case("brackets hidden by comments", times(100_000, "[ # ]]\n"), "nested deeper than 100"),
    Case("101 lists", times(102, "[") + times(102, "]"), "nested deeper than 100"),
  ]

  static let wrong: [Case] = [
    Case("a key twice", "a: 1\nb: 2\na: 3\n", "the key a stands twice"),
    Case("a key twice, further in", "x:\n  - k: 1\n    k: 2\n", "the key k stands twice"),
    Case("a key twice, once quoted", "a: 1\n\"a\": 2\n", "the key a stands twice"),
    Case("a list as a key", "? [a, b]\n: 1\n", "a key is a list or mapping", line: 1),
    Case("a mapping as a key", "{a: 1}: 1\n", "a key is a list or mapping", line: 1),
    Case("an alias to nothing", "a: *nowhere\n", "undefined alias", line: 1),
    Case("an alias to what holds it", "a: &a [*a]\n", "undefined alias", line: 1),
    Case("a tab for indentation", "a:\n\tb: 1\n", "invalid YAML", line: 2),
    Case("a list without an end", "a: [1, 2\n", "invalid YAML"),
    Case("a quote without an end", "a: \"x\n", "invalid YAML"),
    Case("wrong indentation", "a:\n  b: 1\n c: 2\n", "invalid YAML", line: 3),
    Case("two values", "a: b: c\n", "invalid YAML", line: 1),
    Case("a zero byte", "a: \u{0}\n", "invalid YAML"),
    Case("a control character", "a: \u{1}\n", "invalid YAML"),
    Case("an unknown directive's end", "%YAML 9.9\n---\na: 1\n", "invalid YAML"),
  ]

  @Test("however deep it nests, without a crash", arguments: deep)
  func nesting(hostile: Case) throws { try expectRefusal(hostile) }

  @Test("and the reason", arguments: wrong)
  func refused(hostile: Case) throws { try expectRefusal(hostile) }

  private func expectRefusal(_ hostile: Case) throws {
    let error = try #require(throws: YAMLError.self) { try YAMLReaderTests.read(hostile.text) }
    #expect(error.description.contains(hostile.message), "\(error)")
    #expect(error.place.file == "f.yaml" && error.place.line >= 1 && error.place.column >= 1, "\(error)")
    if let line = hostile.line { #expect(error.place.line == line, "\(error)") }
  }

  @Test("tabs are named as the cause")
  func tabs() throws {
    let error = try #require(throws: YAMLError.self) { try YAMLReaderTests.read("a:\n\tb: 1\n") }
    #expect(error.remedy?.contains("spaces, not tabs") == true, "\(error)")
  }

  private static let bomb =
    "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    + (1...9).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]\n"
    }
    .joined()

  @Test(
    "when aliases multiply beyond the bound",
    arguments: [
      bomb, bomb + "? *a9\n: 1\n", bomb + "*a9 : 1\n", bomb + "? [*a9]\n: 1\n", bomb + "x: {?*a9 : 1}\n",
    ])
  func aliasBomb(text: String) throws {
    let error = try #require(throws: YAMLError.self) { try YAMLReaderTests.read(text) }
    #expect(error.message.contains("more than 500000 values") || error.message.contains("alias"), "\(error)")
  }

  @Test("above the size limit, and not below it")
  func size() throws {
    var reader = YAMLReader()
    reader.sizeLimit = 20
    #expect(try reader.documents(Array("a: 34567890123456789".utf8), file: "f").count == 1)
    let error = try #require(throws: YAMLError.self) {
      try reader.documents(Array("a: 345678901234567890".utf8), file: "f")
    }
    #expect(
      error.description == "f:1:1: the file has 21 bytes; at most 20 are read; split it into several files")
  }

  @Test("when it is not UTF-8", arguments: [[0x61, 0xFF], [0xC3], [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80]])
  func encoding(bytes: [UInt8]) throws {
    let error = try #require(throws: YAMLError.self) { try YAMLReader().documents(bytes, file: "f") }
    #expect(error.message == "the file is not UTF-8")
  }

  @Test("but 100 levels and long prose with brackets are read")
  func good() throws {
    let nested = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(try YAMLReaderTests.read(nested).count == 1)
    let prose = "text: |\n" + String(repeating: "  [see - {this}, it's - - -] ? \"\n", count: 20_000)
    #expect(try YAMLReaderTests.read(prose).first?["text"]?.json.string?.utf8.count == 20_000 * 31)
    let ruler = "text: |\n  " + String(repeating: "-", count: 200) + "\n"
    #expect(try YAMLReaderTests.read(ruler).first?["text"]?.json.string?.utf8.count == 201)
  }

  @Test("but aliases of values are read, many of them too")
  func aliases() throws {
    let uses = (0..<200).map { "k\($0): *x\n" }.joined()
    #expect(try YAMLReaderTests.read("x: &x {a: [1]}\n" + uses).first?["k199"]?.json == ["a": [1]])
  }

  @Test("but a byte order mark before the text is read over")
  func byteOrderMark() throws {
    #expect(try YAMLReaderTests.read("\u{FEFF}a: 1\n").map(\.json) == [["a": 1]])
  }

  @Test("or read, and never a crash, whatever the bytes", arguments: UInt64(1)...30)
  func noise(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let good = Array("a: &x [1, {b: \"c\"}]\nd: |\n  e\n? f\n: *x\n--- \n- !!str 'g' # h\n".utf8)
    for _ in 0..<100 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = generator.pick(
          Array("[]{}:-?*&!|>'\"%@ \n\t#,a\u{0}".utf8))
      }
      do {
        for node in try YAMLReader().documents(bytes, file: "f.yaml") {
          #expect(try JSONValue(json: node.json.jsonBytes()) == node.json, "seed \(seed)")
        }
      } catch let error as YAMLError {
        #expect(error.place.line >= 1, "seed \(seed)")
      }
    }
  }
}
