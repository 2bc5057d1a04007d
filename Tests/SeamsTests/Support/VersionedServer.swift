import HTTPTypes
import Seams
import Synchronization

/// A server of one number: each write adds 1, each read gives the number.
final class VersionedServer: Transport {
  private let state = Mutex((writes: 0, requests: [String]()))

  var writes: Int { state.withLock { $0.writes } }
  var requests: [String] { state.withLock { $0.requests } }

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let number = state.withLock { state in
      state.requests.append("\(request.head.method.rawValue) \(request.head.path ?? "")")
      if request.head.method != .get { state.writes += 1 }
      return state.writes
    }
    return TransportResponse(
      head: HTTPResponse(status: .ok), body: TransportBody(Array(String(number).utf8)))
  }
}

extension Transport {
  /// The status and the text of the answer.
  func answer(_ method: HTTPRequest.Method, _ path: String) async throws -> (status: Int, text: String) {
    let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
    let response = try await send(TransportRequest(head: head))
    let bytes = try await response.body.collect(limit: 1_000)
    return (response.head.status.code, String(decoding: bytes, as: UTF8.self))
  }
}
