import HTTPTypes
import KubeModel
import Seams

/// Carries requests to an embedded cluster as the same bytes that a socket would carry.
struct InProcessTransport: Transport {
  let cluster: SimulatedCluster
  let clock: VirtualClock
  let latency: ClosedRange<Duration>

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let delay = cluster.withState { state in
      let low = latency.lowerBound.wholeMicroseconds
      let width = UInt64(latency.upperBound.wholeMicroseconds - low) + 1
      return Duration.microseconds(low + Int64(state.generator.next() % width))
    }
    try await clock.sleep(until: clock.now + delay)
    switch cluster.answer(request) {
    case .text(let status, let text):
      return TransportResponse(head: head(status), body: TransportBody(text))
    case .watch(let watch):
      let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
      let id = cluster.startWatch(watch, continuation)
      continuation.onTermination = { [weak cluster] _ in cluster?.endWatch(id) }
      return TransportResponse(head: head(200), body: TransportBody(stream))
    }
  }

  private func head(_ status: Int) -> HTTPResponse {
    HTTPResponse(status: .init(code: status), headerFields: [.contentType: "application/json"])
  }
}
