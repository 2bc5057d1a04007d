import Foundation

/// Runs the real git, cut off from the configuration of whoever runs the tests.
struct Git {
  let home: String

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs git in `folder` and returns what it printed.
  @discardableResult
  func run(_ arguments: String..., in folder: String, input: Data = Data()) throws -> String {
    try run(arguments, in: folder, input: input)
  }

  @discardableResult
  func run(_ arguments: [String], in folder: String, input: Data = Data()) throws -> String {
    try Command.run(["git"] + arguments, in: folder, environment: environment, input: input)
  }

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": home, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_AUTHOR_NAME": "Ada Lovelace", "GIT_AUTHOR_EMAIL": "ada@example.com",
      "GIT_AUTHOR_DATE": "1700000000 +0130",
      "GIT_COMMITTER_NAME": "Ada Lovelace", "GIT_COMMITTER_EMAIL": "ada@example.com",
      "GIT_COMMITTER_DATE": "1700000100 +0130",
    ]
  }
}
