internal import HTTPTypes
internal import NIOCore
internal import Seams

/// Asks the transport, off the event loop, and hands its answer to the exchange.
struct Answerer: Sendable {
  /// How much is written at once.
  private static let pieceSize = 64 << 10

  let handler: any Transport
  /// What the client wants the connection to become, in lower case.
  let upgrade: String?
  let outflow: Outflow
  let eventLoop: any EventLoop
  let exchange: NIOLoopBound<Exchange>

  func answer(_ request: TransportRequest) async {
    do {
      guard let upgrade, upgrade == "websocket" || upgrade.hasPrefix("spdy/") else {
        return try await give(handler.send(request))
      }
      let opening = upgrade == "websocket" ? try WebSocketOpening(request) : nil
      switch try await handler.open(opening?.request ?? request.withoutProtocols) {
      case .refused(let response) where opening == nil && response.head.status.code < 400:
        throw Refusal.badRequest(request.withoutProtocols.noCommonProtocol)
      case .refused(let response): try await give(response)
      case .opened(let connection):
        guard let opening else {
          connection.close()
          throw Refusal.badRequest(request.withoutProtocols.noCommonProtocol)
        }
        eventLoop.execute { exchange.value.become(connection, accepting: opening) }
      }
    } catch let refusal as Refusal {
      try? await give(refusal.response)
    } catch is CancellationError {
      drop()
    } catch is TransportError {
      // No answer came, so none is given.
      drop()
    } catch {
      try? await give(Refusal.failed(error).response)
    }
  }

  private func give(_ response: TransportResponse) async throws {
    guard let bytes = response.body.whole else { return await pass(response, length: nil) }
    guard bytes.count > Answerer.pieceSize else {
      let buffer = ByteBuffer(bytes: bytes)
      return eventLoop.execute { exchange.value.write(response.head, buffer) }
    }
    await pass(response, length: bytes.count)
  }

  private func pass(_ response: TransportResponse, length: Int?) async {
    var pieces = response.body.makeAsyncIterator()
    do {
      guard try await eventLoop.submit({ exchange.value.start(response.head, length: length) }).get() else {
        await Answerer.cancel(&pieces)
        return end()
      }
      while let bytes = try await pieces.next() {
        var rest = ByteBuffer(bytes: bytes)
        while let piece = rest.readSlice(length: min(rest.readableBytes, Answerer.pieceSize)),
          piece.readableBytes > 0
        {
          try await outflow.room()
          outflow.add(piece.readableBytes)
          eventLoop.execute { exchange.value.write(piece) }
        }
      }
      end()
    } catch {
      // A body that breaks off must not look complete.
      drop()
      await Answerer.cancel(&pieces)
    }
  }

  /// Lets whoever makes the pieces know that nobody takes them: a stream learns of a cancelled task only when
  /// that asks for more.
  private static func cancel(_ pieces: inout TransportBody.Iterator) async {
    withUnsafeCurrentTask { $0?.cancel() }
    _ = try? await pieces.next()
  }

  private func end() { eventLoop.execute { exchange.value.endAnswer() } }

  private func drop() { eventLoop.execute { exchange.value.close() } }
}

extension TransportRequest {
  fileprivate var withoutProtocols: TransportRequest {
    var request = self
    request.head.headerFields[.secWebSocketProtocol] = nil
    return request
  }
}
