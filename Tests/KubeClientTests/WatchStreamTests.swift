import HTTPTypes
import KubeClient
import KubeModel
import Seams
import Testing

@Suite("A watch's stream")
struct WatchStreamTests {
  private static func line(_ type: String, _ name: String, version: Int) -> String {
    """
    {"type":"\(type)","object":{"apiVersion":"v1","kind":"Pod","metadata":\
    {"name":"\(name)","resourceVersion":"\(version)"}}}

    """
  }

  private static let text =
    line("ADDED", "é", version: 1) + "\n" + line("MODIFIED", "é", version: 2)
    + line("BOOKMARK", "", version: 5)
    + line("NEWTYPE", "x", version: 6) + line("DELETED", "é", version: 7)

  private static func events(_ pieces: [[UInt8]], endingWith error: TransportError? = nil) throws -> [String]
  {
    try withClient(of: ScriptedServer(.pieces(pieces, endingWith: error))) { client in
      var events: [String] = []
      for try await event in try await client.watch(.pod) {
        switch event {
        case .added(let object): events.append("+\(object.name)@\(object.resourceVersion)")
        case .modified(let object): events.append("~\(object.name)@\(object.resourceVersion)")
        case .deleted(let object): events.append("-\(object.name)@\(object.resourceVersion)")
        case .bookmark(let version): events.append("=\(version)")
        }
      }
      return events
    }
  }

  @Test("gives the same events wherever it is cut in two")
  func cutAnywhere() throws {
    let bytes = Array(WatchStreamTests.text.utf8)
    for cut in 0...bytes.count {
      let events = try WatchStreamTests.events([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(events == ["+é@1", "~é@2", "=5", "-é@7"], "cut at \(cut)")
    }
  }

  @Test("gives the same events in pieces of any size", arguments: [1, 2, 3, 7, 64, 1_000])
  func pieces(size: Int) throws {
    let bytes = Array(WatchStreamTests.text.utf8)
    let pieces = stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
    #expect(try WatchStreamTests.events(pieces) == ["+é@1", "~é@2", "=5", "-é@7"])
  }

  @Test("of 40,000 events in one piece larger than the longest line is read through")
  func largePiece() throws {
    let padding = String(repeating: "x", count: 400)
    let bytes = Array(
      String(repeating: WatchStreamTests.line("ADDED", padding, version: 1), count: 40_000).utf8)
    #expect(bytes.count > 16 << 20)
    #expect(try WatchStreamTests.events([bytes]).count == 40_000)
  }

  @Test(
    "that is not what the API promises is a bad answer",
    arguments: [
      "not json", "{}", "[]", "null", #"{"type":"ADDED"}"#, #"{"type":"ADDED","object":[]}"#,
      #"{"type":1,"object":{}}"#, #"{"type":"ADDED","object":{"a":1,"a":2}}"#, "\u{0}", "<html></html>",
    ])
  func unreadable(line: String) throws {
    let good = WatchStreamTests.line("ADDED", "p", version: 1)
    let error = try #require(throws: KubeError.self) {
      try WatchStreamTests.events([Array((good + line + "\n" + good).utf8)])
    }
    #expect(error.code == .badAnswer && error.request == "WATCH pods" && !error.mayHaveHappened)
  }

  @Test("with a line that never ends is given up")
  func endlessLine() throws {
    let error = try #require(throws: KubeError.self) {
      try WatchStreamTests.events(Array(repeating: Array(repeating: 0x20, count: 1 << 20), count: 17))
    }
    #expect(error.code == .badAnswer && error.message.contains("larger than"))
  }

  @Test("with an ERROR event of code 410 is expired, after the events before it")
  func expired() throws {
    let status =
      #"{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version: 1 (9)"}"#
    let text =
      WatchStreamTests.line("ADDED", "p", version: 1) + #"{"type":"ERROR","object":\#(status)}"# + "\n"
    let error = try withClient(of: ScriptedServer(.pieces([Array(text.utf8)], endingWith: nil))) { client in
      var events = try await client.watch(.pod, resourceVersion: "1").makeAsyncIterator()
      guard case .added? = try await events.next() else { return nil as KubeError? }
      return await #expect(throws: KubeError.self) { try await events.next() }
    }
    #expect(error?.code == .expired && error?.message == "too old resource version: 1 (9)")
  }

  @Test("that breaks off throws that the cluster is unreachable, after the events before it")
  func broken() throws {
    let pieces = [Array(WatchStreamTests.line("ADDED", "p", version: 1).utf8), Array("{\"type\":".utf8)]
    let error = try #require(throws: KubeError.self) {
      try WatchStreamTests.events(pieces, endingWith: TransportError(.broken, "connection reset"))
    }
    #expect(error.code == .unreachable && error.message == "connection reset" && error.isTransient)
  }

  @Test("that ends within a line ends without that event")
  func cutOff() throws {
    let text = WatchStreamTests.line("ADDED", "p", version: 1) + #"{"type":"ADDED","obj"#
    #expect(try WatchStreamTests.events([Array(text.utf8)]) == ["+p@1"])
  }

  @Test(
    "that the server refuses to open throws what it says",
    arguments: [(410, KubeError.Code.expired), (403, .forbidden), (500, .serverError), (404, .notFound)])
  func refused(status: Int, code: KubeError.Code) throws {
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.text(status, #"{"message":"no"}"#))) { _ = try await $0.watch(.pod) }
    }
    #expect(error.code == code && error.message == "no")
  }

  @Test("is asked for by version and labels")
  func query() throws {
    let server = ScriptedServer(.text(200, ""))
    _ = try withClient(of: server) {
      _ = try await $0.watch(
        .deployment, namespace: "n", labels: LabelSelector([.isIn("a", ["b", "c"])]), resourceVersion: "12")
    }
    #expect(
      server.requests.map { $0.head.path ?? "" } == [
        "/apis/apps/v1/namespaces/n/deployments?watch=true&resourceVersion=12"
          + "&labelSelector=a%20in%20%28b%2Cc%29"
      ])
  }
}
