import KubeModel
import Testing

@testable import MeshSim

@Suite("The Common Expression Language")
struct CELTests {
  static let json: JSONValue = [
    "n": 3, "s": "abc", "b": true, "l": [1, 2, 3], "m": ["a": 1, "b": 2], "q": "1Gi", "names": ["x", "y"],
    "d": 1, "t": "2026-01-02T03:04:05Z", "dur": "1h30m", "port": "http", "namespace": "ns", "a-b": 7,
    "items": [["id": "p", "v": 1], ["id": "q", "v": 2]], "set": ["u", "v"], "nothing": .null,
  ]
  static let schema = StructuralSchema.sample(
    #"""
    {
      "type": "object",
      "properties": {
        "n": {"type": "integer"}, "s": {"type": "string"}, "b": {"type": "boolean"},
        "l": {"type": "array", "items": {"type": "integer"}},
        "m": {"type": "object", "additionalProperties": {"type": "integer"}}, "q": {"type": "string"},
        "names": {"type": "array", "items": {"type": "string"}}, "d": {"type": "number"},
        "t": {"type": "string", "format": "date-time"}, "dur": {"type": "string", "format": "duration"},
        "port": {"x-kubernetes-int-or-string": true}, "namespace": {"type": "string"}, "a-b": {"type": "integer"},
        "items": {
          "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id"],
          "items": {"type": "object", "properties": {"id": {"type": "string"}, "v": {"type": "integer"}}}
        },
        "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
        "absent": {"type": "string"}, "nothing": {"type": "string", "nullable": true},
        "o": {"type": "object", "properties": {"x": {"type": "integer"}}}
      }
    }
    """#)

  static func value(_ source: String) -> String {
    let type = CELType.object(CELObjectType(schema: schema, isRoot: true))
    do throws(CELProgram.Refusal) {
      let program = try CELProgram(source, variables: [("self", type), ("oldSelf", type)])
      switch program.evaluate([("self", CELValue(json, schema))]).result {
      case .success(let value): return shown(value)
      case .failure(let error): return "error: \(error)"
      }
    } catch {
      return "refused: " + (error.description.split(separator: "\n").first.map(String.init) ?? "")
    }
  }

  static func shown(_ value: CELValue) -> String {
    switch value {
    case .null: return "null"
    case .string(let text): return "\"\(text)\""
    case .bool(let bool): return "\(bool)"
    case .int(let int): return "\(int)"
    case .uint(let int): return "\(int)u"
    case .double(let double): return double == double.rounded() ? "\(Int64(double)).0" : "\(double)"
    case .bytes(let bytes): return "b\(bytes)"
    case .duration(let length): return "\(CELEvaluator.seconds(length))s"
    case .timestamp(let time): return CELEvaluator.rfc3339(time)
    case .type(let name): return "type(\(name))"
    case .optional(let inner): return inner.map { "some(\(shown($0)))" } ?? "none"
    case .block(let block): return block.description
    case .address(let address): return address.description
    default: break
    }
    if let elements = value.elements { return "[" + elements.map(shown).joined(separator: ", ") + "]" }
    if let keys = value.keys {
      return "{" + keys.map { shown($0) + ": " + (value.member($0).map(shown) ?? "") }.joined(separator: ", ")
        + "}"
    }
    return value.typeName
  }

  @Test("an expression has the value that Kubernetes gives it", arguments: CELTable.rows)
  func values(_ row: CELTable.Row) { #expect(CELTests.value(row.source) == row.value, "\(row.source)") }

  @Test("an expression that cannot be right is refused before it is used", arguments: CELTable.refusals)
  func refusals(_ row: CELTable.Row) {
    #expect(CELTests.value(row.source) == "refused: ERROR: <input>:\(row.value)", "\(row.source)")
  }

  @Test("a refusal shows the line and the place")
  func place() {
    let type = CELType.object(CELObjectType(schema: CELTests.schema, isRoot: true))
    do throws(CELProgram.Refusal) {
      _ = try CELProgram("self.n > 1 &&\n  self.odd", variables: [("self", type)])
      Issue.record("accepted")
    } catch {
      #expect(
        error.description == "ERROR: <input>:2:7: undefined field 'odd'\n |   self.odd\n | ......^")
    }
  }

  static let hostileSources: [String] = [
    String(repeating: "(", count: 5_000), String(repeating: "[", count: 5_000),
    String(repeating: "!", count: 20_000),
    String(repeating: "-", count: 20_000) + "x", "self.l" + String(repeating: ".map(x, x)", count: 2_000),
    String(repeating: "1+", count: 20_000) + "1", "'" + String(repeating: "a", count: 200_000) + "'",
    String(repeating: "self.b ? ", count: 1_000), "\u{0}", "'''", "\"\\u12", "0x", "1e999", "a.", "{", "a[",
    String(repeating: "(1+", count: 200) + "1" + String(repeating: ")", count: 200)
      + String(repeating: "+1", count: 200),
  ]

  @Test("hostile expressions are refused", arguments: hostileSources.indices)
  func hostile(_ index: Int) { #expect(CELTests.value(CELTests.hostileSources[index]).hasPrefix("refused")) }

  @Test("long chains of and and or are taken")
  func chains() {
    #expect(CELTests.value(Array(repeating: "true", count: 5_000).joined(separator: " && ")) == "true")
  }

  @Test("what takes too many steps is ended")
  func cost() throws {
    let program = try CELProgram("[1, 2, 3].all(a, [1, 2, 3].all(b, a + b > 0))", variables: [])
    #expect(program.evaluate([], budget: 1_000).cost < 1_000)
    #expect(throws: CELError.costLimit) { try program.evaluate([], budget: 50).result.get() }
  }
}
