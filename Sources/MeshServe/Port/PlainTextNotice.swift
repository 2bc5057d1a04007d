internal import NIOCore

/// Tells a client that speaks HTTP without TLS so, in the words of Go's server, instead of cutting it off.
final class PlainTextNotice: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let handshake: UInt8 = 0x16
  private static let answer = ByteBuffer(
    string: "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")

  private var isOver = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    let bytes = unwrapInboundIn(data)
    let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self)
    if first == PlainTextNotice.handshake {
      context.fireChannelRead(data)
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
      return
    }
    isOver = true
    let closing = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(PlainTextNotice.answer)).whenComplete { _ in
      closing.value.close(mode: .all, promise: nil)
    }
  }
}
