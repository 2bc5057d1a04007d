internal import HTTPTypes
internal import KubeModel
internal import NIOHTTP1
internal import Seams

/// Why a request is not passed on.
struct Refusal: Error {
  let status: HTTPResponseStatus
  /// Kubernetes' word for it; `nil` for what Go's server answers before Kubernetes sees the request.
  let reason: String?
  let message: String

  static let malformed = Refusal(status: .badRequest, reason: nil, message: "400 Bad Request")
  static let missingHost = Refusal(
    status: .badRequest, reason: nil, message: "400 Bad Request: missing required Host header")
  static let headTooLarge = Refusal(
    status: .requestHeaderFieldsTooLarge, reason: nil, message: "431 Request Header Fields Too Large")
  static let bodyTookTooLong = Refusal(
    status: .requestTimeout, reason: "Timeout", message: "the body of the request did not arrive in time")

  /// The API server's own words.
  static func bodyTooLarge(limit: Int) -> Refusal {
    Refusal(
      status: .payloadTooLarge, reason: "RequestEntityTooLarge",
      message: "Request entity too large: limit is \(limit)")
  }

  static func failed(_ error: any Error) -> Refusal {
    Refusal(
      status: .internalServerError, reason: "InternalError", message: "Internal error occurred: \(error)")
  }

  static func badRequest(_ message: String) -> Refusal {
    Refusal(status: .badRequest, reason: "BadRequest", message: message)
  }

  static func unauthorized() -> Refusal {
    Refusal(status: .unauthorized, reason: "Unauthorized", message: "Unauthorized")
  }

  var mediaType: String { reason == nil ? "text/plain; charset=utf-8" : "application/json" }

  var body: [UInt8] {
    guard let reason else { return Array(message.utf8) }
    let status: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
      "message": .string(message), "reason": .string(reason), "code": .int(Int64(status.code)),
    ]
    return status.jsonBytes()
  }

  var response: TransportResponse {
    TransportResponse(
      head: HTTPResponse(
        status: .init(code: Int(status.code)), headerFields: [.contentType: mediaType]),
      body: TransportBody(body))
  }
}
