import KubeModel
import Testing

@Suite("A JSON object")
struct JSONObjectTests {
  @Test("keeps its members in ascending order, as a dictionary would hold them", arguments: UInt64(1)...60)
  func model(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let keys = (0..<24).map { "k\($0 * 7 % 24)" } + ["", "é", "漢", "a b"]
    var object = JSONObject()
    var model: [String: JSONValue] = [:]
    for _ in 0..<300 {
      let key = generator.pick(keys)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        object[key] = nil
        model[key] = nil
      case 1:
        object.update(key) { $0 = $0 == nil ? 1 : nil }
        model[key] = model[key] == nil ? 1 : nil
      default:
        let value = JSONValue.int(generator.integer())
        object[key] = value
        model[key] = value
      }
      #expect(object[key] == model[key], "seed \(seed)")
    }
    #expect(Array(object.keys) == model.keys.sorted(), "seed \(seed)")
    #expect(object.count == model.count && object.isEmpty == model.isEmpty, "seed \(seed)")
    #expect(object == JSONObject(model.map { ($0.key, $0.value) }), "seed \(seed)")
  }

  @Test("sets and removes paths as nested dictionaries would", arguments: UInt64(1)...60)
  func paths(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var object = JSONObject()
    var leaves: [[String]: Int64] = [:]
    for step in 0..<200 {
      let path = (0..<Int.random(in: 1...4, using: &generator)).map { _ in generator.pick(["a", "b", "c"]) }
      if Int.random(in: 0..<3, using: &generator) == 0 {
        object.set(path, to: nil)
        leaves = leaves.filter { !$0.key.starts(with: path) }
      } else {
        object.set(path, to: .int(Int64(step)))
        // A new leaf replaces what is below it, and scalars on its way become objects.
        leaves = leaves.filter { !$0.key.starts(with: path) && !path.starts(with: $0.key) }
        leaves[path] = Int64(step)
      }
      let found = JSONObjectTests.leaves(of: object)
      guard found == leaves else {
        Issue.record("seed \(seed), step \(step): \(found) is not \(leaves)")
        return
      }
    }
  }

  private static func leaves(of object: JSONObject, under prefix: [String] = []) -> [[String]: Int64] {
    var found: [[String]: Int64] = [:]
    for member in object.members {
      let path = prefix + [member.key]
      if let int = member.value.int { found[path] = int }
      let inner = member.value.object.map { leaves(of: $0, under: path) } ?? [:]
      found.merge(inner) { first, _ in first }
    }
    return found
  }

  @Test("loses the objects that get empty by a removal, and nothing else")
  func removal() {
    var object: JSONObject = ["a": ["b": ["c": 1]], "d": 5, "e": ["f": 1, "g": 2]]
    object.set(["a", "b", "c"], to: nil)
    object.set(["d", "x"], to: nil)
    object.set(["e", "f"], to: nil)
    object.set(["new", "way"], to: nil)
    #expect(object == ["d": 5, "e": ["g": 2]])
  }

  @Test("takes the last of equal keys when made from pairs")
  func pairs() {
    #expect(JSONObject([("b", 1), ("a", 2), ("b", 3)]) == ["a": 2, "b": 3])
  }

  @Test("reads paths through objects only")
  func readPath() {
    let value: JSONValue = ["a": ["b": [1, 2]], "s": "text"]
    #expect(value[path: "a", "b"] == [1, 2])
    #expect(value[path: "a", "b", "c"] == nil)
    #expect(value[path: "s", "t"] == nil)
    #expect(value[path: "x"] == nil)
    #expect(value.object?[path: "a", "b"]?.array?.count == 2)
  }

  @Test("is made of null by setting a member, and of nothing else")
  func setMember() {
    var null = JSONValue.null
    null["a"] = 1
    #expect(null == ["a": 1])
    null["a"] = nil
    #expect(null == [:])
    var text: JSONValue = "text"
    text["a"] = 1
    #expect(text == "text")
  }

  @Test("of 200,000 members is made in a moment, whatever their order")
  func large() {
    let keys = (0..<200_000).map { String(1_000_000 - $0) }
    let object = JSONObject(keys.map { ($0, .null) })
    #expect(object.count == keys.count)
    #expect(object.members.first?.key == "1000000" && object.members.last?.key == "999999")
  }
}
