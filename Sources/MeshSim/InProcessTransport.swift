import HTTPTypes
import KubeModel
import Seams

/// Carries requests to an embedded cluster as the same bytes that a socket would carry.
struct InProcessTransport: Transport {
  let cluster: SimulatedCluster
  let clock: VirtualClock
  let latency: ClosedRange<Duration>
  /// Whether a request that says nothing of its user is the administrator's.
  let isTrusted: Bool
  /// The cluster that requests come from; `nil` for clients of no cluster.
  let peer: String?

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    try await travel()
    let reception = cluster.receive(request, isTrusted: isTrusted, from: peer)
    clock.rescheduled()
    switch reception {
    case .answered(let answer):
      if answer.delay > .zero { try await clock.sleep(until: clock.now + answer.delay) }
      return response(answer)
    case .unanswered:
      try await clock.sleep(until: clock.now + request.timeout)
      throw TransportError(.timedOut, "no answer within \(request.timeout)")
    case .unreachable(let reason): throw TransportError(.unreachable, reason, wasSent: false)
    }
  }

  func open(_ request: TransportRequest) async throws -> Opening {
    try await travel()
    if let reason = cluster.withState({ $0.obstacle(from: peer) }) {
      throw TransportError(.unreachable, reason, wasSent: false)
    }
    switch cluster.openSession(request, isTrusted: isTrusted) {
    case .refused(let answer): return .refused(response(answer))
    case .accepted(let session):
      guard let chosen = request.chosenProtocol(among: session.protocols) else {
        return .refused(response(Answer(StatusError.badRequest(request.noCommonProtocol))))
      }
      let (client, server) = MessageConnection.pair(subprotocol: chosen)
      Task { [cluster, clock] in await session.run(over: server, in: cluster, clock: clock) }
      return .opened(client)
    }
  }

  private func travel() async throws {
    guard latency.upperBound > .zero else { return }
    let delay = cluster.withState { state in
      let low = latency.lowerBound.wholeMicroseconds
      let width = UInt64(latency.upperBound.wholeMicroseconds - low) + 1
      return Duration.microseconds(low + Int64(state.generator.next() % width))
    }
    try await clock.sleep(until: clock.now + delay)
  }

  private func response(_ answer: Answer) -> TransportResponse {
    let head = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headerFields)
    switch answer.body {
    case .bytes(let bytes): return TransportResponse(head: head, body: TransportBody(bytes))
    case .list(let list): return TransportResponse(head: head, body: TransportBody(list.bytes))
    case .later(let make): return response(make())
    case .watch(let watch):
      if let id = watch.id {
        watch.continuation.onTermination = { [weak cluster] termination in
          // A stream that the cluster itself ended is off its books already.
          if case .cancelled = termination { cluster?.endWatch(id) }
        }
      }
      return TransportResponse(head: head, body: TransportBody(watch.stream))
    }
  }
}
