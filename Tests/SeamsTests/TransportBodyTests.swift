import Seams
import Testing

@Suite("A body")
struct TransportBodyTests {
  private static func pieces(_ pieces: [[UInt8]], error: TransportError? = nil) -> TransportBody {
    TransportBody(
      AsyncThrowingStream { continuation in
        for piece in pieces { continuation.yield(piece) }
        continuation.finish(throwing: error)
      })
  }

  @Test("is collected whole, in one piece or in many")
  func collect() async throws {
    #expect(try await TransportBody([1, 2, 3]).collect(limit: 3) == [1, 2, 3])
    #expect(try await TransportBodyTests.pieces([[1], [], [2, 3]]).collect(limit: 3) == [1, 2, 3])
    #expect(try await TransportBody([]).collect(limit: 0) == [])
  }

  @Test("is refused beyond the limit, in one piece or in many")
  func limit() async throws {
    for body in [TransportBody([1, 2, 3]), TransportBodyTests.pieces([[1], [2, 3]])] {
      let error = await #expect(throws: TransportError.self) { try await body.collect(limit: 2) }
      #expect(error?.code == .bodyTooLarge)
      #expect(error?.description == "the answer is larger than 2 bytes")
    }
  }

  @Test("that breaks off says so")
  func broken() async throws {
    let body = TransportBodyTests.pieces([[1]], error: TransportError(.broken, "connection reset"))
    let error = await #expect(throws: TransportError.self) { try await body.collect(limit: 10) }
    #expect(error?.code == .broken && error?.wasSent == true)
  }
}
