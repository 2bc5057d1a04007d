internal import NIOCore

/// Tells an exchange that a request begins to arrive, long before its head is complete.
final class FirstByte: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let exchange: Exchange

  init(exchange: Exchange) { self.exchange = exchange }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    exchange.bytesArrived()
    context.fireChannelRead(data)
  }
}
