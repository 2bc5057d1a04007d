import KubeModel
import Testing

/// What people and programs write by mistake or in malice: each is read as said, or refused with place and remedy.
@Suite("Bad YAML is bounded and explained")
struct BadYAMLTests {
  struct Refusal: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let place: String
    let message: String
    let remedy: String

    init(_ name: String, _ text: String, at place: String, _ message: String, _ remedy: String = "") {
      self.init(name, Array(text.utf8), at: place, message, remedy)
    }

    init(_ name: String, _ bytes: [UInt8], at place: String, _ message: String, _ remedy: String = "") {
      (self.name, self.bytes, self.place, self.message, self.remedy) = (name, bytes, place, message, remedy)
    }

    var testDescription: String { name }
  }

  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  /// Each line holds twice what the one before holds.
  private static func doubling(_ first: String, _ line: (Int) -> String) -> String {
    first + (1...20).map(line).joined()
  }

  static let bombs: [Refusal] = [
    Refusal(
      "mappings that double",
      doubling("a0: &a0 {k: 1}\n") { "a\($0): &a\($0) {l: *a\($0 - 1), r: *a\($0 - 1)}\n" },
      at: "", "more than 500000 values", "write fewer aliases"),
    Refusal(
      "block lists that double",
      doubling("a0: &a0\n- x\n") { "a\($0): &a\($0)\n- *a\($0 - 1)\n- *a\($0 - 1)\n" },
      at: "", "more than 500000 values", "write fewer aliases"),
    Refusal(
      "a long list used often", "a: &a [\(times(20_000, "x,"))x]\nb: [\(times(1_000, "*a,"))*a]", at: "",
      "more than 500000 values", "write fewer aliases"),
    Refusal(
      "a long text used often", "a: &a \(times(1 << 20, "x"))\nb: [\(times(100, "*a,"))*a]", at: "",
      "more than 16777216 bytes of text", "write fewer aliases"),
    Refusal(
      "aliases that nest", (0..<103).map { "a\($0): &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1)")]\n" }.joined(),
      at: "", "nested deeper than 100", "flatten"),
    Refusal("merged mappings", "a: &a {x: 1}\nb: {<<: [*a, *a]}", at: "2:5", "<<", "write the entries out"),
    Refusal(
      "a million empty documents", times(1_000_000, "---\n"), at: "", "more than 500000 values", "split"),
    Refusal("10 MB in one scalar", "a: " + times(10 << 20, "x"), at: "1:1", "at most 4194304", "split"),
    Refusal(
      "1,000 block levels", (0..<1_000).map { times($0, " ") + "a:\n" }.joined(), at: "", "nested deeper"),
    Refusal(
      "1,000 flow levels", times(1_000, "[") + times(1_000, "]"), at: "1:102", "nested deeper", "flatten"),
    Refusal("1,000 mixed levels", "- " + times(1_000, "[{a: ") + times(1_000, "}]"), at: "", "nested deeper"),
    Refusal("dashes after a bare CR", "a:\r" + times(100_000, "- "), at: "", "nested deeper", "flatten"),
  ]

  static let encodings: [Refusal] = [
    Refusal("UTF-16", [0xFF, 0xFE] + "a: 1".utf8.flatMap { [$0, 0] }, at: "1:1", "not UTF-8", "UTF-16"),
    Refusal("big-endian UTF-16", [0xFE, 0xFF, 0, 0x61], at: "1:1", "not UTF-8", "UTF-16"),
    Refusal("UTF-16 without a mark", "a: 1".utf8.flatMap { [$0, 0] }, at: "1:2", "control characters"),
    Refusal(
      "Latin-1", Array("a: 1\nb: caf".utf8) + [0xE9, 0x0A], at: "2:7", "not UTF-8", "save it as UTF-8"),
    Refusal("a lone surrogate", Array("b: é".utf8) + [0xED, 0xA0, 0x80], at: "1:5", "not UTF-8", "save it"),
    Refusal(
      "NUL in two bytes", Array("a: ".utf8) + [0xC0, 0x80], at: "1:4", "not UTF-8", "save it as UTF-8"),
    Refusal("NUL", "a: 1\nb: é\u{0}", at: "2:5", "control characters", "remove the character"),
    Refusal("a C1 control", "a: 1\nb: x\u{80}", at: "2:5", "control characters", "remove the character"),
    Refusal("an escape character", "a: \u{1B}[31m", at: "1:4", "control characters", "remove the character"),
    Refusal("an escaped surrogate", #"a: "\ud83d\ude00""#, at: "1:7", "escape code", "the character itself"),
    Refusal("a mark in the midst", "a: 1\n---\n\u{FEFF}b: 2", at: "3:1", "byte order mark", #"\uFEFF"#),
    Refusal("NEL as line end", "a: 1 # x\u{85}b: 2", at: "1:9", "U+0085 ends a line", #"\u0085"#),
    Refusal("LS as line end", "a: 1\n# x\u{2028}b: 2", at: "2:4", "U+2028 ends a line", #"\u2028"#),
    Refusal("PS as line end", "a: x\u{2029}b: 2", at: "1:5", "U+2029 ends a line", #"\u2029"#),
  ]

  static let words: [Refusal] = [
    Refusal("binary", "a: !!binary aGk=", at: "1:4", "the tag !!binary is not read", "remove the tag"),
    Refusal(
      "an object of Ruby", "a: !ruby/object:Foo {b: 1}", at: "1:4", "!ruby/object:Foo", "remove the tag"),
    Refusal(
      "a call of Python", "a: !!python/object/apply:os.system [ls]", at: "1:4", "!!python/object/apply"),
    Refusal("a set", "a: !!set {b, c}", at: "1:4", "the tag !!set is not read", "remove the tag"),
    Refusal("a time", "a: !!timestamp 2026-01-01", at: "1:4", "!!timestamp", "remove the tag"),
    Refusal("a word tagged a number", "a: !!int x", at: "1:4", "x is not of the type", "remove the tag"),
    Refusal("a tag without its handle", "a: !e!x 5", at: "1:4", "undefined tag handle", "starts with !"),
    Refusal("a tag on a key", "!x a: 1", at: "1:1", "the tag !x is not read", "remove the tag"),
    Refusal("a newer version", "%YAML 2.0\n---\na: 1", at: "1:1", "incompatible", "%YAML"),
    Refusal("an unknown directive", "%FOO x\n---\na: 1", at: "1:5", "directive", "starts with %"),
    Refusal("a directive and no document", "%YAML 1.1\na: 1", at: "2:1", "document start", "write ---"),
    Refusal("an open quote", "a: 1\nb: 'x\nc: 1\n", at: "2:4", "not closed", "close the quote"),
    Refusal("a quote open at a document's end", "a: \"x\n---\nb: 1\n", at: "1:4", "not closed", "close"),
    Refusal(
      "an open bracket", "a: [1, 2\nb: 3\n", at: "2:2", "the bracket opens at 1:4", "close the bracket"),
    Refusal("an open brace", "a: {b: 1\nc: 3\n", at: "2:2", "the bracket opens at 1:4", "close the brace"),
    Refusal("a path of Windows", #"a: "C:\dir""#, at: "1:7", "unknown escape", "single quotes"),
    Refusal("a colon in a text", "a: b: c", at: "1:5", "mapping values", "quote"),
    Refusal("a tab before a key", "a:\n  b: 1\n\tc: 2", at: "3:1", "tab", "spaces, not tabs"),
    Refusal("a merge key", "a: &a {x: 1}\nb:\n  <<: *a\n", at: "3:3", "<< merges", "quote the key"),
    Refusal("a list as key", "? [a, b]\n: 1", at: "1:3", "a key is a list or mapping", "keys are strings"),
    Refusal("no key", ": 1", at: "1:1", "did not find expected key", "indentation"),
    Refusal("an alias as text", "a: *.example.com", at: "1:5", "alphabetic or numeric", "starts with *"),
    Refusal("two kinds at once", "a: 1\n- b", at: "2:1", "did not find expected key", "indentation"),
    Refusal("a long key twice", times(2, times(500, "k") + ": 1\n"), at: "1:1", "kkkk…\" stands twice"),
    Refusal("a key that a terminal obeys, twice", times(2, "\"\\e[31m\": 1\n"), at: "1:1", #"u{1B}"#),
    Refusal("a key in two Unicode forms", "é: 1\ne\u{301}: 2", at: "1:1", "stands twice", "remove one"),
  ]

  @Test("however it multiplies or nests", arguments: bombs)
  func bomb(refusal: Refusal) throws { try expect(refusal) }

  @Test("whatever its encoding", arguments: encodings)
  func encoding(refusal: Refusal) throws { try expect(refusal) }

  @Test("whatever its words", arguments: words)
  func word(refusal: Refusal) throws { try expect(refusal) }

  private func expect(_ refusal: Refusal) throws {
    let error = try #require(throws: YAMLError.self) {
      try YAMLReader().documents(refusal.bytes, file: "f")
    }
    #expect(error.message.contains(refusal.message), "\(error)")
    #expect(error.remedy?.contains(refusal.remedy) == true, "\(error)")
    #expect(error.description.hasPrefix("f:\(refusal.place)"), "\(error)")
    #expect(error.description.utf8.count < 400)
    #expect(error.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  static let good: [(String, JSONValue)] = [
    ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", ["a": "x\ny\n", "b": 1]), ("a: 1\rb: 2\r", ["a": 1, "b": 2]),
    ("on: push\n1: a\n~: b\n", ["on": "push", "1": "a", "~": "b"]), ("'<<': 1", ["<<": 1]),
    ("a: !!int '5'\nb: !!str 5\nc: ! 5\nd: !!map {}\n", ["a": 5, "b": "5", "c": "5", "d": [:]]),
    ("%YAML 1.2\n---\na: 1", ["a": 1]), ("a: &x 1\nb: &x 2\nc: *x", ["a": 1, "b": 2, "c": 2]),
    ("a: 99999999999999999999", ["a": "99999999999999999999"]), ("a: 1e999", ["a": "1e999"]),
    (#"a: "\uFEFFx\\uFEFF\u2028\0""#, ["a": "\u{FEFF}x\\uFEFF\u{2028}\0"]),
    (#"a: '\uFEFF'"#, ["a": #"\uFEFF"#]),
    ("\"\\uFEFF\": \"\\uFEFF\\uFEFF\"", ["\u{FEFF}": "\u{FEFF}\u{FEFF}"]),
  ]

  @Test("but what only looks odd is read", arguments: good)
  func odd(text: String, value: JSONValue) throws {
    let read = try YAMLReaderTests.read(text).map { Array($0.json.jsonText().utf8) }
    #expect(read == [Array(value.jsonText().utf8)])
  }

  static let large: [(name: String, text: String, count: Int)] = [
    ("a long word", "a: " + times((4 << 20) - 3, "x"), 1),
    ("many short lines", "a: |\n" + times(700_000, "  x\n"), 1),
    ("a long comment", "a: x" + times(1_300_000, " #"), 1),
    ("a million question marks", times(1_000_000, "?"), 1),
    ("a million comments", times(1_000_000, "#\n") + "a", 1),
    ("4 million empty lines", times(4_000_000, "\n") + "a", 1),
    ("a long flow list", "[" + times(400_000, "a,") + "]", 1),
    ("100,000 documents", times(100_000, "---\na\n"), 100_000),
  ]

  @Test("but what is long within the bounds is read", arguments: large.indices)
  func long(index: Int) throws {
    let example = BadYAMLTests.large[index]
    #expect(try YAMLReaderTests.read(example.text).count == example.count, "\(example.name)")
  }
}
