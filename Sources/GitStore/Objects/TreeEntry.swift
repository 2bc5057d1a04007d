/// Something at a path of a commit.
public struct TreeEntry: Hashable, Sendable {
  /// What an entry is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A file.
    case file
    /// A file that may be executed.
    case executable
    /// A symbolic link; its content is the path that it points to, which is never followed.
    case symlink
    /// A commit of another repository, which is not held in this one.
    case submodule
    /// A folder.
    case tree

    init?(mode: UInt32) {
      // Git looks at no more than the file type and the owner's execute bit; old trees hold 100664.
      switch mode & 0o170000 {
      case 0o100000: self = mode & 0o100 == 0 ? .file : .executable
      case 0o120000: self = .symlink
      case 0o160000: self = .submodule
      case 0o040000: self = .tree
      default: return nil
      }
    }
  }

  /// The path from the top of the repository, with forward slashes.
  public let path: String
  /// What the entry is.
  public let kind: Kind
  /// The object it refers to; the same content has the same id wherever it is.
  public let id: ObjectID
}
