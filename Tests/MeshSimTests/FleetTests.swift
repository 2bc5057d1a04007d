import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A fleet on disk")
struct FleetTests {
  private static func fill(_ fleet: SimulatedFleet) throws {
    let cluster = try fleet.test()
    try cluster.send(.post, "/api/v1/namespaces", namespaceJSON("n"))
    try cluster.send(.post, configMaps, configMap("gone"))
    try cluster.send(.delete, configMaps + "/gone")
    try cluster.apply(configMaps + "/a", configMap("a", ["k": "é\n\"\\"]), by: "alpha")
    try cluster.rollOut(deployment())
  }

  @Test("begins at its epoch with what every cluster has, and stays where it is when it is not used")
  func begins() throws {
    let folder = try Folder()
    for _ in 0..<2 {
      let fleet = try folder.fleet(["eu", "us"])
      #expect(fleet.clusters.keys.sorted() == ["eu", "us"])
      #expect(fleet.simulation.clock.now == SimulatedFleet.epoch && fleet.isFresh)
      try fleet.save()
    }
  }

  @Test("that is saved comes back with every object, version and the time")
  func saved() throws {
    let folder = try Folder()
    var fleet: SimulatedFleet? = try folder.fleet()
    try FleetTests.fill(try #require(fleet))
    let (before, time) = (fleet?.contents(), fleet?.simulation.clock.now)
    try fleet?.save()
    #expect(try folder.read("journal.jsonl").isEmpty)
    fleet = nil
    let loaded = try folder.fleet()
    #expect(loaded.contents() == before && loaded.simulation.clock.now == time)
    let cluster = try loaded.test()
    let list = try cluster.send(.get, configMaps).object.resourceVersion
    let next = try cluster.send(.post, configMaps, configMap("b")).object.resourceVersion
    #expect(Int(next) == (Int(list) ?? 0) + 1, "versions go on")
    try cluster.apply(configMaps + "/a", configMap("a", ["k": "2"]), by: "alpha")
    #expect(try cluster.apply(configMaps + "/a", configMap("a", ["k": "3"]), by: "beta").status == 409)
  }

  @Test("whose process is killed loses nothing that was answered")
  func killed() throws {
    let folder = try Folder()
    let fleet = try folder.fleet()
    try FleetTests.fill(fleet)
    let copy = try folder.killed()
    #expect(try !copy.read("journal.jsonl").isEmpty)
    #expect(try copy.fleet().contents() == fleet.contents())
  }

  @Test("whose process is killed in a rollout finishes it in the next", arguments: [1, 3, 6, 10])
  func killedInRollout(seconds: Int) throws {
    let folder = try Folder()
    let fleet = try folder.fleet()
    try FleetTests.fill(fleet)
    let cluster = try fleet.test()
    try cluster.apply(deployments + "/web", deployment(image: "web:2"), by: "t")
    cluster.advance(Double(seconds))
    let next = try folder.killed().fleet().test()
    try next.wait {
      $0.object(.deployment, namespace: "n", name: "web")?.isRolledOut == true
        && Set($0.objects(.pod).map(\.image)) == ["web:2"]
    }
  }

  @Test("drops a last line of the journal that was cut off, wherever, and what follows is kept")
  func torn() throws {
    let folder = try Folder()
    let fleet = try folder.fleet()
    try FleetTests.fill(fleet)
    let cluster = try fleet.test()
    let before = fleet.contents()
    let whole = try folder.killed().read("journal.jsonl")
    try cluster.send(.post, configMaps, configMap("last", ["k": "v"]))
    let line = try folder.killed().read("journal.jsonl").dropFirst(whole.count)
    for length in stride(from: 1, to: line.count - 1, by: 23) {
      let copy = try folder.killed()
      try copy.write(whole + line.prefix(length), to: "journal.jsonl")
      var second: SimulatedFleet? = try copy.fleet()
      #expect(second?.contents() == before, "cut after \(length) bytes")
      // This process is killed too: what it was answered must not hang on the torn line.
      try second?.test().send(.post, configMaps, configMap("next"))
      let after = second?.contents()
      let third = try copy.killed()
      second = nil
      #expect(try third.fleet().contents() == after, "cut after \(length) bytes")
    }
  }

  @Test("ignores a journal that is older than its snapshot")
  func oldJournal() throws {
    let folder = try Folder()
    let fleet = try folder.fleet()
    try FleetTests.fill(fleet)
    let journal = try folder.read("journal.jsonl")
    try fleet.test().send(.delete, configMaps + "/a")
    try fleet.save()
    // As if the kill came after the snapshot and before the journal was emptied.
    let copy = try folder.killed()
    try copy.write(journal, to: "journal.jsonl")
    #expect(try copy.fleet().contents() == fleet.contents())
  }

  @Test("does not repeat names or draws of the process before")
  func fresh() throws {
    let folder = try Folder()
    var names: Set<String> = []
    for _ in 0..<5 {
      let fleet = try folder.fleet()
      let cluster = try fleet.test()
      try cluster.send(.post, "/api/v1/namespaces", namespaceJSON("n"))
      let body: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "x-"]]
      #expect(try cluster.send(.post, configMaps, body).status == 201)
      names.insert(try #require(cluster.names(.configMap).max()))
      names.formUnion(cluster.names(.configMap))
      try fleet.save()
    }
    #expect(names.count == 5)
  }

  @Test("shares one time: clusters that come later begin at the time of the others")
  func time() throws {
    let folder = try Folder()
    var fleet: SimulatedFleet? = try folder.fleet(["eu"])
    fleet?.simulation.clock.advance(to: SimulatedFleet.epoch + .seconds(3_600))
    try fleet?.save()
    fleet = nil
    let both = try folder.fleet(["eu", "us"])
    #expect(both.simulation.clock.now == SimulatedFleet.epoch + .seconds(3_600))
    #expect(both.clusters["us"]?.view.now == SimulatedFleet.epoch + .seconds(3_600))
  }
}
