import MeshProcedures

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A temporary folder that nobody else may look into, with a home folder and files to build from.
struct BuildFolder {
  /// The folder itself, with every link on the way resolved.
  let path: String

  /// The empty folder that a program takes for its user's own.
  var home: String { path + "/home" }
  /// Where the top of the repository is.
  var top: String { path + "/repository" }

  /// Runs `body` with a folder that is gone when this returns or throws, or the task was cancelled.
  static func with<Value>(
    _ contents: [String: [UInt8]], _ body: (BuildFolder) async throws -> Value
  ) async throws -> Value {
    let folder = try BuildFolder()
    defer { folder.remove() }
    try folder.write(contents)
    return try await body(folder)
  }

  private init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let template = (base.hasPrefix("/") ? base : "/tmp") + "/meshctl-kustomize-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else {
      throw Self.failure("a temporary folder cannot be made", at: template)
    }
    let made = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let resolved = realpath(made, nil) else {
      throw Self.failure("the temporary folder cannot be found", at: made)
    }
    defer { free(resolved) }
    path = String(cString: resolved)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Writes files by path; nothing is there that a name could lead through.
  private func write(_ contents: [String: [UInt8]]) throws {
    for folder in [home, top] { try Self.make(folder) }
    var made: Set<String> = [""]
    for (path, bytes) in contents.sorted(by: { $0.key < $1.key }) {
      guard
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
          !["", ".", ".."].contains($0)
        })
      else { throw Self.failure("not a path within the repository", at: path, reason: EINVAL) }
      for folder in CommitTree.ancestors(of: path).reversed() where made.insert(folder).inserted {
        try Self.make(top + "/" + folder)
      }
      try Self.write(bytes, to: top + "/" + path)
    }
  }

  private static func make(_ folder: String) throws {
    guard mkdir(folder, 0o700) == 0 else { throw failure("a temporary folder cannot be made", at: folder) }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("a temporary file cannot be made", at: path) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      guard count > 0 || errno == EINTR else { throw failure("a temporary file cannot be written", at: path) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func failure(_ message: String, at path: String, reason: Int32 = errno) -> ProcedureError {
    ProcedureError(
      .unreachable, "\(message): \(String(cString: strerror(reason)))", place: path,
      remedy: "check the free space and the permissions there, or set TMPDIR")
  }
}
