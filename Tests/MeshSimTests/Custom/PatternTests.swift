import Testing

@testable import MeshSim

@Suite("Patterns")
struct PatternTests {
  @Test(
    "a pattern is found anywhere in a text",
    arguments: [
      ("abc", "xabcx", true), ("^abc$", "xabc", false), ("^a.c$", "abc", true), ("^a.c$", "a\nc", false),
      ("(?s)^a.c$", "a\nc", true), ("(?i)ABC", "abc", true), ("a|b", "b", true), ("^(a|b)*$", "abba", true),
      ("^a{2,3}$", "aaaa", false), ("^a{2,}$", "aaaa", true), ("^a{2}$", "aa", true), ("^[^a-c]$", "d", true),
      ("^[[:alpha:]]+$", "Ab", true), ("^\\d+$", "12", true), ("^\\w+\\s\\w+$", "a b", true),
      ("^\\p{L}+$", "é", true), ("\\bfoo\\b", "a foo b", true), ("\\bfoo\\b", "afoo", false),
      ("^$", "", true),
      ("", "anything", true), ("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a-b", true), ("^(?:a+)+$", "aaab", false),
      ("(?P<x>a)b", "ab", true), ("^\\x41\\.$", "A.", true), ("^[\\]]$", "]", true), ("^[a-]$", "-", true),
      ("\\Qa.b\\E", "a.b", true), ("^a*?$", "aaa", true), ("a{,2}", "a{,2}", true), ("(?m)^b$", "a\nb", true),
    ])
  func found(_ pattern: String, _ text: String, _ isFound: Bool) throws {
    #expect(try Pattern(pattern).matches(text) == isFound)
  }

  @Test(
    "what is no pattern is refused in Go's words",
    arguments: [
      ("(", "error parsing regexp: missing closing ): `(`"),
      ("a)", "error parsing regexp: unexpected ): `a)`"),
      ("[a", "error parsing regexp: missing closing ]: `[a`"),
      ("*", "error parsing regexp: missing argument to repetition operator: `*`"),
      ("a**", "error parsing regexp: invalid nested repetition operator: `**`"),
      ("a{1001}", "error parsing regexp: invalid repeat count: `{1001}`"),
      ("(?=a)", "error parsing regexp: invalid or unsupported Perl syntax: `(?=`"),
      ("\\8", "error parsing regexp: invalid escape sequence: `\\8`"),
      ("[b-a]", "error parsing regexp: invalid character class range: `b-a`"),
    ])
  func refused(_ pattern: String, _ words: String) {
    do throws(Pattern.SyntaxError) {
      _ = try Pattern(pattern)
      Issue.record("taken")
    } catch {
      #expect(error.description == words)
    }
  }

  @Test("no expression takes more than linear time, and none is larger than the bound")
  func hostile() throws {
    let text = String(repeating: "a", count: 2_000) + "b"
    #expect(try !Pattern("^(a|a)*$").matches(text))
    #expect(try !Pattern("^(a*)*$").matches(text))
    #expect(try !Pattern("^(a?){50}a{50}$").matches(text))
    #expect(throws: Pattern.SyntaxError.self) { try Pattern("((a{100}){100}){100}") }
    #expect(throws: Pattern.SyntaxError.self) { try Pattern(String(repeating: "(", count: 10_000)) }
  }

  @Test("matches are taken from the left, as long as the expression wants")
  func ranges() throws {
    let text = Array("aab ab".unicodeScalars)
    #expect(try Pattern("a+b").allMatches(in: text) == [0..<3, 4..<6])
    #expect(try Pattern("a+?").firstMatch(in: text) == 0..<1)
    #expect(try Pattern("a|ab").firstMatch(in: Array("ab".unicodeScalars)) == 0..<1)
  }
}
