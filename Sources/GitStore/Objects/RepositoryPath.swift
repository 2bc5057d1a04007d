/// Rules for paths in a repository: relative, with forward slashes, and never out of it.
enum RepositoryPath {
  /// The components of a path that a caller gave; "", "." and "/" at the end mean the folder itself.
  ///
  /// Nil when the path is absolute, climbs, or holds a name that Git forbids.
  static func components(_ path: String) -> [String]? {
    guard !path.utf8.starts(with: [UInt8(ascii: "/")]) else { return nil }
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    let components = parts.filter { $0 != "." }
    return components.allSatisfy(isSafe) ? components : nil
  }

  /// Whether a name may stand in a path; ".git" in any case is Git's own folder.
  static func isSafe(component: String) -> Bool {
    let lowered = component.lowercased()
    return !component.isEmpty && component != "." && component != ".." && lowered != ".git"
      && !component.utf8.contains(UInt8(ascii: "/")) && !component.utf8.contains(0)
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }
}
