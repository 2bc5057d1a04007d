import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Sets of fields")
struct FieldSetTests {
  private static func set(_ text: String) throws -> FieldSet { FieldSet(fieldsV1: try JSONValue(json: text)) }

  @Test(
    "are joined, taken from each other and intersected, path by path",
    arguments: [
      (#"{"f:a":{}}"#, #"{"f:b":{}}"#, #"{"f:a":{},"f:b":{}}"#, #"{"f:a":{}}"#, "{}", #"{"f:a":{}}"#),
      (
        #"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{"f:x":{}}}"#, #"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{}}"#,
        #"{"f:a":{"f:x":{}}}"#, #"{"f:a":{}}"#
      ),
      (
        #"{"f:a":{"f:x":{},"f:y":{}}}"#, #"{"f:a":{}}"#, #"{"f:a":{".":{},"f:x":{},"f:y":{}}}"#,
        #"{"f:a":{"f:x":{},"f:y":{}}}"#, "{}", "{}"
      ),
      (
        #"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{}}"#, #"{"f:a":{".":{},"f:x":{}}}"#, #"{"f:a":{"f:x":{}}}"#,
        #"{"f:a":{}}"#, "{}"
      ),
      ("{}", #"{"f:a":{}}"#, #"{"f:a":{}}"#, "{}", "{}", "{}"),
    ])
  func operations(
    left: String, right: String, union: String, difference: String, intersection: String, removal: String
  ) throws {
    let (one, other) = (try FieldSetTests.set(left), try FieldSetTests.set(right))
    #expect(one.union(other) == (try FieldSetTests.set(union)))
    #expect(one.subtracting(other) == (try FieldSetTests.set(difference)))
    #expect(one.intersection(other) == (try FieldSetTests.set(intersection)))
    #expect(one.removing(other) == (try FieldSetTests.set(removal)))
  }

  @Test("print their paths as messages show them, at each level first its own")
  func paths() throws {
    let set = try FieldSetTests.set(
      #"{"f:a":{"f:b":{}},"f:l":{"k:{\"name\":\"x\",\"port\":80}":{".":{},"f:i":{}},"v:\"f\"":{}},"f:z":{}}"#)
    #expect(
      set.paths == [".z", ".a.b", #".l[name="x",port=80]"#, #".l[="f"]"#, #".l[name="x",port=80].i"#])
  }

  @Test("that clients write are read in whatever form, and what is no path is left out")
  func normalized() throws {
    let set = try FieldSetTests.set(#"{"f:l":{"k:{ \"b\": 1, \"a\": 2 }":{},"v: 1":{},"odd":{},"k:{":{}}}"#)
    #expect(set.normalized() == (try FieldSetTests.set(#"{"f:l":{"k:{\"a\":2,\"b\":1}":{},"v:1":{}}}"#)))
  }

  @Test("obey the laws of sets", arguments: 0..<200 as Range<UInt64>)
  func laws(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (a, b) = (FieldSetTests.random(&generator, 3), FieldSetTests.random(&generator, 3))
    #expect(a.union(b) == b.union(a))
    #expect(a.intersection(b) == b.intersection(a))
    #expect(a.union(a) == a && a.intersection(a) == a && a.subtracting(a).isEmpty)
    #expect(a.subtracting(b).union(a.intersection(b)) == a)
    #expect(a.subtracting(b).intersection(b).isEmpty)
    #expect(a.isSubset(of: a.union(b)) && a.intersection(b).isSubset(of: b))
  }

  private static func random(_ generator: inout SeededGenerator, _ depth: Int) -> FieldSet {
    var paths: [[String]] = []
    for _ in 0..<generator.next() % 6 {
      paths.append(
        (0...generator.next() % UInt64(depth)).map { _ in "abc".map(String.init)[Int(generator.next() % 3)] })
    }
    return paths.reduce(FieldSet()) { $0.union(FieldSet(path: $1)) }
  }
}
