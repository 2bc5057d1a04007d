internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
public import Seams

/// Serves a transport over HTTP/1.1 and TLS: each request is sent to it, and its answer given to the client.
///
/// Many connections ask the transport at the same time. An answer that arrives in pieces, such as a watch, is
/// passed on piece by piece; when the client goes, whoever makes the pieces is cancelled.
public final class APIPort: Sendable {
  /// The port that it listens on.
  public let port: Int
  private let listener: any Channel
  private let connections: OpenConnections

  private init(port: Int, listener: any Channel, connections: OpenConnections) {
    self.port = port
    self.listener = listener
    self.connections = connections
  }

  /// Opens a port and serves it until `close`.
  ///
  /// - Parameters:
  ///   - handler: answers the requests. It is to authenticate them: see `TokenAuthentication`.
  ///   - certificate: what the port proves itself with.
  /// - Throws: `PortError` with code `.cannotListen`.
  public static func open(
    _ handler: any Transport, at address: ListeningAddress = .loopback(), certificate: ServingCertificate,
    limits: PortLimits = PortLimits()
  ) async throws -> APIPort {
    let security = try certificate.security(farewell: limits.lingerTime)
    let available = OpenFiles.raiseLimit()
    // Some files are for the cluster's own use.
    let connections = OpenConnections(limit: max(16, min(limits.connections, available - 64)))
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.backlog, value: 1_024)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard connections.admit(channel) else { return channel.close(promise: nil) }
          try channel.pipeline.syncOperations.addHandlers([
            PlainTextNotice(), NIOSSLServerHandler(context: security),
          ])
          try channel.pipeline.syncOperations.addExchange(with: handler, limits: limits)
        }
      }
    do {
      let listener = try await bootstrap.bind(host: address.host, port: address.port).get()
      guard let port = listener.localAddress?.port else {
        throw PortError(.cannotListen, "the system gave no port at \(address.host)")
      }
      return APIPort(port: port, listener: listener, connections: connections)
    } catch let error as PortError {
      throw error
    } catch {
      throw PortError(
        .cannotListen,
        "cannot listen on \(address.host) port \(address.port): \(error). "
          + "Take another port, or 0 for any free one")
    }
  }

  /// How many connections are open.
  public var connectionCount: Int { connections.count }

  /// Closes the port: nothing new is taken, watches end, and requests under way have `grace` to be answered.
  ///
  /// When this returns, every connection is closed.
  public func close(grace: Duration = .seconds(5)) async {
    try? await listener.close()
    connections.startClosing()
    await withTaskGroup { group in
      group.addTask { [connections] in await connections.end() }
      group.addTask { try? await ContinuousClock().sleep(for: grace) }
      await group.next()
      group.cancelAll()
    }
    connections.closeAll()
    await connections.end()
  }
}

extension ChannelPipeline.SynchronousOperations {
  /// Adds what makes requests of bytes and answers them.
  fileprivate func addExchange(with handler: any Transport, limits: PortLimits) throws {
    var decoding = NIOHTTPDecoderLimitConfiguration()
    decoding.maxHeaderFieldSize = limits.headBytes
    decoding.maxHeaderListSize = limits.headBytes
    let exchange = Exchange(handler: handler, limits: limits)
    // Its own framing would end an answer to HEAD with a chunk.
    var encoding = HTTPResponseEncoder.Configuration()
    encoding.automaticallySetFramingHeaders = false
    let encoder = HTTPResponseEncoder(configuration: encoding)
    let decoder = ByteToMessageHandler(
      HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding))
    let pipelining = HTTPServerPipelineHandler()
    exchange.framing = Exchange.Framing(encoder: encoder, decoder: decoder, pipelining: pipelining)
    try addHandlers([FirstByte(exchange: exchange), encoder, decoder, pipelining, exchange])
  }
}
