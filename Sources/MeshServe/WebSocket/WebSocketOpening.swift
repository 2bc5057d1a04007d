internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Seams

/// A client's part of the WebSocket handshake (RFC 6455, section 4.2).
struct WebSocketOpening: Sendable {
  /// A token among the protocols, for browsers, which cannot set header fields (Kubernetes' convention).
  private static let tokenPrefix = "base64url.bearer.authorization.k8s.io."

  /// The request as the transport sees it: a token among the protocols has become an ordinary one.
  let request: TransportRequest
  /// The answer to the client's key.
  let accept: String

  /// - Throws: `Refusal` when it is not a proper handshake.
  init(_ request: TransportRequest) throws(Refusal) {
    guard request.head.method == .get else {
      throw .badRequest("a WebSocket is opened with GET, not \(request.head.method)")
    }
    guard request.head.headerFields[.secWebSocketVersion] == "13" else {
      throw .badRequest("only version 13 of WebSocket is spoken here")
    }
    guard let key = request.head.headerFields[.secWebSocketKey],
      let nonce = Data(base64Encoded: key), nonce.count == 16
    else { throw .badRequest("the WebSocket key must be 16 bytes in base64") }
    let hash = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    accept = Data(hash).base64EncodedString()
    self.request = try WebSocketOpening.withToken(request)
  }

  private static func withToken(_ request: TransportRequest) throws(Refusal) -> TransportRequest {
    let offered = request.offeredProtocols
    guard let entry = offered.first(where: { $0.hasPrefix(tokenPrefix) }) else { return request }
    guard let token = decoded(entry.dropFirst(tokenPrefix.count)), !token.isEmpty else {
      throw .badRequest("invalid base64.bearer.authorization token encoding")
    }
    let others = offered.filter { !$0.hasPrefix(tokenPrefix) }
    guard !others.isEmpty else { throw .badRequest("missing additional subprotocol in request") }
    var request = request
    request.head.headerFields[.secWebSocketProtocol] = others.joined(separator: ", ")
    if request.head.headerFields[.authorization] == nil {
      request.head.headerFields[.authorization] = "Bearer " + token
    }
    return request
  }

  private static func decoded(_ text: Substring) -> String? {
    var text = String(text).replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text).flatMap { String(validating: Array($0), as: UTF8.self) }
  }
}
