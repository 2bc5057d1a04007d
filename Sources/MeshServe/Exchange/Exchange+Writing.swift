internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Seams

extension Exchange {
  /// Writes an answer that is there as a whole.
  func write(_ response: HTTPResponse, _ body: ByteBuffer) {
    guard case .answering(let answering) = phase else { return }
    startAnswer(response, to: answering.request, length: body.readableBytes)
    if response.hasBody(for: answering.request.method), body.readableBytes > 0 {
      context?.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    endAnswer()
  }

  /// Writes the head of an answer whose body follows in pieces.
  ///
  /// - Returns: whether a body may follow.
  func start(_ response: HTTPResponse, length: Int?) -> Bool {
    guard case .answering(var answering) = phase else { return false }
    startAnswer(response, to: answering.request, length: length)
    context?.flush()
    answering.isStreaming = length == nil
    phase = .answering(answering)
    guard !(isClosing && answering.isStreaming) else { return false }
    return response.hasBody(for: answering.request.method)
  }

  func write(_ piece: ByteBuffer) {
    guard case .answering(let answering) = phase, let context else { return }
    let count = piece.readableBytes
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenComplete { _ in answering.outflow.remove(count) }
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: written)
  }

  /// Ends the answer, and waits for the next request once the client has taken it.
  func endAnswer() {
    guard case .answering(let answering) = phase, let context else { return }
    let isKeptAlive = isKeptAlive(answering.request)
    phase = isKeptAlive ? .waiting(hasBegun: false) : .lingering
    isDraining = true
    deadline?.set(limits.catchUpTime)
    let written = context.eventLoop.makePromise(of: Void.self)
    let exchange = NIOLoopBound(self, eventLoop: context.eventLoop)
    written.futureResult.whenSuccess { exchange.value.answerTaken() }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }

  /// Goes on with the next request, of which some may be there already.
  private func answerTaken() {
    isDraining = false
    guard !isClosing else { return close() }
    switch phase {
    case .waiting(let hasBegun): deadline?.set(hasBegun ? limits.headTime : limits.idleTime)
    case .receiving: deadline?.set(limits.bodyTime)
    case .received(let head, let body): answer(head, body)
    case .lingering: close()
    case .answering, .over: break
    }
  }

  /// Answers in the transport's stead, and closes: what follows on this connection cannot be trusted.
  func refuse(_ refusal: Refusal, to request: HTTPRequestHead?) {
    guard let context else { return }
    phase = .lingering
    isDraining = false
    deadline?.set(limits.lingerTime)
    let response = refusal.response.head
    let body = refusal.body
    let head = response.head(version: .http1_1, isKeptAlive: false, length: body.count, method: .GET)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request?.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private func startAnswer(_ response: HTTPResponse, to request: HTTPRequestHead, length: Int?) {
    let version = request.version.minor == 0 ? HTTPVersion.http1_0 : .http1_1
    let head = response.head(
      version: version, isKeptAlive: isKeptAlive(request), length: length, method: request.method)
    context?.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  /// An upgrade that was refused leaves it unclear what the client sends next.
  private func isKeptAlive(_ request: HTTPRequestHead) -> Bool {
    request.version.minor > 0 && request.isKeepAlive && !isClosing && request.upgrade == nil
  }
}
