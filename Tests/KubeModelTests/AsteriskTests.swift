import KubeModel
import Testing

@Suite("An asterisk or ampersand")
struct AsteriskTests {
  private static let prose = """
    data:
      schedules: "\(Array(repeating: "0 * * * *", count: 20).joined(separator: " "))"
      script: |
        [ -n "$a" ] && echo * *.txt &
        case $1 in ? ) what ? how;; esac
        {a}: *x
      rule: 'sum(rate(x{a="b"}[5m])) * 100 ? : {}'

    """

  @Test("in a schedule, a script or a formula is no alias, however many there are")
  func isText() throws {
    let text = Array(repeating: AsteriskTests.prose, count: 5).joined(separator: "---\n")
    #expect(try YAMLReader().documents(Array(text.utf8), file: "a.yaml").count == 5)
  }

  @Test("that makes keys of aliases is refused at once")
  func isRefused() {
    let levels = (1...12).map { level in
      "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]"
    }
    let text = "a0: &a0 [x]\n" + levels.joined(separator: "\n") + "\n? *a12\n: y\n"
    #expect(throws: YAMLError.self) { try YAMLReader().documents(Array(text.utf8), file: "a.yaml") }
  }
}
