/// The content of a file at a path of a commit.
public struct GitFile: Hashable, Sendable {
  /// The path from the top of the repository, with forward slashes.
  public let path: String
  /// `.file`, `.executable` or `.symlink`; the bytes of a symbolic link are the path it points to.
  public let kind: TreeEntry.Kind
  /// The content, which need not be text.
  public let bytes: [UInt8]
}
