import ArgumentParser
import Foundation
import MeshKit

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes data to standard output and everything else to standard error.
struct Terminal: Sendable {
  let format: OutputOptions.Format
  let isQuiet: Bool
  let isVerbose: Bool
  private let hasColor: Bool

  init(format: OutputOptions.Format, isQuiet: Bool, isVerbose: Bool, noColor: Bool) {
    self.format = format
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    let environment = ProcessInfo.processInfo.environment
    hasColor = !noColor && environment["NO_COLOR"] == nil && isatty(STDERR_FILENO) == 1
  }

  /// Writes the result: `json` for machines, `text` for people.
  func result(_ json: JSONValue, _ text: @autoclosure () throws -> String) rethrows {
    switch format {
    case .table: write(try text().asPlainText, to: .standardOutput)
    case .json: write(json.jsonText(isPretty: true), to: .standardOutput)
    case .yaml: write(json.yamlText(), to: .standardOutput)
    }
  }

  /// Tells what is going on, after a mark that may be coloured.
  func log(_ text: String, mark: String = "") {
    if !isQuiet { write(mark + text.asPlainText, to: .standardError) }
  }

  /// Tells what went wrong.
  func failure(_ text: String) { write(colored(text.asPlainText, .red), to: .standardError) }

  enum Color: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case gray = "90"
  }

  func colored(_ text: String, _ color: Color) -> String {
    hasColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }

  private func write(_ text: String, to handle: FileHandle) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    // A reader that has gone away is no failure of ours.
    try? handle.write(contentsOf: Data(line.utf8))
  }
}
