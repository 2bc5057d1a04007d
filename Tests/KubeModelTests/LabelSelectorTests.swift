import KubeModel
import Testing

@Suite("A label selector")
struct LabelSelectorTests {
  typealias Requirement = LabelSelector.Requirement

  @Test(
    "is read from its query form",
    arguments: [
      ("", []), ("a=b", [.equals("a", "b")]), ("a==b", [.equals("a", "b")]), ("a!=b", [.notEquals("a", "b")]),
      ("a=", [.equals("a", "")]), ("a", [.exists("a")]), ("!a", [.doesNotExist("a")]),
      ("! a", [.doesNotExist("a")]), ("a in (b,c)", [.isIn("a", ["b", "c"])]),
      ("a  in  ( b , c )", [.isIn("a", ["b", "c"])]), ("a in (,b)", [.isIn("a", ["", "b"])]),
      ("a in(b)", [.isIn("a", ["b"])]), ("a notin (b)", [.isNotIn("a", ["b"])]), (" ", []),
      (
        "a=b, c!=d ,e in (f,g),!h",
        [.equals("a", "b"), .notEquals("c", "d"), .isIn("e", ["f", "g"]), .doesNotExist("h")]
      ),
      ("app.kubernetes.io/name=web-1", [.equals("app.kubernetes.io/name", "web-1")]),
      (" t = s ", [.equals("t", "s")]), ("in=notin", [.equals("in", "notin")]),
    ] as [(String, [Requirement])])
  func query(text: String, requirements: [Requirement]) {
    #expect(LabelSelector(query: text)?.requirements == requirements)
  }

  @Test(
    "is refused when it is none",
    arguments: [
      "a b", "a,", ",a", "a,,b", ",", "a in (b", "t in ()x", "t==s==u", "=b", "!=b", "a in b", "a=b=c",
      "-x=1", "x-=1", "a=b c", "!", "!a=b",
      "a=(b)", "a in (b c)", "a in ((b))", "a)", "(a)", "a=b in (c)", "a/b/c=d", "/a=b", "a=-b", "é=1",
      "a=\(String(repeating: "v", count: 64))",
    ])
  func malformed(text: String) {
    #expect(LabelSelector(query: text) == nil)
  }

  @Test(
    "is read from metav1.LabelSelector",
    arguments: [
      (["matchLabels": ["b": "2", "a": "1"]], [.equals("a", "1"), .equals("b", "2")]), ([:], []),
      (
        [
          "matchLabels": ["a": "1"],
          "matchExpressions": [
            ["key": "k", "operator": "In", "values": ["x", "y"]],
            ["key": "k", "operator": "NotIn", "values": ["z"]],
            ["key": "m", "operator": "Exists"], ["key": "n", "operator": "DoesNotExist"],
          ],
        ],
        [
          .equals("a", "1"), .isIn("k", ["x", "y"]), .isNotIn("k", ["z"]), .exists("m"), .doesNotExist("n"),
        ]
      ),
    ] as [(JSONValue, [Requirement])])
  func json(value: JSONValue, requirements: [Requirement]) {
    #expect(LabelSelector(json: value)?.requirements == requirements)
  }

  @Test("with an unknown operator is none")
  func unknownOperator() {
    #expect(LabelSelector(json: ["matchExpressions": [["key": "a", "operator": "Like"]]]) == nil)
    #expect(LabelSelector(json: ["matchExpressions": [["key": "a"]]]) == nil)
  }

  @Test(
    "matches as Kubernetes' does: what asks for absence matches what has no such label",
    arguments: [
      ("", true), ("env=prod", true), ("env=dev", false), ("env!=dev", true), ("env!=prod", false),
      ("none!=x", true), ("none=", false), ("tier=", true), ("env in (dev,prod)", true),
      ("env in (dev)", false),
      ("none in (a)", false), ("none notin (a)", true), ("env notin (prod)", false), ("tier in (,web)", true),
      ("env", true), ("none", false), ("!env", false), ("!none", true), ("env=prod,!none", true),
      ("env=prod,env=dev", false),
    ])
  func matches(text: String, isMatch: Bool) {
    #expect(LabelSelector(query: text)?.matches(["env": "prod", "tier": ""]) == isMatch)
  }

  @Test("reads back from the query form it prints", arguments: UInt64(1)...100)
  func roundTrip(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let keys = ["a", "app.kubernetes.io/name", "x_y.z-1", "in", "notin", "A1"]
    let values = ["", "v", "1.2-3_4", "in", "True"]
    let requirements = (0..<Int.random(in: 0...5, using: &generator)).map { _ -> Requirement in
      let key = generator.pick(keys)
      let list = (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.pick(values) }
      return generator.pick([
        .equals(key, list[0]), .notEquals(key, list[0]), .isIn(key, list), .isNotIn(key, list), .exists(key),
        .doesNotExist(key),
      ])
    }
    let selector = LabelSelector(requirements)
    #expect(LabelSelector(query: selector.query) == selector, "seed \(seed): \(selector.query)")
  }

  @Test("of labels asks for each of them, in order")
  func labels() {
    let selector = LabelSelector(matchLabels: ["b": "2", "a": "1"])
    #expect(selector.query == "a=1,b=2")
    #expect(selector.matches(["a": "1", "b": "2", "c": "3"]))
    #expect(!selector.matches(["a": "1"]))
    #expect(LabelSelector().matches([:]))
  }
}
