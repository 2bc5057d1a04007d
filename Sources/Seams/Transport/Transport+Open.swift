internal import HTTPTypes

/// What became of a request to turn its connection into a stream of messages.
public enum Opening: Sendable {
  /// From now on both ends send messages. This is the caller's end.
  case opened(MessageConnection)
  /// An ordinary answer: not found, forbidden, no protocol in common.
  case refused(TransportResponse)
}

extension Transport {
  /// Refuses: the answer is that of `send`.
  public func open(_ request: TransportRequest) async throws -> Opening {
    .refused(try await send(request))
  }
}

extension TransportRequest {
  /// The subprotocols that the client offers for messages, its favourite first (RFC 6455, section 4.1).
  ///
  /// Empty for an upgrade to anything but WebSocket, so that it is refused after what is wrong with the
  /// request itself has been said.
  public var offeredProtocols: [String] {
    head.headerFields[values: .secWebSocketProtocol].flatMap { $0.split(separator: ",") }
      .map { $0.trimming(while: { $0 == " " || $0 == "\t" }) }
  }

  /// The first protocol offered that is in `supported`; `nil` when there is none.
  public func chosenProtocol(among supported: [String]) -> String? {
    offeredProtocols.first(where: supported.contains)
  }

  /// Why there is no connection when no protocol offered is spoken here, for the message of a `Status`:
  /// kubectl shows nothing of an answer that is not one.
  public var noCommonProtocol: String {
    let upgrade = head.headerFields[.upgrade]?.lowercased() ?? ""
    if upgrade.hasPrefix("spdy/") {
      return "this server streams over WebSocket and does not speak SPDY: use kubectl 1.31 or later, "
        + "and do not set KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false or KUBECTL_PORT_FORWARD_WEBSOCKETS=false"
    }
    return offeredProtocols.isEmpty
      ? "you must request a WebSocket upgrade with a subprotocol"
      : "unable to upgrade: none of the subprotocols \(offeredProtocols) is spoken here"
  }
}

extension Substring {
  fileprivate func trimming(while isCut: (Character) -> Bool) -> String {
    var rest = drop(while: isCut)
    while let last = rest.last, isCut(last) { rest.removeLast() }
    return String(rest)
  }
}
