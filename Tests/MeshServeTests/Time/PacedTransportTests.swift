import HTTPTypes
import MeshServe
import Seams
import Testing

@Suite("A transport on a paced clock")
struct PacedTransportTests {
  private static let start = Timestamp(seconds: 1_000_000)
  private static let request = TransportRequest(
    head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/"))

  @Test("answers at the time that the clock should show")
  func time() throws {
    let simulation = Simulation(seed: 1, start: Timestamp(seconds: 5_000))
    let seen = try simulation.run {
      let clock = VirtualClock(start: PacedTransportTests.start)
      let pacer = ClockPacer(clock, following: simulation.clock, speed: 60)
      let handler = ScriptedTransport(answer: { _ in
        .text("\((clock.now - PacedTransportTests.start).inSeconds)")
      })
      let transport = PacedTransport(handler, clock: clock, pacer: pacer)
      try await simulation.clock.sleep(for: .seconds(2))
      let response = try await transport.send(PacedTransportTests.request)
      return String(decoding: try await response.body.collect(limit: 100), as: UTF8.self)
    }
    #expect(seen == "120.0")
  }

  @Test("lets what a request has scheduled happen on time, though the pacer waits for something later")
  func scheduling() throws {
    let simulation = Simulation(seed: 1, start: Timestamp(seconds: 5_000))
    try simulation.run {
      let wall = simulation.clock
      let clock = VirtualClock(start: PacedTransportTests.start)
      let agenda = Agenda([PacedTransportTests.start + .seconds(1_000)])
      clock.drive(agenda)
      let pacer = ClockPacer(clock, following: wall)
      let handler = ScriptedTransport(answer: { _ in
        agenda.add(clock.now + .seconds(3))
        return .text("ok")
      })
      let transport = PacedTransport(handler, clock: clock, pacer: pacer)
      try await withThrowingTaskGroup { group in
        group.addTask { await pacer.run() }
        group.addTask {
          try await wall.sleep(for: .seconds(10))
          _ = try await transport.send(PacedTransportTests.request)
          try await wall.sleep(for: .seconds(2.9))
          #expect(agenda.doneCount == 0)
          try await wall.sleep(for: .seconds(0.2))
          #expect(agenda.doneCount == 1)
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }
}
