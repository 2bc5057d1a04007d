import KubeModel
import Testing

@Suite("YAML is read")
struct YAMLReaderTests {
  static func read(_ text: String) throws -> [SourceNode] {
    try YAMLReader().documents(Array(text.utf8), file: "f.yaml")
  }

  @Test("with the line and column of every key and value")
  func places() throws {
    let node = try #require(
      try YAMLReaderTests.read(
        """
        # a comment
        kind: Service
        spec:
          ports:
            - port: 80
              name: "web"
            - {port: 443, name: é, x: y}
        """
      ).first)
    #expect(node.place == Place(file: "f.yaml", line: 2, column: 1))
    guard case .mapping(let entries) = node.content else { throw Unexpected.content }
    #expect(entries.map(\.place.description) == ["f.yaml:2:1", "f.yaml:3:1"])
    #expect(entries.map(\.value.place.description) == ["f.yaml:2:7", "f.yaml:4:3"])
    guard case .list(let ports)? = node["spec"]?["ports"]?.content else { throw Unexpected.content }
    #expect(ports.map(\.place.description) == ["f.yaml:5:7", "f.yaml:7:7"])
    #expect(ports[0]["name"]?.place.description == "f.yaml:6:13")
    // Columns count characters, not bytes: é is one.
    #expect(ports[1]["x"]?.place.description == "f.yaml:7:31")
    #expect(node["spec"]?["missing"] == nil)
  }

  @Test("as the JSON it stands for")
  func json() throws {
    let node = try #require(
      try YAMLReaderTests.read(
        """
        a: 1
        b: [true, null, ~, 2.5, 'x', "y\\n"]
        c:
        d: |
          line one
            line two
        e: >-
          folded
          text
        f: &anchor {k: v}
        g: *anchor
        """
      ).first)
    #expect(
      node.json == [
        "a": 1, "b": [true, .null, .null, .double(2.5), "x", "y\n"], "c": .null,
        "d": "line one\n  line two\n", "e": "folded text", "f": ["k": "v"], "g": ["k": "v"],
      ])
  }

  @Test("document by document, empty ones left out")
  func documents() throws {
    let documents = try YAMLReaderTests.read("---\na: 1\n---\n# nothing\n---\n\n--- text\n...\n---\n- 2\n")
    #expect(documents.map(\.json) == [["a": 1], "text", [2]])
    #expect(documents.map(\.place.line) == [2, 7, 10])
    #expect(try YAMLReaderTests.read("").isEmpty)
    #expect(try YAMLReaderTests.read("# only a comment\n").isEmpty)
  }

  @Test("JSON is YAML too")
  func jsonText() throws {
    let text = #"{"a": [1, -2.5, "x\u0041\/", null, true], "b": {"c": {}}}"#
    #expect(try YAMLReaderTests.read(text).map(\.json) == [JSONValue(json: text)])
  }

  @Test(
    "with what other readers might take for something else left a string",
    arguments: [
      "yes", "Yes", "YES", "no", "on", "On", "off", "y", "n", "010", "0o7", "0x10", "0b1", "1_000", "+.inf",
      ".inf", "-.INF", ".nan", ".5", "1:30", "190:20:30", "2026-01-02", "2026-01-02T03:04:05Z", "tRUE",
      "nULL",
      "1.2.3", "--1", "+-1", "1e", "1-2", "１", "12a", "<<", "=", "08", "-01",
    ])
  func traps(text: String) throws {
    let documents = try YAMLReaderTests.read("a: \(text)\n")
    #expect(documents.map(\.json) == [["a": .string(text)]])
  }

  @Test(
    "with numbers, Booleans and null by the core schema",
    arguments: [
      ("0", 0), ("-7", -7), ("+7", 7), ("9223372036854775807", .int(.max)), ("0.5", .double(0.5)),
      ("-1.5e3", .double(-1500)), ("1e3", .double(1000)), ("1E+2", .double(100)), ("true", true),
      ("True", true), ("FALSE", false), ("null", .null), ("NULL", .null), ("~", .null), ("", .null),
    ] as [(String, JSONValue)])
  func core(text: String, value: JSONValue) throws {
    #expect(try YAMLReaderTests.read("a: \(text)\n").map(\.json) == [["a": value]])
  }

  @Test(
    "with anything quoted or tagged a string",
    arguments: ["'5'", "\"5\"", "!!str 5", "|-\n  5", ">-\n  5"])
  func quoted(text: String) throws {
    #expect(try YAMLReaderTests.read("a: \(text)\n").map(\.json) == [["a": "5"]])
  }

  enum Unexpected: Error { case content }
}
