import CLibgit2

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads objects by id, within limits, and says which object failed.
struct ObjectDatabase: ~Copyable {
  let handle: Handle<DatabaseResource>
  /// The folder of the objects that are not in packs.
  let looseFolder: String
  let repository: String
  let limits: GitLimits

  /// What is known of an object before its content is read.
  struct Header {
    let type: git_object_t
    let byteCount: Int

    var typeName: String {
      switch type {
      case GIT_OBJECT_COMMIT: "commit"
      case GIT_OBJECT_TREE: "folder"
      case GIT_OBJECT_BLOB: "file"
      case GIT_OBJECT_TAG: "tag"
      default: "object of unknown kind"
      }
    }
  }

  /// The kind and size of an object; `location` is a revision or `commit:path`, for errors.
  func header(_ id: ObjectID, at location: String) throws(GitError) -> Header {
    var byteCount = 0
    var type = GIT_OBJECT_INVALID
    var library = id.library
    try check(git_odb_read_header(&byteCount, &type, handle.pointer, &library)) {
      unreadable(id, $0, at: location)
    }
    return Header(type: type, byteCount: byteCount)
  }

  /// The content of an object that must be of `type` and no larger than `byteLimit`.
  ///
  /// The size is checked before the content is inflated, so a small compressed object cannot fill memory.
  func read(
    _ id: ObjectID, expecting type: git_object_t, byteLimit: Int, at location: String
  ) throws(GitError) -> [UInt8] {
    let header = try header(id, at: location)
    guard header.type == type else {
      throw GitError(
        .objectCorrupt, "object \(id) is a \(header.typeName), which is not what refers to it says",
        at: place(location), remedy: repairRemedy)
    }
    try admit(header, id, byteLimit: byteLimit, at: location)
    var library = id.library
    let database = handle.pointer
    let object = try Handle<RawObjectResource>({ git_odb_read(&$0, database, &library) }) {
      unreadable(id, $0, at: location)
    }
    let count = git_odb_object_size(object.pointer)
    guard count > 0, let data = git_odb_object_data(object.pointer) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: data, count: count))
  }

  /// Refuses an object whose declared size is above `byteLimit`, or whose file was cut short.
  func admit(
    _ header: Header, _ id: ObjectID, byteLimit: Int, at location: String
  ) throws(GitError) {
    guard header.byteCount <= byteLimit else {
      throw GitError(
        .tooLarge, "the \(header.typeName) has \(header.byteCount) bytes, more than the \(byteLimit) allowed",
        at: place(location), remedy: "move it out of the repository, or raise the limit")
    }
    let digits = id.description
    let file = "\(looseFolder)/\(digits.prefix(2))/\(digits.dropFirst(2))"
    if let bytes = FileManager.default.contents(atPath: file), DeflateStream.isCutShort([UInt8](bytes)) {
      throw GitError(
        .objectCorrupt, "object \(id) is damaged: its file was cut short", at: place(location),
        remedy: repairRemedy)
    }
  }

  /// The error for an object that could not be read.
  func unreadable(_ id: ObjectID, _ failure: LibraryFailure, at location: String) -> GitError {
    if failure.isCode(GIT_ENOTFOUND) {
      return GitError(
        .objectMissing, "object \(id) is missing from the repository", at: place(location),
        remedy: repairRemedy, cause: failure.text)
    }
    return GitError(
      .objectCorrupt, "object \(id) is damaged or cannot be read", at: place(location),
      remedy: repairRemedy, cause: failure.text)
  }

  func place(_ location: String) -> GitError.Place { GitError.Place(repository, object: location) }

  private var repairRemedy: String { "check the repository with: git fsck; a cache can be cloned anew" }
}
