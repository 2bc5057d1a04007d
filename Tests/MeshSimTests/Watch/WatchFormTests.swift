import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A watch of the newer kind")
struct WatchFormTests {
  /// The types and names of the events of a watch that ends by its time.
  private static func events(_ query: String, accept: String? = nil) throws -> [String] {
    let cluster = try TestCluster()
    for name in ["a", "b"] {
      try cluster.send(.post, configMaps, configMap(name, metadata: [("labels", ["t": "w"])]))
    }
    return try cluster.simulation.run {
      var head = HTTPRequest(
        method: .get, scheme: nil, authority: nil,
        path: configMaps + "?watch=1&labelSelector=t%3Dw&timeoutSeconds=2&" + query)
      if let accept { head.headerFields[.accept] = accept }
      let response = try await cluster.cluster.transport().send(TransportRequest(head: head))
      // The watch is over by then, and all that it told waits to be read.
      try await cluster.simulation.clock.sleep(for: .seconds(3))
      var events: [String] = []
      for try await piece in response.body {
        for line in piece.split(separator: UInt8(ascii: "\n")) {
          let event = try JSONValue(json: line)
          let object = event["object"] ?? .null
          let end = object[path: "metadata", "annotations", "k8s.io/initial-events-end"]?.string ?? ""
          let name = object[path: "metadata", "name"]?.string ?? end
          events.append("\(event["type"]?.string ?? "") \(object["kind"]?.string ?? "") \(name)")
        }
      }
      return events
    }
  }

  @Test("begins with what is there, and says where that ends (watch-initial-events)")
  func initialEvents() throws {
    let query = "sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"
    #expect(
      try Self.events(query) == ["ADDED ConfigMap a", "ADDED ConfigMap b", "BOOKMARK ConfigMap true"])
    let partial = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
    #expect(
      try Self.events(query, accept: partial) == [
        "ADDED PartialObjectMetadata a", "ADDED PartialObjectMetadata b",
        "BOOKMARK PartialObjectMetadata true",
      ])
  }

  @Test("of a version from the future sees nothing, and one that wants no past sees none of it")
  func nothing() throws {
    #expect(try Self.events("resourceVersion=999999").isEmpty)
    #expect(try Self.events("sendInitialEvents=false&resourceVersionMatch=NotOlderThan").isEmpty)
  }
}
