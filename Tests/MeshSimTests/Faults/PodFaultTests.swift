import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Faults of pods")
struct PodFaultTests {
  @Test("a crash ends containers, which start again")
  func crash() throws {
    let faulty = try FaultyCluster()
    faulty.add(.crash(FaultyCluster.web))
    faulty.cluster.advance(10)
    #expect(faulty.restarts == [1, 1, 1])
    #expect(faulty.readyPods == 3)
    #expect(faulty.cluster.cluster.faults.map(\.phase) == [.over])
  }

  @Test("a crash of one pod leaves the others alone")
  func crashOfOne() throws {
    let faulty = try FaultyCluster()
    var target = FaultyCluster.web
    target.limit = 1
    faulty.add(.crash(target))
    faulty.cluster.advance(10)
    #expect(faulty.restarts == [0, 0, 1])
  }

  @Test("pods that are not meant do not crash")
  func crashOfOthers() throws {
    let faulty = try FaultyCluster()
    var target = FaultyCluster.web
    target.image = "other:*"
    faulty.add(.crash(target))
    target.image = "web:*"
    target.labels = ["app": "other"]
    faulty.add(.crash(target), name: "labels")
    faulty.cluster.advance(10)
    #expect(faulty.restarts == [0, 0, 0])
  }

  @Test("a crash that lasts backs off, and is over when its time is")
  func lastingCrash() throws {
    let faulty = try FaultyCluster()
    faulty.add(.crash(FaultyCluster.web)) { $0.duration = .seconds(300) }
    faulty.cluster.advance(200)
    #expect(faulty.containerStates == ["CrashLoopBackOff", "CrashLoopBackOff", "CrashLoopBackOff"])
    #expect(faulty.readyPods == 0)
    #expect(faulty.lost(in: 10) > 500)
    faulty.cluster.advance(500)
    #expect(faulty.readyPods == 3)
  }

  @Test("a slow start concerns containers that start meanwhile")
  func slowStart() throws {
    let faulty = try FaultyCluster()
    faulty.add(.slowStart(FaultyCluster.web, by: .seconds(60)))
    faulty.cluster.advance(30)
    #expect(faulty.readyPods == 3)
    try faulty.scale(to: 4)
    faulty.cluster.advance(50)
    #expect(faulty.readyPods == 3)
    faulty.cluster.advance(20)
    #expect(faulty.readyPods == 4)
  }

  @Test("a bad image keeps new containers from starting until it is repaired")
  func badImage() throws {
    let faulty = try FaultyCluster()
    faulty.add(.badImage(FaultyCluster.web))
    try faulty.scale(to: 4)
    faulty.cluster.advance(3)
    #expect(faulty.containerStates == ["ErrImagePull", "runs", "runs", "runs"])
    faulty.cluster.advance(30)
    #expect(faulty.containerStates == ["ImagePullBackOff", "runs", "runs", "runs"])
    faulty.clear()
    try faulty.cluster.wait { $0.readyPods(namespace: "n", labels: ["app": "web"]) == 4 }
  }

  @Test("an error rate fails its share of the requests while it lasts")
  func errorRate() throws {
    let faulty = try FaultyCluster()
    #expect(faulty.requests(in: 60).failures == 0)
    faulty.add(.errorRate(FaultyCluster.web, share: 0.3)) { $0.duration = .seconds(60) }
    let during = faulty.requests(in: 60)
    #expect(abs(Double(during.failures) / Double(during.requests) - 0.3) < 0.03)
    faulty.cluster.advance(2)
    #expect(faulty.requests(in: 60).failures == 0)
  }

  @Test("an error rate of one pod is diluted by the others")
  func errorRateOfOne() throws {
    let faulty = try FaultyCluster()
    var target = PodTarget()
    target.name = faulty.pods[0].name
    faulty.add(.errorRate(target, share: 0.9))
    let during = faulty.requests(in: 60)
    #expect(abs(Double(during.failures) / Double(during.requests) - 0.3) < 0.04)
  }

  @Test("latency is added to every answer")
  func latency() throws {
    let faulty = try FaultyCluster()
    faulty.add(.latency(FaultyCluster.web, by: .milliseconds(600)))
    faulty.cluster.advance(2)
    let during = faulty.requests(in: 30)
    let fast = zip(RequestStatistics.bounds, during.buckets).filter { $0.0 <= 0.5 }.reduce(0) { $0 + $1.1 }
    #expect(during.requests > 2_000 && fast * 100 < during.requests, "\(during)")
  }
}
