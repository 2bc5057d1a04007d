internal import Seams

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A folder whose files only their owner may read.
struct PrivateFolder: Sendable {
  private static let fileLimit = 1 << 20

  let path: String

  /// The folder at `path`, made with mode 0700 when it is not there; the folder above it must be.
  init(_ path: String) throws(PortError) {
    self.path = path
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw PrivateFolder.failure("cannot make the folder", path)
    }
  }

  /// A file's text; `nil` when it is not there.
  func read(_ name: String) throws(PortError) -> String? {
    let path = self.path + "/" + name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw PrivateFolder.failure("cannot read", path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = PrivateFolder.systemRead(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw PrivateFolder.failure("cannot read", path) }
      guard count > 0 else { break }
      bytes += part[..<count]
      guard bytes.count <= PrivateFolder.fileLimit else {
        throw PortError(
          .file, "\(path) is larger than \(PrivateFolder.fileLimit) bytes: it is not what it should be")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PortError(.file, "\(path) is not UTF-8 text: delete it, and it will be made anew")
    }
    return text
  }

  func write(_ text: String, to name: String, random: any RandomSource) throws(PortError) {
    try PrivateFolder.write(text, toFile: path + "/" + name, random: random)
  }

  /// Writes a file with mode 0600, whole or not at all: whoever reads it sees the old or the new text.
  static func write(_ text: String, toFile path: String, random: any RandomSource) throws(PortError) {
    let temporary = path + "." + random.word() + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("cannot write", path) }
    var isWritten = false
    defer { if !isWritten { unlink(temporary) } }
    do {
      defer { close(descriptor) }
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("cannot write", path) }
        rest = rest.dropFirst(count)
      }
      guard fsync(descriptor) == 0 else { throw failure("cannot write", path) }
    }
    guard rename(temporary, path) == 0 else { throw failure("cannot write", path) }
    isWritten = true
  }

  #if canImport(Darwin)
    private static let (systemRead, systemWrite) = (Darwin.read, Darwin.write)
  #elseif canImport(Glibc)
    private static let (systemRead, systemWrite) = (Glibc.read, Glibc.write)
  #elseif canImport(Musl)
    private static let (systemRead, systemWrite) = (Musl.read, Musl.write)
  #endif

  private static func failure(_ what: String, _ path: String) -> PortError {
    PortError(.file, "\(what) \(path): \(String(cString: strerror(errno)))")
  }
}
