import KubeModel
import Testing

@Suite("The outline of a JSON text")
struct OutlineTests {
  private static func shown(_ outline: JSONOutline) -> String {
    switch outline {
    case .scalar(let value): value.jsonText()
    case .array(let elements): "[" + elements.map(shown).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\($0.key):\(shown($0.value))" }.joined(separator: ",") + "}"
    }
  }

  @Test(
    "has its members in the order of writing, each as often as it stands there",
    arguments: [
      (#" { "b" : 1 , "a" : [ ] , "b" : { } } "#, "{b:1,a:[],b:{}}", #"{"a":[],"b":{}}"#),
      (#"[1,[2,{"x":null}],"s"]"#, #"[1,[2,{x:null}],"s"]"#, #"[1,[2,{"x":null}],"s"]"#),
      ("true", "true", "true"), ("{}", "{}", "{}"),
    ])
  func order(text: String, outline: String, json: String) throws {
    let read = try JSONOutline(json: Array(text.utf8))
    #expect(OutlineTests.shown(read) == outline)
    #expect(read.json.jsonText() == json)
  }

  @Test(
    "is refused as the value is: when the text is cut, goes on, or is nested too deep",
    arguments: [
      "", "{", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, "[", "[1", "[1,", "[1 2]", "{1:2}", "[1]]",
      "{}{}",
      #"{"a":1]"#, String(repeating: "[", count: 600),
    ])
  func refused(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONOutline(json: Array(text.utf8)) }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(json: text) }
  }
}
