import CLibgit2

/// A kind of libgit2 object, known by how it is freed.
protocol LibraryResource {
  static func free(_ pointer: OpaquePointer)
}

/// Owns one libgit2 object and frees it when it goes out of scope.
///
/// It can be neither copied nor sent: libgit2's objects belong to one thread at a time.
struct Handle<Resource: LibraryResource>: ~Copyable {
  let pointer: OpaquePointer

  /// Calls `make`, which fills in the pointer, and explains a failure with `explain`.
  init(
    _ make: (inout OpaquePointer?) -> Int32, _ explain: (LibraryFailure) -> GitError
  ) throws(GitError) {
    var made: OpaquePointer?
    let result = make(&made)
    guard result >= 0, let made else { throw explain(LibraryFailure(result)) }
    pointer = made
  }

  deinit { Resource.free(pointer) }
}

enum RepositoryResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum DatabaseResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

enum RawObjectResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

enum ObjectResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_object_free(pointer) }
}

enum CommitResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_commit_free(pointer) }
}

enum TagResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_tag_free(pointer) }
}

enum ReferenceResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_reference_free(pointer) }
}

enum RemoteResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_remote_free(pointer) }
}
