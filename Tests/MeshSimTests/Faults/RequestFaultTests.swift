import HTTPTypes
import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Faults of the API")
struct RequestFaultTests {
  private static func requests(_ change: (inout RequestTarget) -> Void) -> RequestTarget {
    var target = RequestTarget()
    change(&target)
    return target
  }

  @Test("latency lets requests that are meant wait")
  func latency() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.apiLatency(RequestFaultTests.requests { $0.verbs = ["list"] }, by: .seconds(3)))
    let start = faulty.cluster.now
    _ = try faulty.send(.get, "\(deployments)/web")
    let between = faulty.cluster.now
    _ = try faulty.send(.get, deployments)
    #expect(between - start < .seconds(1))
    #expect(faulty.cluster.now - between >= .seconds(3))
  }

  @Test("an answer that takes longer than the client waits is lost, not undone")
  func latencyBeyondTimeout() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.apiLatency(RequestTarget(), by: .seconds(31)))
    let error = #expect(throws: TransportError.self) { try faulty.send(.post, configMaps, configMap("late")) }
    #expect(error?.code == .timedOut && error?.wasSent == true)
    #expect(faulty.cluster.names(.configMap).contains("late"))
  }

  @Test("an error is answered instead of doing anything", arguments: [(429, "4"), (503, "4"), (500, nil)])
  func error(status: Int, retryAfter: String?) throws {
    let faulty = try FaultyCluster(traffic: false)
    let failure = APIFailure(status: status, retryAfter: retryAfter == nil ? nil : .seconds(4))
    faulty.add(.apiError(RequestFaultTests.requests { $0.resources = ["configmaps"] }, failure))
    let answer = try faulty.send(.post, configMaps, configMap("refused"))
    #expect(answer.head.status.code == status && answer.body["kind"]?.string == "Status")
    #expect(answer.head.headerFields[.retryAfter] == retryAfter)
    #expect(!faulty.cluster.names(.configMap).contains("refused"))
    #expect(try faulty.send(.get, deployments).head.status == .ok)
  }

  @Test("an error of a share of the requests is drawn for each")
  func share() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.apiError(RequestFaultTests.requests { $0.share = 0.3 }, APIFailure()))
    let failures = try (0..<200).count { _ in try faulty.send(.get, deployments).head.status.code == 503 }
    #expect((30...90).contains(failures))
  }

  @Test("a lost answer is that of a write that was done")
  func lostAnswer() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.lostAnswer(RequestFaultTests.requests { $0.verbs = ["create"] }))
    let error = #expect(throws: TransportError.self) { try faulty.send(.post, configMaps, configMap("done")) }
    #expect(error?.code == .timedOut)
    #expect(try faulty.send(.get, "\(configMaps)/done").head.status == .ok)
  }

  @Test("a lost watch breaks off, others go on", arguments: [("configmaps", true), ("secrets", false)])
  func lostWatch(resource: String, isBroken: Bool) throws {
    let faulty = try FaultyCluster(traffic: false)
    let broke = try faulty.cluster.simulation.run {
      let path = "\(configMaps)?watch=true&resourceVersion=0&timeoutSeconds=5"
      let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: path)
      let response = try await faulty.cluster.cluster.transport().send(TransportRequest(head: head))
      faulty.add(.lostWatch(RequestFaultTests.requests { $0.resources = [resource] }))
      // Only who sleeps lets time pass.
      async let pause: Void = faulty.cluster.simulation.clock.sleep(for: .seconds(30))
      do {
        for try await _ in response.body {}
        try await pause
        return false
      } catch is TransportError {
        return true
      }
    }
    #expect(broke == isBroken)
  }

  @Test("a stale read shows what was, where a cache may answer")
  func staleRead() throws {
    let faulty = try FaultyCluster(traffic: false)
    let first = try faulty.send(.post, configMaps, configMap("c", ["v": "1"])).body
    faulty.cluster.advance(60)
    let second = try faulty.cluster.patch("\(configMaps)/c", ["data": ["v": "2"]])
    _ = try faulty.send(.post, configMaps, configMap("new"))
    faulty.add(.staleRead(RequestTarget(), by: .seconds(30)))
    func value(_ query: String) throws -> String? {
      try faulty.send(.get, "\(configMaps)/c\(query)").body[path: "data", "v"]?.string
    }
    func names(_ query: String) throws -> [String] {
      (try faulty.send(.get, "\(configMaps)\(query)").body["items"]?.array ?? []).compactMap {
        $0[path: "metadata", "name"]?.string
      }
    }
    #expect(try value("?resourceVersion=0") == "1")
    #expect(try value("") == "2")
    let seen = try #require(first[path: "metadata", "resourceVersion"]?.string)
    #expect(try value("?resourceVersion=\(seen)") == "1")
    #expect(try value("?resourceVersion=\(second.object.resourceVersion)") == "2")
    #expect(try names("?resourceVersion=0").contains("new") == false)
    #expect(try names("").contains("new"))
    #expect(try faulty.send(.get, "\(configMaps)/new?resourceVersion=0").head.status == .notFound)
    faulty.clear()
    #expect(try value("?resourceVersion=0") == "2")
  }

  @Test("a partition keeps the clients of one other cluster away")
  func partition() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.partition(.cluster("us", hosts: ["*.us.example.com"])))
    #expect(throws: TransportError.self) { try faulty.send(.get, deployments, from: "us") }
    #expect(try faulty.send(.get, deployments, from: "asia").head.status == .ok)
    #expect(try faulty.send(.get, deployments).head.status == .ok)
    let cut = faulty.cluster.cluster.withState { state -> [String] in
      state.traffic.refresh(state.store, state.images, state.faults)
      return ["api.us.example.com", "api.eu.example.com"].map { host in
        state.traffic.network.snapshot.reach(
          from: .workload(namespace: "n", name: "web"), to: host, port: 443
        )
        .map(\.verdict.layer.rawValue).joined()
      }
    }
    #expect(cut == ["node", "application"])
  }

  @Test("a partition from the metrics leaves the API alone")
  func metrics() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.partition(.metrics))
    #expect(throws: TransportError.self) { try faulty.cluster.cluster.reachMetrics() }
    #expect(try faulty.send(.get, deployments).head.status == .ok)
    faulty.clear()
    #expect(throws: Never.self) { try faulty.cluster.cluster.reachMetrics() }
  }

  @Test("a wrong clock stamps wrong times, and delays nothing", arguments: [600, -600])
  func clockSkew(seconds: Int64) throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.clockSkew(.seconds(seconds)))
    try faulty.scale(to: 4)
    faulty.cluster.advance(10)
    #expect(faulty.readyPods == 4)
    let made = try faulty.send(.post, configMaps, configMap("c")).body
    let stamp = try #require(
      made[path: "metadata", "creationTimestamp"]?.string.flatMap(Timestamp.init(rfc3339:)))
    let offset = stamp - faulty.cluster.now
    #expect(abs(offset.inSeconds - Double(seconds)) < 2)
    faulty.clear()
    let right = try faulty.send(.post, configMaps, configMap("d")).body
    let after = try #require(
      right[path: "metadata", "creationTimestamp"]?.string.flatMap(Timestamp.init(rfc3339:)))
    #expect(abs((after - faulty.cluster.now).inSeconds) < 2)
  }
}
