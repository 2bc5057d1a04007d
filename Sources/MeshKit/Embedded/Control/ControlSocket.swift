import Dispatch
import KubeModel
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Where a process that serves embedded clusters takes orders from others on this machine: a socket in the state
/// folder, for its owner only. One line asks, one line answers, both JSON.
final class ControlSocket: Sendable {
  private let path: String
  private let descriptor: Mutex<Int32?>

  /// Listens below `state`.
  ///
  /// - Parameter answer: is asked one question at a time, on a thread of its own.
  /// - Returns: `nil` where no socket can be, as in a folder with a very long name: then nothing can be ordered.
  init?(state: String, answer: @escaping @Sendable (JSONValue) -> JSONValue) {
    path = ControlSocket.path(in: state)
    // Whoever listened here before is gone: the folder belongs to this process.
    unlink(path)
    guard let opened = ControlSocket.open(path, bind) else { return nil }
    // The folder may be one that others can enter.
    guard chmod(path, 0o600) == 0, listen(opened, 16) == 0 else {
      ControlSocket.closeDescriptor(opened)
      return nil
    }
    descriptor = Mutex(opened)
    DispatchQueue(label: "meshkit.control").async {
      while true {
        let connection = accept(opened, nil, nil)
        if connection < 0, errno == EINTR { continue }
        guard connection >= 0 else { return }
        let line = ControlLine(connection)
        if let question = line.read() { line.write(answer(question)) }
        line.close()
      }
    }
  }

  /// Listens no more.
  func close() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      descriptor = nil
      shutdown(open, Int32(SHUT_RDWR))
      ControlSocket.closeDescriptor(open)
      unlink(path)
    }
  }

  /// Asks whoever serves the clusters of a folder.
  ///
  /// - Returns: `nil` when nobody does.
  static func ask(_ question: JSONValue, state: String) -> JSONValue? {
    let path = path(in: state)
    guard access(path, F_OK) == 0, let opened = open(path, connect) else { return nil }
    let line = ControlLine(opened)
    defer { line.close() }
    line.write(question)
    return line.read()
  }

  private static func path(in state: String) -> String { state + "/control.sock" }

  private static func closeDescriptor(_ descriptor: Int32) { _ = ControlLine(descriptor).close() }

  private static func open(
    _ path: String, _ join: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32? {
    #if canImport(Glibc)
      let opened = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let opened = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard opened >= 0 else { return nil }
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let isShort = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard bytes.count < room.count else { return false }
      room.copyBytes(from: bytes)
      return true
    }
    let isJoined =
      isShort
      && withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          join(opened, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
      }
    guard isJoined else {
      closeDescriptor(opened)
      return nil
    }
    return opened
  }
}

/// One connection: lines of JSON.
struct ControlLine {
  /// The longest line, in bytes.
  static let limit = 4 << 20
  /// How long the other side may take, in seconds.
  static let patience = 120

  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var time = timeval()
    time.tv_sec = ControlLine.patience
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// - Returns: `nil` when no whole line comes.
  func read() -> JSONValue? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.last != UInt8(ascii: "\n"), bytes.count < ControlLine.limit {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
    return try? JSONValue(json: bytes)
  }

  func write(_ value: JSONValue) {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = (value.jsonBytes() + [UInt8(ascii: "\n")])[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  @discardableResult
  func close() -> Int32 {
    #if canImport(Darwin)
      Darwin.close(descriptor)
    #elseif canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Musl.close(descriptor)
    #endif
  }
}
