import HTTPTypes
import KubeClient
import KubeModel
import Seams
import Synchronization

/// A server that answers as it is told, one answer a request, and the last one for ever.
final class ScriptedServer: Transport {
  enum Answer: Sendable {
    case bytes(Int, [UInt8])
    case pieces([[UInt8]], endingWith: TransportError?)
    case failure(TransportError)

    static func text(_ status: Int, _ text: String) -> Answer { .bytes(status, Array(text.utf8)) }
    static func json(_ status: Int, _ value: JSONValue) -> Answer { .bytes(status, value.jsonBytes()) }
  }

  private let state: Mutex<(answers: [Answer], requests: [TransportRequest])>

  init(_ answers: Answer...) { state = Mutex((answers, [])) }

  var requests: [TransportRequest] { state.withLock { $0.requests } }

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let answer = state.withLock { state in
      state.requests.append(request)
      return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
    }
    switch answer {
    case .failure(let error): throw error
    case .bytes(let status, let bytes):
      return TransportResponse(head: HTTPResponse(status: .init(code: status)), body: TransportBody(bytes))
    case .pieces(let pieces, let error):
      let body = TransportBody(
        AsyncThrowingStream { continuation in
          for piece in pieces { continuation.yield(piece) }
          continuation.finish(throwing: error)
        })
      return TransportResponse(head: HTTPResponse(status: .ok), body: body)
    }
  }
}

/// Runs `body` with a client of `server` in virtual time.
func withClient<Value: Sendable>(
  of server: any Transport, seed: UInt64 = 1, _ body: @escaping @Sendable (KubeClient) async throws -> Value
) throws -> Value {
  let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
  let client = KubeClient(cluster: "test", transport: server, world: simulation.world(identity: "t"))
  return try simulation.run { try await body(client) }
}

let podJSON: JSONValue = [
  "apiVersion": "v1", "kind": "Pod",
  "metadata": ["name": "p", "namespace": "n", "resourceVersion": "7"],
]
