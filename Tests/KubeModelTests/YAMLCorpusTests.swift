import Foundation
import KubeModel
import Testing
import YAMLRoundTrip

@Suite("What the fuzzer found")
struct YAMLCorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz/corpus")

  @Test("is refused with a place, or reads back as it was written")
  func corpus() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: YAMLCorpusTests.folder, includingPropertiesForKeys: nil)
    #expect(files.count > 100)
    for file in files {
      let fault = roundTripFault(Array(try Data(contentsOf: file)))
      #expect(fault == nil, "\(file.lastPathComponent): \(fault ?? "")")
    }
  }

  @Test("is not taken for granted: values no fuzzer has to find read back too")
  func values() {
    let strings = ["\u{FEFF}", "a\n\u{2028}b\n", "\u{85}\n", "<<", "\r\n", "\n\u{301}", "\u{E000}\\ue000"]
    for string in strings {
      #expect(roundTripFault(["k": .string(string), string: [.string(string)]]) == nil)
    }
  }
}
