import KubeModel
import Testing

@Suite("YAML is written")
struct YAMLWriterTests {
  static let strings: [String] = [
    "", " ", "a", "plain", "with space", " leading", "trailing ", "a: b", "a:", ":a", "a:b", "- a", "-", "--",
    "---",
    "-a", "...", "#x", "a #b", "a#b", "yes", "Yes", "no", "NO", "on", "off", "y", "Y", "n", "true", "True",
    "false",
    "null", "Null", "~", "010", "08", "0o7", "0x10", "0b1", "1e3", "1.5", "1.", ".5", "1_000", "+1", "-1",
    "5",
    "1:30", "190:20:30", "2026-01-02", "2026-01-02T03:04:05Z", ".inf", "-.inf", ".nan", "NaN", "inf", "=",
    "<<", "?",
    "? a", "*a", "&a", "!a", "!!str a", "|", ">", "%a", "@a", "`a", "'", "''", "it's", "\"", "\"a\"", "\\",
    "\\n",
    "a\\", "[", "]", "{", "}", "[a]", "{a: b}", ",", "a, b", "line\nbreak", "ends\n", "ends twice\n\n", "\n",
    "\n\n",
    "\nstarts", " indented\nfirst", "a\n  b\nc", "a \nb", "a\n \nb", "tab\there", "\t", "a\n\tb", "\r",
    "\u{202E}turned", "zero\u{200B}width", "tag\u{E0041}", "last\u{10FFFF}", "b\n\u{FEFF}", "漢\n字\n", "a\n ",
    " \n ", "null\n", String(repeating: "long key ", count: 130), String(repeating: "a", count: 1_020),
    "a\r\nb",
    "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "é", "漢字", "😀", "e\u{301}", "x\u{FEFF}",
    "http://x/y?z=1", "nginx:1.25", "registry.example/app@sha256:ab", "500m", "1Gi", "k=v", "a=b,c", "$(VAR)",
    "{{ .x }}", "# c\nd", "- a\n- b", "key: |\n  text\n", "--- a", "a\n---\nb", "%YAML 1.2\n",
    String(repeating: "x", count: 200), String(repeating: "word ", count: 60) + "end",
  ]

  @Test("so that our reader reads every string back", arguments: strings)
  func ours(string: String) throws {
    let value: JSONValue = ["k": .string(string), "l": [.string(string)]]
    #expect(try YAMLWriterTests.read(value.yamlText()) == value, "\(value.yamlText())")
    #expect(try YAMLWriterTests.read(JSONValue.string(string).yamlText()) == .string(string))
    let key: JSONValue = .object([string: ["deep": 1]])
    #expect(try YAMLWriterTests.read(key.yamlText()) == key, "\(key.yamlText())")
  }

  @Test("so that PyYAML, a YAML 1.1 reader, reads every string back")
  func theirs() throws {
    let values = JSONValue.array(YAMLWriterTests.strings.map(JSONValue.string))
    let keys = JSONValue.object(JSONObject(YAMLWriterTests.strings.map { ($0, .string($0)) }))
    for value in [values, keys] {
      let read = try PyYAML.read(value.yamlText())
      for (written, found) in zip(value.array ?? [], read.array ?? []) { #expect(found == written) }
      #expect(read == value)
    }
  }

  @Test("so that PyYAML reads numbers as numbers")
  func numbers() throws {
    let value: JSONValue = [
      .int(0), .int(-1), .int(.max), .int(.min), .double(0.5), .double(-2), .double(1e21),
      .double(.leastNonzeroMagnitude),
      .double(1.5e300), .double(-1e-7), true, false, .null, [], [:],
    ]
    #expect(try PyYAML.read(value.yamlText()) == value, "\(value.yamlText())")
    #expect(try YAMLWriterTests.read(value.yamlText()) == value)
  }

  @Test("with null for what is no number, as in JSON")
  func notNumbers() throws {
    let value: JSONValue = [.double(.nan), .double(.infinity), .double(-.infinity)]
    #expect(try YAMLWriterTests.read(value.yamlText()) == [.null, .null, .null])
  }

  @Test("so that any value reads back, by us and by PyYAML", arguments: [UInt64(1), 2, 3, 4])
  func anyValue(seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    let value = JSONValue.array((0..<60).map { _ in generator.json() })
    for element in value.array ?? [] {
      #expect(try YAMLWriterTests.read(element.yamlText()) == element, "seed \(seed): \(element.jsonText())")
    }
    #expect(try PyYAML.read(value.yamlText()) == value, "seed \(seed)")
  }

  @Test("as a person would write a manifest")
  func manifest() {
    let value: JSONValue = [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web", "annotations": ["note": "a: b"]],
      "spec": ["ports": [["port": 80, "name": "http"]], "selector": [:], "script": "one\ntwo\n"],
    ]
    #expect(
      value.yamlText() == """
        apiVersion: v1
        kind: Service
        metadata:
          annotations:
            note: "a: b"
          name: web
        spec:
          ports:
          - name: http
            port: 80
          script: |
            one
            two
          selector: {}

        """)
  }

  @Test("with what nobody sees escaped, and every other letter as it is")
  func letters() {
    #expect(JSONValue.string("東京 é").yamlText() == "\"東京 é\"\n")
    #expect(JSONValue.string("a\u{202E}b\u{E0041}\u{1}").yamlText() == #""a\u202Eb\U000E0041\u0001""# + "\n")
  }

  @Test("with nested collections on the line of their dash, and indented texts marked")
  func nesting() {
    let value: JSONValue = [[1, [[:], [], ["b": ["c"]]]], " x\ny", "a\n\n"]
    #expect(
      value.yamlText() == """
        - - 1
          - - {}
            - []
            - b:
              - c
        - |2-
           x
          y
        - |+
          a


        """)
  }

  private static func read(_ text: String) throws -> JSONValue {
    let documents = try YAMLReaderTests.read(text)
    #expect(documents.count == 1)
    return documents.first?.json ?? .null
  }
}
