import Foundation
import KubeModel
import Testing

@Suite("Help")
struct HelpTests {
  static let commands = [
    "", "validate", "render", "sync", "rollout", "rollout start", "rollout status", "rollout promote",
    "rollout abort", "rollout history", "sim", "sim advance", "sim fault", "sim fault add", "sim fault apply",
    "sim fault list", "sim fault clear", "sim traffic", "sim reset", "version",
  ]

  @Test("is on standard output, with exit status 0, for each command", arguments: commands)
  func help(_ command: String) throws {
    let shop = try Shop(.folder)
    let outcome = try shop.meshctl(BadInput.words(command) + ["--help"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("OVERVIEW: ") && outcome.output.contains("USAGE: meshctl"))
    #expect(try shop.contents().isEmpty)
  }

  @Test("tells the exit statuses")
  func statuses() throws {
    let outcome = try Shop(.folder).meshctl(expecting: 0, "help")
    for text in ["0 done", "1 the procedure ended badly", "4 someone else holds the lock", "130"] {
      #expect(outcome.output.contains(text))
    }
  }

  @Test("is not needed for the version")
  func version() throws {
    let shop = try Shop(.folder)
    #expect(try shop.meshctl(expecting: 0, "version").output == "meshctl 0.1.0\n")
    #expect(try shop.meshctl(expecting: 0, "--version").output == "0.1.0\n")
    #expect(try shop.json("version")["version"]?.string == "0.1.0")
  }
}
