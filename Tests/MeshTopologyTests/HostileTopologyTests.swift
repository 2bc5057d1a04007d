import MeshTopology
import Testing

@Suite("A hostile topology")
struct HostileTopologyTests {
  @Test("never brings the reader down, however its text is mangled", arguments: UInt64(0)..<300)
  func neverCrashes(seed: UInt64) {
    var random = SplitMix(state: seed)
    var bytes = Array(SmallTopology.text.utf8)
    let pieces = [
      "- ", "{", "}", "[", ": ", "\n", "  ", "\"", "&a ", "*a", "~", "99999999999", "-1", "---\n", "\t",
    ]
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let position = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
      case 1:
        bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: position)
      case 2: bytes.removeSubrange(position..<min(bytes.count, position + 20))
      default:
        let other = Int.random(in: 0..<bytes.count, using: &random)
        bytes.insert(contentsOf: Array(bytes[other..<min(bytes.count, other + 40)]), at: position)
      }
    }
    do {
      _ = try TopologyReader().read(files: [TopologyFile(path: "a.yaml", bytes: bytes)])
    } catch {
      #expect(!error.problems.isEmpty)
      #expect(
        error.problems.allSatisfy { !$0.description.contains("\n") && $0.description.utf8.count < 2000 })
    }
  }

  @Test("stops at the bound of documents")
  func boundsDocuments() {
    var reader = TopologyReader()
    reader.documentLimit = 3
    let error = #expect(throws: TopologyProblems.self) {
      try reader.read(files: [TopologyFile(path: "a.yaml", bytes: Array(SmallTopology.text.utf8))])
    }
    #expect(error?.problems.last?.code == .tooMany)
  }

  @Test("stops at the bound of problems")
  func boundsProblems() {
    let fields = (0..<5000).map { "  field-\($0): 1\n" }.joined()
    let text =
      SmallTopology.text + "---\napiVersion: meshctl.dev/v1alpha1\nkind: Namespace\nmetadata:\n"
      + "  name: many\nspec:\n" + fields
    let problems = SmallTopology.problems(text)
    #expect(problems.count == 501)
    #expect(problems.last?.contains("more than 500 problems; correct these first") == true)
  }

  @Test("cannot blow up by aliases or nesting")
  func boundsAliases() {
    let levels = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(SmallTopology.problems("a0: &a0 [x]\n" + levels).count == 1)
    #expect(SmallTopology.problems(String(repeating: "[", count: 100_000)).count == 1)
  }

  @Test("is quoted in messages on one line and cut short")
  func isQuotedSafely() {
    let text = SmallTopology.text.replacing(
      "replicas: 3", with: "\"\\u001b[31m\\n\(String(repeating: "x", count: 500))\": 3")
    let problem = SmallTopology.problems(text)[0]
    #expect(problem.contains(#"unknown field "\u{1B}[31m\nxxx"#))
    #expect(problem.utf8.count < 600)
  }
}

/// A small generator with a seed (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
