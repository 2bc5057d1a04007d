internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket
internal import Seams

extension Exchange {
  /// Lets messages take the place of HTTP on this connection.
  func become(_ connection: MessageConnection, accepting opening: WebSocketOpening) {
    guard case .answering = phase, let context, let framing, !isClosing else {
      connection.close()
      return close()
    }
    let head = HTTPResponseHead(
      version: .http1_1, status: .switchingProtocols,
      headers: [
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": opening.accept,
        "Sec-WebSocket-Protocol": connection.subprotocol,
      ])
    phase = .over
    deadline?.cancel()
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandlers([
        WebSocketFrameEncoder(),
        ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.messageBytes)),
        NIOWebSocketFrameAggregator(
          minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 4_096,
          maxAccumulatedFrameSize: limits.messageBytes),
        WebSocketBridge(connection, limits: limits),
      ])
    } catch {
      connection.close()
      return close()
    }
    // The decoder goes last: what it has read ahead are the client's first frames.
    for handler in [framing.pipelining, framing.encoder] as [any RemovableChannelHandler] {
      pipeline.removeHandler(handler, promise: nil)
    }
    pipeline.removeHandler(self, promise: nil)
    pipeline.removeHandler(framing.decoder, promise: nil)
  }
}
