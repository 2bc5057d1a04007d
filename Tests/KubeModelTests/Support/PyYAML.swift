import Foundation
import KubeModel

/// PyYAML, a reader of YAML 1.1 that others use.
enum PyYAML {
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Reads one document and gives it as JSON; needs python3 with PyYAML, and fails without it.
  static func read(_ text: String) throws -> JSONValue {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output, errors) = (
      folder.appending(path: "in"), folder.appending(path: "out"), folder.appending(path: "err")
    )
    try Data(text.utf8).write(to: input)
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin.buffer.read()), sys.stdout)",
    ]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let reason = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      throw Failure(description: "python3 with PyYAML did not read the text: \(reason)")
    }
    return try JSONValue(json: [UInt8](try Data(contentsOf: output)))
  }
}
