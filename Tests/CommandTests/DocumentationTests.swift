import Foundation
import Testing

/// The commands in README.md and below Docs are what a newcomer types first, so they are run.
///
/// Every block that is fenced with ```sh is run, all blocks of a file in one shell session
/// (`bash -euo pipefail`), in an empty folder, with meshctl on PATH and the repository's root in
/// MESHKIT_ROOT. A command that is to fail says so: `meshctl … || test $? -eq 1`. Blocks with another
/// marker are not run: ```console shows output, and ```bash is for what sets up a machine or takes
/// minutes, such as `make demo` and `make test`, which CI runs by itself.
@Suite("The documentation")
struct DocumentationTests {
  static let files: [String] = {
    let docs = FileManager.default.enumerator(
      atPath: Build.root.appending(path: "Docs").path(percentEncoded: false))
    let pages = (docs?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".md") }
    return ["README.md"] + pages.sorted().map { "Docs/" + $0 }
  }()

  @Test("has only commands that work", arguments: files)
  func commands(_ file: String) throws {
    let text = try String(contentsOf: Build.root.appending(path: file), encoding: .utf8)
    let blocks = DocumentationTests.blocks(of: text)
    guard !blocks.isEmpty else { return }
    let script = blocks.map { "echo '\(file):\($0.line)' >&3\n\($0.text)" }.joined(separator: "\n")
    let shop = try Shop(.folder)
    try Data(script.utf8).write(to: shop.root.appending(path: "commands"))
    let outcome = try shop.run([
      "MESHKIT_ROOT=" + Build.root.path(percentEncoded: false), "bash", "-c",
      "exec 3>../reached; exec bash -euo pipefail ../commands",
    ])
    let reached = try String(contentsOf: shop.root.appending(path: "reached"), encoding: .utf8)
    #expect(outcome.status == 0, "the block at \(reached.split(separator: "\n").last ?? "-"): \(outcome)")
    #expect(reached.split(separator: "\n").count == blocks.count)
  }

  @Test("shows commands in the README")
  func readme() throws {
    let text = try String(contentsOf: Build.root.appending(path: "README.md"), encoding: .utf8)
    #expect(DocumentationTests.blocks(of: text).contains { $0.text.contains("meshctl rollout") })
  }

  /// The blocks fenced with ```sh, with the line each begins at.
  static func blocks(of text: String) -> [(line: Int, text: String)] {
    var blocks: [(line: Int, text: String)] = []
    var isInside = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let trimmed = line.drop { $0 == " " }
      if isInside, trimmed.hasPrefix("```") {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].text += line + "\n"
      } else if trimmed == "```sh" {
        isInside = true
        blocks.append((index + 1, ""))
      }
    }
    return blocks
  }
}
