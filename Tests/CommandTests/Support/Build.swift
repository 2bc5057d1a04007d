import Foundation

/// Where things are.
enum Build {
  /// The folder with the products of this build, which the running tests are in.
  static let folder: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let tests = bundle?.bundleURL ?? URL(filePath: ProcessInfo.processInfo.arguments[0])
    return tests.resolvingSymlinksInPath().deletingLastPathComponent()
  }()

  /// The repository, also when the sources were compiled by way of a symbolic link.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .appending(path: "../../../..").standardizedFileURL

  /// What programs see: meshctl first on PATH, the caller's Git configuration out of sight, and the same
  /// author and time for each commit, so that ids do not change.
  static func environment(home: URL) -> [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return [
      "PATH": folder.path(percentEncoded: false) + ":" + path,
      "HOME": home.path(percentEncoded: false), "LC_ALL": "C.UTF-8",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
      "GIT_AUTHOR_NAME": "Ada Lovelace", "GIT_AUTHOR_EMAIL": "ada@example.com",
      "GIT_AUTHOR_DATE": "1767225600 +0000",
      "GIT_COMMITTER_NAME": "Ada Lovelace", "GIT_COMMITTER_EMAIL": "ada@example.com",
      "GIT_COMMITTER_DATE": "1767225600 +0000",
    ]
  }
}
