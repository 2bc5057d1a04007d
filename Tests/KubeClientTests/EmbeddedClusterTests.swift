import KubeClient
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A client of an embedded cluster")
struct EmbeddedClusterTests {
  /// Runs `body` with a client of an empty cluster that has the namespace `n`.
  private static func run<Value: Sendable>(
    faults: TransportFaults = TransportFaults(), seed: UInt64 = 1,
    _ body: @escaping @Sendable (KubeClient, FaultyTransport) async throws -> Value
  ) throws -> Value {
    let simulation = Simulation(seed: seed, start: SimulatedFleet.epoch)
    let cluster = SimulatedCluster(name: "eu", seed: seed, clock: simulation.clock)
    let transport = FaultyTransport(cluster.transport(), faults: TransportFaults(), seed: seed)
    let client = KubeClient(cluster: "eu", transport: transport, world: simulation.world(identity: "t"))
    return try simulation.run {
      _ = try await client.create(KubeObject(kind: .namespace, name: "n"), kind: .namespace, manager: "t")
      transport.setFaults(faults)
      return try await body(client, transport)
    }
  }

  private static func configMap(_ name: String, _ data: [String: String]) -> KubeObject {
    var object = KubeObject(kind: .configMap, namespace: "n", name: name)
    object.fields["data"] = .strings(data)
    return object
  }

  @Test("creates, reads, lists, changes and deletes objects")
  func lifecycle() throws {
    try EmbeddedClusterTests.run { client, _ in
      var object = Self.configMap("a", ["k": "1"])
      object.labels = ["app": "x"]
      let created = try await client.create(object, kind: .configMap, manager: "m")
      #expect(!created.uid.isEmpty && !created.resourceVersion.isEmpty)
      #expect(try await client.get(.configMap, namespace: "n", name: "a") == created)
      #expect(try await client.get(.configMap, namespace: "n", name: "b") == nil)
      _ = try await client.create(Self.configMap("b", [:]), kind: .configMap, manager: "m")
      #expect(try await client.list(.configMap, namespace: "n").items.map(\.name) == ["a", "b"])
      let selector = LabelSelector([.isIn("app", ["x", "y"]), .doesNotExist("z")])
      #expect(try await client.list(.configMap, namespace: "n", labels: selector).items == [created])
      let patched = try await client.mergePatch(
        .configMap, namespace: "n", name: "a", ["data": ["k": .null, "l": "2"]], manager: "m")
      #expect(patched.fields["data"] == ["l": "2"])
      #expect(try await client.delete(.configMap, namespace: "n", name: "a"))
      #expect(try await !client.delete(.configMap, namespace: "n", name: "a"))
    }
  }

  @Test("has each refusal as its code")
  func refusals() throws {
    try EmbeddedClusterTests.run { client, _ in
      let object = try await client.create(Self.configMap("a", [:]), kind: .configMap, manager: "m")
      func code(_ perform: () async throws -> Void) async -> KubeError.Code? {
        do { try await perform() } catch let error as KubeError { return error.code } catch {}
        return nil
      }
      #expect(
        await code { _ = try await client.create(Self.configMap("a", [:]), kind: .configMap, manager: "m") }
          == .alreadyExists)
      _ = try await client.mergePatch(
        .configMap, namespace: "n", name: "a", ["data": ["k": "1"]], manager: "m")
      #expect(
        await code { _ = try await client.replace(object, kind: .configMap, manager: "m") } == .conflict)
      #expect(
        await code { try await client.delete(.configMap, namespace: "n", name: "a", uid: "other") }
          == .conflict)
      #expect(
        await code {
          try await client.delete(
            .configMap, namespace: "n", name: "a", resourceVersion: object.resourceVersion)
        } == .conflict)
      #expect(
        await code { _ = try await client.create(Self.configMap("A", [:]), kind: .configMap, manager: "m") }
          == .invalid)
      let elsewhere = KubeObject(kind: .configMap, namespace: "none", name: "a")
      #expect(
        await code { _ = try await client.create(elsewhere, kind: .configMap, manager: "m") } == .notFound)
      #expect(await code { _ = try await client.replace(object, kind: .secret, manager: "m") } == .badRequest)
    }
  }

  @Test("that applies what another manager owns learns who and what, and may force it")
  func applyConflict() throws {
    try EmbeddedClusterTests.run { client, _ in
      _ = try await client.apply(
        Self.configMap("a", ["x": "1", "y": "1"]), kind: .configMap, manager: "alpha")
      let change = Self.configMap("a", ["x": "2"])
      let error = await #expect(throws: KubeError.self) {
        try await client.apply(change, kind: .configMap, manager: "beta")
      }
      #expect(error?.code == .applyConflict && error?.mayHaveHappened == false)
      #expect(error?.conflicts.map(\.manager) == ["alpha"] && error?.conflicts.map(\.field) == [".data.x"])
      let forced = try await client.apply(change, kind: .configMap, manager: "beta", isForced: true)
      #expect(forced.fields["data"] == ["x": "2", "y": "1"])
    }
  }

  @Test("sees by a watch what its list did not hold")
  func watch() throws {
    try EmbeddedClusterTests.run { client, _ in
      _ = try await client.create(Self.configMap("old", [:]), kind: .configMap, manager: "m")
      let version = try await client.list(.configMap).resourceVersion
      _ = try await client.create(Self.configMap("new", [:]), kind: .configMap, manager: "m")
      var events = try await client.watch(.configMap, resourceVersion: version).makeAsyncIterator()
      try await client.delete(.configMap, namespace: "n", name: "old")
      guard case .added(let added)? = try await events.next(),
        case .deleted(let deleted)? = try await events.next()
      else {
        Issue.record("not an addition and a deletion")
        return
      }
      #expect(added.name == "new" && deleted.name == "old")
    }
  }

  @Test("finds out by looking whether a write happened whose answer was lost", arguments: UInt64(1)...10)
  func lostAnswer(seed: UInt64) throws {
    var faults = TransportFaults()
    faults.lostAnswer = 1
    try EmbeddedClusterTests.run(faults: faults, seed: seed) { client, _ in
      let error = await #expect(throws: KubeError.self) {
        try await client.create(Self.configMap("a", ["k": "v"]), kind: .configMap, manager: "m")
      }
      #expect(error?.code == .unreachable && error?.mayHaveHappened == true, "seed \(seed)")
      let found = try await client.get(.configMap, namespace: "n", name: "a")
      #expect(found?.fields["data"] == ["k": "v"])
    }
  }

  @Test("reads through faults", arguments: UInt64(1)...20)
  func reads(seed: UInt64) throws {
    var faults = TransportFaults()
    (faults.unreachable, faults.serverError) = (0.1, 0.1)
    try EmbeddedClusterTests.run(faults: faults, seed: seed) { client, transport in
      var client = client
      client.readAttempts = 30
      for _ in 0..<20 {
        let found = try await client.get(.namespace, name: "n")
        #expect(found?.name == "n", "seed \(seed)")
      }
      transport.setFaults(TransportFaults())
    }
  }
}
