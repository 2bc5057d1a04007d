import MeshProcedures

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
  static func make(_ path: String) throws {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw ProcedureError(
        .invalidInput, "the state folder cannot be made: \(String(cString: strerror(errno)))", place: path,
        remedy: "name another one with --state")
    }
    let ignore = path + "/.gitignore"
    guard access(ignore, F_OK) != 0 else { return }
    let descriptor = open(ignore, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "*\n", 2)
    close(descriptor)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A folder's name for a URL: readable, and different for different URLs.
  static func name(for url: String) -> String {
    let hash = url.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let last = url.split(separator: "/").last.map(String.init) ?? "repository"
    let readable = last.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return "\(readable)-\(String(hash, radix: 16)).git"
  }
}
