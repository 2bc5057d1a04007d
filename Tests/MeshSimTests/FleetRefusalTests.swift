import Foundation
import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A fleet is refused")
struct FleetRefusalTests {
  @Test("while another one has it open, and not afterwards")
  func locked() throws {
    let folder = try Folder()
    var first: SimulatedFleet? = try folder.fleet()
    let error = try #require(throws: ClusterFileError.self) { try folder.fleet() }
    #expect(error.isLocked)
    #expect(
      error.description
        == "\(folder.path)/state/lock: another meshctl uses the embedded clusters of this folder")
    #expect(throws: ClusterFileError.self) { try SimulatedFleet.reset(folder: folder.path + "/state") }
    #expect(first?.clusters.count == 1)
    first = nil
    #expect(try folder.fleet().clusters.count == 1)
  }

  @Test(
    "when its snapshot is damaged, with the way out",
    arguments: [
      "", "{", "[]", "{}", "\u{0}",
      #"{"format":1,"name":"eu","seed":"1","time":0,"resourceVersion":1,"objects":[]}"#,
      #"{"format":2,"name":"eu","seed":"x","time":0,"resourceVersion":1,"objects":[]}"#,
      #"{"format":2,"name":"eu","seed":"1","time":0,"resourceVersion":1,"objects":[5]}"#,
      #"{"format":2,"name":"eu","seed":"1","time":0,"resourceVersion":1}"#,
    ])
  func damaged(snapshot: String) throws {
    let folder = try Folder()
    try folder.fleet().save()
    try folder.write(Array(snapshot.utf8), to: "snapshot.json")
    let error = try #require(throws: ClusterFileError.self) { try folder.fleet() }
    #expect(!error.isLocked && error.path.hasSuffix("/clusters/eu/snapshot.json"))
    #expect(error.message.contains("damaged") && error.message.contains("meshctl sim reset"))
    #expect(try folder.read("snapshot.json") == Array(snapshot.utf8), "it is left as it is")
    #expect(try SimulatedFleet.reset(folder: folder.path + "/state") == ["eu"])
    #expect(try folder.fleet().isFresh)
  }

  @Test("when its snapshot was cut off anywhere")
  func cutOff() throws {
    let folder = try Folder()
    let fleet = try folder.fleet()
    try fleet.test().send(.post, "/api/v1/namespaces", namespaceJSON("n"))
    try fleet.save()
    let whole = try folder.read("snapshot.json")
    for length in stride(from: 0, to: whole.count, by: 37) {
      let copy = try folder.killed()
      try copy.write(Array(whole.prefix(length)), to: "snapshot.json")
      #expect(throws: ClusterFileError.self, "cut after \(length) bytes") { try copy.fleet() }
    }
  }

  @Test("when its folder cannot be made")
  func noFolder() throws {
    let folder = try Folder()
    try Data().write(to: URL(filePath: folder.path + "/state"))
    let error = try #require(throws: ClusterFileError.self) { try folder.fleet() }
    #expect(!error.isLocked && error.message.contains("cannot be opened"))
  }

  @Test("is not what a reset does: it removes every cluster and says which")
  func reset() throws {
    let folder = try Folder()
    #expect(try SimulatedFleet.reset(folder: folder.path + "/state").isEmpty)
    do {
      let fleet = try folder.fleet(["eu", "us"])
      try fleet.test().send(.post, "/api/v1/namespaces", namespaceJSON("n"))
      try fleet.save()
    }
    #expect(try SimulatedFleet.reset(folder: folder.path + "/state") == ["eu", "us"])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/state/clusters"))
    #expect(try folder.fleet(["eu", "us"]).isFresh)
  }
}
