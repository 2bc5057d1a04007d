internal import NIOCore
internal import NIOHTTP1
internal import Seams

/// One connection's side of HTTP/1.1: takes a request as a whole, has it answered, and writes the answer
/// before the next is taken.
///
/// Everything here happens on the connection's event loop.
final class Exchange: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  enum Phase {
    /// For the head of a request, of which nothing or something has arrived.
    case waiting(hasBegun: Bool)
    case receiving(HTTPRequestHead, ByteBuffer)
    /// A whole request, which waits until the client has taken the answer before.
    case received(HTTPRequestHead, ByteBuffer)
    case answering(Answering)
    /// All is said; the client has some time to read it, and what it sends is thrown away.
    case lingering
    case over
  }

  /// An answer on its way.
  struct Answering {
    let request: HTTPRequestHead
    let task: Task<Void, Never>
    let outflow: Outflow
    var isStreaming = false
  }

  /// What stands between this and the bytes, to be removed when messages take the place of HTTP.
  struct Framing {
    let encoder: HTTPResponseEncoder
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    let pipelining: HTTPServerPipelineHandler
  }

  let handler: any Transport
  let limits: PortLimits
  var framing: Framing?
  var phase = Phase.waiting(hasBegun: true)
  /// Whether the last answer is written, and the client has not taken all of it.
  var isDraining = false
  var isClosing = false
  var context: ChannelHandlerContext?
  var deadline: ConnectionDeadline?

  init(handler: any Transport, limits: PortLimits) {
    self.handler = handler
    self.limits = limits
  }

  // MARK: The connection

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    deadline = ConnectionDeadline(on: context.eventLoop.assumeIsolated()) { [unowned self] in expire() }
    deadline?.set(limits.headTime)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    deadline?.cancel()
    (deadline, self.context, framing) = (nil, nil, nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    stopAnswering()
    phase = .over
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func bytesArrived() {
    guard case .waiting(hasBegun: false) = phase else { return }
    phase = .waiting(hasBegun: true)
    if !isDraining { deadline?.set(limits.headTime) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is PortCloses else { return context.fireUserInboundEventTriggered(event) }
    isClosing = true
    switch phase {
    case .waiting where !isDraining: context.close(promise: nil)
    // A stream has no end of its own: this is it.
    case .answering(let answering) where answering.isStreaming: answering.task.cancel()
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, case .waiting = phase else {
      if case .lingering = phase { return }
      return context.close(promise: nil)
    }
    refuse(error == .headerOverflow ? .headTooLarge : .malformed, to: nil)
  }

  private func expire() {
    guard case .receiving(let head, _) = phase, !isDraining else { return close() }
    refuse(.bodyTookTooLong, to: head)
  }

  func close() {
    stopAnswering()
    context?.close(promise: nil)
  }

  private func stopAnswering() {
    guard case .answering(let answering) = phase else { return }
    answering.outflow.stop()
    answering.task.cancel()
  }

  // MARK: A request

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), phase) {
    case (.head(let head), .waiting): begin(head)
    case (.body(let part), .receiving(let head, var body)):
      guard body.readableBytes + part.readableBytes <= limits.bodyBytes else {
        return refuse(.bodyTooLarge(limit: limits.bodyBytes), to: head)
      }
      phase = .waiting(hasBegun: true)
      body.writeImmutableBuffer(part)
      phase = .receiving(head, body)
    case (.end, .receiving(let head, let body)) where isDraining: phase = .received(head, body)
    case (.end, .receiving(let head, let body)): answer(head, body)
    default: break
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    if let length = head.announcedLength, length > limits.bodyBytes {
      return refuse(.bodyTooLarge(limit: limits.bodyBytes), to: head)
    }
    if head.expectsContinue {
      let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
      context?.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
    }
    phase = .receiving(head, ByteBuffer())
    if !isDraining { deadline?.set(limits.bodyTime) }
  }

  func answer(_ head: HTTPRequestHead, _ body: ByteBuffer) {
    guard let context else { return }
    do throws(Refusal) {
      let request = TransportRequest(head: try head.transportHead(), body: Array(body.readableBytesView))
      deadline?.set(nil)
      let outflow = Outflow(limits: limits, eventLoop: context.eventLoop)
      let answerer = Answerer(
        handler: handler, upgrade: head.upgrade, outflow: outflow, eventLoop: context.eventLoop,
        exchange: NIOLoopBound(self, eventLoop: context.eventLoop))
      let task = Task { await answerer.answer(request) }
      phase = .answering(Answering(request: head, task: task, outflow: outflow))
    } catch {
      refuse(error, to: head)
    }
  }
}
