import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Seams
import Synchronization

@testable import MeshServe

/// A client that sends and shows bytes as they are, over TLS that it checks with the authority.
final class RawClient: Sendable {
  let channel: any Channel
  private let inbox: Inbox

  /// Connects; with `isReading` false, it takes nothing from the connection once that is up.
  ///
  /// - Parameter greeting: sent as soon as TLS is up, however long the test itself has to wait for its turn.
  init(
    _ port: APIPort, host: String = "localhost", isReading: Bool = true, isSecure: Bool = true,
    sending greeting: String = ""
  ) async throws {
    let inbox = Inbox()
    self.inbox = inbox
    let security = try RawClient.security.get()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if isSecure {
            let tls = try NIOSSLClientHandler(context: security, serverHostname: host)
            try channel.pipeline.syncOperations.addHandler(tls)
          }
          try channel.pipeline.syncOperations.addHandler(Receiver(inbox, greeting))
        }
      }
      .connect(host: "127.0.0.1", port: port.port).get()
    guard isSecure else { return }
    try await inbox.wait { $0.isUp || $0.isClosed }
    guard inbox.state.withLock({ $0.isUp }) else { throw NotConnected() }
    if !isReading { try await channel.setOption(.autoRead, value: false).get() }
  }

  /// The connection was closed before TLS was up.
  struct NotConnected: Error {}

  private static let security = Result {
    let roots = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.shared.authority.utf8))
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(roots)
    return try NIOSSLContext(configuration: configuration)
  }

  func send(_ text: String) async throws { try await send(bytes: Array(text.utf8)) }

  func send(bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

  func close() async throws { try await channel.close() }

  /// Everything that has come and was not taken yet.
  var text: String { String(decoding: inbox.state.withLock { $0.received }, as: UTF8.self) }

  /// Waits until what has come fulfils `isEnough`.
  @discardableResult
  func read(until isEnough: @escaping @Sendable (String) -> Bool) async throws -> String {
    try await inbox.wait { isEnough(String(decoding: $0.received, as: UTF8.self)) || $0.isClosed }
    return text
  }

  @discardableResult
  func read(until end: String) async throws -> String { try await read { $0.contains(end) } }

  /// Waits for `count` bytes, and takes them.
  func take(_ count: Int) async throws -> [UInt8] {
    try await inbox.wait { $0.received.count >= count || $0.isClosed }
    return inbox.state.withLock { state in
      let taken = Array(state.received.prefix(count))
      state.received.removeFirst(taken.count)
      return taken
    }
  }

  /// Takes all up to the end of a head.
  func takeHead() async throws -> String {
    let text = try await read(until: "\r\n\r\n")
    guard let end = text.firstRange(of: "\r\n\r\n") else { return text }
    return String(decoding: try await take(text[..<end.upperBound].utf8.count), as: UTF8.self)
  }

  /// Waits until the server has closed, and gives all that came.
  @discardableResult
  func readToEnd() async throws -> String {
    try await inbox.wait { $0.isClosed }
    return text
  }

  final class Inbox: Sendable {
    struct State {
      var received: [UInt8] = []
      var isUp = false
      var isClosed = false
    }

    let state = Mutex(State())
    private let changed = Bell()

    func change(_ body: (inout State) -> Void) {
      state.withLock { body(&$0) }
      changed.ring()
    }

    func wait(until isEnough: @escaping @Sendable (State) -> Bool) async throws {
      try await within(seconds: 300) { [self] in
        while true {
          let seen = changed.rings
          if state.withLock({ isEnough($0) }) { return }
          try Task.checkCancellation()
          await changed.wait(after: seen)
        }
      }
    }
  }

  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    typealias OutboundOut = ByteBuffer

    private let inbox: Inbox
    private let greeting: String

    init(_ inbox: Inbox, _ greeting: String) {
      self.inbox = inbox
      self.greeting = greeting
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = Array(unwrapInboundIn(data).readableBytesView)
      inbox.change { $0.received += bytes }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      guard case .handshakeCompleted? = event as? TLSUserEvent else { return }
      if !greeting.isEmpty {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil)
      }
      inbox.change { $0.isUp = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelInactive(context: ChannelHandlerContext) { inbox.change { $0.isClosed = true } }
  }
}

struct TookTooLong: Error {}

/// Fails when `body` has not ended in time: a bound for tests that wait for an event.
func within<Value: Sendable>(
  seconds: Int, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw TookTooLong()
    }
    defer { group.cancelAll() }
    return try await group.next()!
  }
}
