internal import HTTPTypes
internal import NIOHTTP1
internal import Seams

extension HTTPRequestHead {
  /// The request as a transport takes it.
  ///
  /// - Throws: `Refusal` when it is not one that a transport could answer.
  func transportHead() throws(Refusal) -> HTTPRequest {
    guard version.major == 1, let method = HTTPRequest.Method(method.rawValue) else {
      throw .malformed
    }
    let host = headers["host"]
    guard host.count == 1 || (host.isEmpty && version.minor == 0) else { throw .missingHost }
    var fields = HTTPFields()
    fields.reserveCapacity(headers.count)
    for (name, value) in headers {
      guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else { throw .malformed }
      fields.append(HTTPField(name: name, value: value))
    }
    return HTTPRequest(
      method: method, scheme: "https", authority: host.first, path: try path(), headerFields: fields)
  }

  /// The target as a path with query: that of an absolute target is what follows its authority (RFC 9112,
  /// section 3.2).
  private func path() throws(Refusal) -> String {
    if uri.hasPrefix("/") { return uri }
    for scheme in ["https://", "http://"] where uri.lowercased().hasPrefix(scheme) {
      let rest = uri.dropFirst(scheme.count)
      guard let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
      return (rest[start] == "?" ? "/" : "") + rest[start...]
    }
    guard uri == "*", method == .OPTIONS else { throw .malformed }
    return uri
  }

  /// The length that the body is announced with.
  var announcedLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }

  var expectsContinue: Bool {
    version.minor > 0 && headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
  }

  /// What the client wants the connection to become, in lower case.
  var upgrade: String? {
    guard headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "upgrade" }) else {
      return nil
    }
    return headers.first(name: "upgrade")?.lowercased()
  }
}

extension HTTPResponse {
  /// The head as it is written; how the body is delimited is not the transport's matter.
  ///
  /// - Parameter length: that of the body; `nil` when it is not known, and the body is chunked unless the
  ///   version is too old or there is none.
  func head(version: HTTPVersion, isKeptAlive: Bool, length: Int?, method: HTTPMethod) -> HTTPResponseHead {
    var headers = HTTPHeaders()
    headers.reserveCapacity(headerFields.count + 2)
    for field in headerFields {
      switch field.name {
      case .contentLength, .transferEncoding, .connection: continue
      default: headers.add(name: field.name.rawName, value: field.value)
      }
    }
    if let length, hasBody(for: .GET) {
      headers.add(name: "Content-Length", value: String(length))
    } else if hasBody(for: method), version.minor > 0 {
      headers.add(name: "Transfer-Encoding", value: "chunked")
    }
    if !isKeptAlive { headers.add(name: "Connection", value: "close") }
    return HTTPResponseHead(
      version: version, status: .init(statusCode: status.code, reasonPhrase: status.reasonPhrase),
      headers: headers)
  }

  /// Whether a body may follow.
  func hasBody(for method: HTTPMethod) -> Bool {
    method != .HEAD && status.code != 204 && status.code != 304
  }
}
