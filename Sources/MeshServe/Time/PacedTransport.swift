public import Seams

/// Lets what is behind it answer at the time that a paced clock should show, and tells the pacer that a
/// request may have made something due.
public struct PacedTransport: Transport {
  private let handler: any Transport
  private let pacer: ClockPacer
  private let clock: VirtualClock

  /// Wraps `handler`, which lives on `clock`.
  public init(_ handler: any Transport, clock: VirtualClock, pacer: ClockPacer) {
    self.handler = handler
    self.clock = clock
    self.pacer = pacer
  }

  public func send(_ request: TransportRequest) async throws -> TransportResponse {
    pacer.catchUp()
    defer { clock.rescheduled() }
    return try await handler.send(request)
  }

  public func open(_ request: TransportRequest) async throws -> Opening {
    pacer.catchUp()
    defer { clock.rescheduled() }
    return try await handler.open(request)
  }
}
