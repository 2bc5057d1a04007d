#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder that a clone is made in, beside the one it is renamed to when it is whole.
///
/// Beside, because only a rename within one file system happens at once.
struct CloneDestination {
  /// Where the clone is made.
  let partial: String
  private let path: String

  init(_ path: String) throws(GitError) {
    let files = FileManager.default
    let url = URL(filePath: path, directoryHint: .notDirectory).standardizedFileURL
    let parent = url.deletingLastPathComponent()
    self.path = url.path(percentEncoded: false)
    guard Self.isFree(self.path) else { throw Self.inUse(path) }
    do {
      try files.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw Self.cannotCreate(path, "\(error)")
    }
    let stem = parent.appending(path: ".\(url.lastPathComponent).partial-").path(percentEncoded: false)
    partial = try Self.makeFolder(stem, for: path)
  }

  /// Gives the whole clone its place; a clone that was there first stays.
  func commit() throws(GitError) {
    // One step for the file system: it takes the place of an empty folder, and of nothing else.
    guard rename(partial, path) == 0 else {
      let reason = errno
      throw Self.isFree(path)
        ? Self.cannotCreate(path, String(cString: strerror(reason))) : Self.inUse(path)
    }
  }

  /// Removes what was made so far.
  func discard() { try? FileManager.default.removeItem(atPath: partial) }

  /// The first name that nobody has: making a folder is exclusive, so no random number is needed.
  private static func makeFolder(_ stem: String, for path: String) throws(GitError) -> String {
    for number in 1...maxLeftovers {
      let folder = "\(stem)\(number)"
      if FileManager.default.fileExists(atPath: folder) { continue }
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        return folder
      } catch {
        guard FileManager.default.fileExists(atPath: folder) else { throw cannotCreate(path, "\(error)") }
      }
    }
    throw GitError(
      .other, "killed clones left \(maxLeftovers) folders behind", at: .init(path),
      remedy: "delete \(stem)* when no clone is running")
  }

  private static let maxLeftovers = 100

  private static func isFree(_ path: String) -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return true }
    return (try? FileManager.default.contentsOfDirectory(atPath: path).isEmpty) ?? false
  }

  private static func inUse(_ path: String) -> GitError {
    GitError(
      .destinationExists, "the folder to clone into is in use", at: .init(path),
      remedy: "open it instead, or choose another folder")
  }

  private static func cannotCreate(_ path: String, _ cause: String) -> GitError {
    GitError(
      .other, "the folder to clone into cannot be made", at: .init(path),
      remedy: "check that its parent can be written to", cause: cause)
  }
}
