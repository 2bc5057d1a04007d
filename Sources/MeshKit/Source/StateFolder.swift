import MeshProcedures
import Seams

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder in which meshctl keeps what is not in Git.
enum StateFolder {
  /// Makes the folder, closed to others and ignored by Git.
  ///
  /// - Parameter isIgnored: whether the folder around it sees to that already.
  static func make(_ path: String, isIgnored: Bool = false) throws {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw ProcedureError(
        .invalidInput, "the state folder cannot be made: \(String(cString: strerror(errno)))", place: path,
        remedy: "name another one with --state")
    }
    try check(path)
    let ignore = path + "/.gitignore"
    guard !isIgnored, access(ignore, F_OK) != 0 else { return }
    let descriptor = open(ignore, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "*\n", 2)
    close(descriptor)
  }

  /// Makes sure that nothing but a folder is at `path`.
  static func check(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
    guard descriptor < 0, errno == ENOTDIR else { return }
    throw ProcedureError(
      .invalidInput, "the state folder is a file", place: path, remedy: "name another one with --state")
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A folder's name for a URL: readable, and different for different URLs.
  static func name(for url: String) -> String {
    let last = url.split(separator: "/").last.map(String.init) ?? "repository"
    let readable = last.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return "\(readable)-\(String(StableHash.of(url), radix: 16)).git"
  }
}
