internal import NIOCore
internal import NIOWebSocket
internal import Seams

/// Passes messages between WebSocket frames and one end of a connection, both ways, each as fast as its
/// reader reads.
final class WebSocketBridge: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = Never
  typealias OutboundOut = WebSocketFrame

  private let connection: MessageConnection
  private let limits: PortLimits
  private let arrived: AsyncStream<[UInt8]>.Continuation
  private let arrivals: AsyncStream<[UInt8]>
  private var untaken = 0
  private var isReadHeld = false
  private var isClosing = false

  init(_ connection: MessageConnection, limits: PortLimits) {
    self.connection = connection
    self.limits = limits
    (arrivals, arrived) = AsyncStream.makeStream()
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    let bridge = NIOLoopBound(self, eventLoop: context.eventLoop)
    let place = NIOLoopBound(context, eventLoop: context.eventLoop)
    let isText = connection.subprotocol.hasPrefix("base64.")
    Task { [connection, arrivals] in
      await withTaskGroup { group in
        group.addTask {
          for await message in arrivals {
            guard (try? await connection.send(message)) != nil else { break }
            channel.eventLoop.execute { bridge.value.taken(message.count, place.value) }
          }
          connection.finish()
        }
        group.addTask {
          for await message in connection.incoming {
            let frame = WebSocketFrame(
              fin: true, opcode: isText ? .text : .binary, data: ByteBuffer(bytes: message))
            guard (try? await channel.writeAndFlush(frame)) != nil else { break }
          }
          channel.eventLoop.execute { bridge.value.close(.normalClosure, place.value) }
        }
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    switch frame.opcode {
    case .binary, .text:
      guard !isClosing else { return }
      let message = Array(frame.unmaskedData.readableBytesView)
      untaken += message.count
      arrived.yield(message)
    case .ping:
      let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
      context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
    case .connectionClose:
      guard !isClosing else { return context.close(promise: nil) }
      isClosing = true
      end()
      let answer = WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)
      let closing = NIOLoopBound(context, eventLoop: context.eventLoop)
      let written = context.eventLoop.makePromise(of: Void.self)
      written.futureResult.whenComplete { _ in closing.value.close(promise: nil) }
      context.writeAndFlush(wrapOutboundOut(answer), promise: written)
    default: break
    }
  }

  /// Reads no more than the other end has room for.
  func read(context: ChannelHandlerContext) {
    guard untaken <= limits.messageBytes else { return isReadHeld = true }
    context.read()
  }

  private func taken(_ count: Int, _ context: ChannelHandlerContext) {
    untaken -= count
    guard isReadHeld, untaken <= limits.messageBytes else { return }
    isReadHeld = false
    context.read()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is PortCloses else { return context.fireUserInboundEventTriggered(event) }
    close(.goingAway, context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is NIOWebSocketError || error is NIOWebSocketFrameAggregator.Error else {
      return context.close(promise: nil)
    }
    close(.protocolError, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  /// Says farewell and gives the client some time to answer.
  private func close(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    guard !isClosing, context.channel.isActive else { return }
    isClosing = true
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    end()
    context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.lingerTime)) {
      context.close(promise: nil)
    }
  }

  private func end() {
    arrived.finish()
    connection.stopReading()
  }
}
