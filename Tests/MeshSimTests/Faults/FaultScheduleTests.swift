import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("The times of faults")
struct FaultScheduleTests {
  private static func schedule(_ change: (inout FaultSchedule) -> Void) -> FaultSchedule {
    var schedule = FaultSchedule()
    change(&schedule)
    return schedule
  }

  @Test(
    "are known from what is declared",
    arguments: [
      (schedule { $0.start = .after(.seconds(10)) }, "0 p 10 a 20 a 500 a"),
      (
        schedule {
          $0.start = .after(.seconds(10))
          $0.duration = .seconds(5)
        }, "0 p 9 p 10 a 14 a 15 o 500 o"
      ),
      (
        schedule {
          $0.duration = .seconds(5)
          $0.interval = .seconds(20)
        }, "0 a 4 a 5 p 19 p 20 a 25 p 60 a 65 p"
      ),
      (
        schedule {
          $0.duration = .seconds(5)
          $0.interval = .seconds(20)
          $0.count = 2
        }, "0 a 5 p 20 a 25 o 40 o 1000 o"
      ),
      (
        schedule {
          $0.start = .at(SimulatedFleet.epoch + .seconds(30))
          $0.duration = .seconds(5)
        }, "0 p 20 p 30 a 35 o"
      ),
      (
        schedule {
          $0.duration = .seconds(5)
          $0.interval = .seconds(20)
          $0.probability = 0
        }, "0 p 4 p 20 p 22 p"
      ),
    ])
  func times(schedule: FaultSchedule, expected: String) throws {
    let simulation = Simulation(seed: 1, start: SimulatedFleet.epoch)
    let cluster = SimulatedCluster(name: "eu", seed: 1, clock: simulation.clock)
    cluster.add(Fault("f", .partition(.metrics), schedule))
    let words = expected.split(separator: " ").map(String.init)
    let seen = stride(from: 0, to: words.count, by: 2).map { index in
      simulation.clock.advance(to: SimulatedFleet.epoch + .seconds(Int64(words[index]) ?? 0))
      return "\(words[index]) \(cluster.faults.first?.phase.rawValue.prefix(1) ?? "-")"
    }
    #expect(seen.joined(separator: " ") == expected)
  }

  @Test("repeat what happens in a moment")
  func repetition() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.crash(FaultyCluster.web)) {
      $0.interval = .seconds(900)
      $0.count = 3
    }
    faulty.cluster.advance(60)
    #expect(faulty.restarts == [1, 1, 1])
    faulty.cluster.advance(3_600)
    #expect(faulty.restarts == [3, 3, 3])
    #expect(faulty.cluster.cluster.faults.map(\.occurrences) == [3])
  }

  @Test("are drawn for each time where a fault is only probable")
  func probability() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.crash(FaultyCluster.web)) {
      $0.interval = .seconds(900)
      $0.count = 20
      $0.probability = 0.5
    }
    faulty.cluster.advance(900 * 21)
    let restarts = try #require(faulty.restarts.first)
    #expect((4...16).contains(restarts) && faulty.restarts == [restarts, restarts, restarts])
  }

  @Test("go on in the next process, after a save and after a kill", arguments: [true, false])
  func durability(isSaved: Bool) throws {
    let folder = try Folder()
    do {
      let fleet = try SimulatedFleet(folder: folder.path, names: ["eu"], seed: 1)
      let cluster = try #require(fleet.clusters["eu"])
      var schedule = FaultSchedule()
      schedule.duration = .seconds(100)
      cluster.add(Fault("metrics", .partition(.metrics), schedule))
      var target = NodeTarget()
      target.names = ["eu-node-1"]
      cluster.add(Fault("node", .nodeLoss(target), schedule))
      fleet.simulation.clock.advance(to: fleet.simulation.clock.now + .seconds(60))
      #expect(
        cluster.view.object(.node, namespace: nil, name: "eu-node-1")?.conditionStatus("Ready") == "Unknown")
      if isSaved { try fleet.save() }
      fleet.close()
    }
    let fleet = try SimulatedFleet(folder: folder.path, names: ["eu"], seed: 1)
    defer { fleet.close() }
    let cluster = try #require(fleet.clusters["eu"])
    #expect(cluster.faults.map(\.phase) == [.active, .active])
    #expect(throws: TransportError.self) { try cluster.reachMetrics() }
    fleet.simulation.clock.advance(to: fleet.simulation.clock.now + .seconds(60))
    #expect(cluster.faults.map(\.phase) == [.over, .over])
    #expect(throws: Never.self) { try cluster.reachMetrics() }
    #expect(cluster.view.object(.node, namespace: nil, name: "eu-node-1")?.conditionStatus("Ready") == "True")
  }

  @Test("of every kind are read back as they were written", arguments: FaultHistoryTests.effects)
  func form(effect: FaultEffect) {
    var schedule = FaultSchedule()
    schedule.start = .at(SimulatedFleet.epoch)
    schedule.duration = .seconds(3)
    schedule.interval = .seconds(5)
    schedule.count = 7
    schedule.probability = 0.25
    let stored = StoredFault(Fault("f", effect, schedule, origin: .topology), since: SimulatedFleet.epoch)
    let read = StoredFault(stored.object)
    #expect(read?.fault == stored.fault && read?.since == stored.since)
  }

  @Test("of a topology stay while it declares them, beside those of commands")
  func topology() throws {
    let simulation = Simulation(seed: 1, start: SimulatedFleet.epoch)
    let cluster = SimulatedCluster(name: "eu", seed: 1, clock: simulation.clock)
    var schedule = FaultSchedule()
    schedule.duration = .seconds(60)
    let first = Fault("p.a", .regionLoss, schedule, origin: .topology)
    let second = Fault("p.b", .partition(.metrics), schedule, origin: .topology)
    cluster.add(Fault("mine", .clockSkew(.seconds(1))))
    cluster.setTopologyFaults([first, second])
    simulation.clock.advance(to: simulation.clock.now + .seconds(61))
    cluster.setTopologyFaults([first])
    #expect(cluster.faults.map(\.fault.name) == ["mine", "p.a"])
    #expect(cluster.faults.map(\.phase) == [.active, .over])
  }
}
