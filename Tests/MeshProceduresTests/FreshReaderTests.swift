import KubeClient
import KubeModel
import MeshSim
import Seams
import Testing

@testable import MeshProcedures
@testable import RolloutSimulation

@Suite("Reading so that time never runs backwards")
struct FreshReaderTests {
  /// A reader whose cluster answers only with what it answered before `fallBehind`.
  private struct Library {
    let transport: FaultyTransport
    let client: KubeClient
    var reader: FreshReader

    init(_ rig: Rig) {
      var faults = TransportFaults()
      faults.staleRead = 1e-12  // remembers answers, and gives none of them yet
      transport = FaultyTransport(rig.cluster.transport(), faults: faults, seed: 1)
      client = rig.client("reader", over: transport)
      reader = FreshReader(client: client)
    }

    func fallBehind() {
      var faults = TransportFaults()
      faults.staleRead = 1
      transport.setFaults(faults)
    }

    mutating func read() async throws -> String? {
      try await reader.get(.configMap, namespace: "production", name: "book")?[path: "data", "text"]?.string
    }

    func write(_ text: String) async throws -> KubeObject {
      var book = KubeObject(kind: .configMap, namespace: "production", name: "book")
      book.set("data", "text", to: .string(text))
      return try await client.apply(book, kind: .configMap, manager: "test")
    }
  }

  @Test("an answer that is older than one seen before is refused")
  func older() throws {
    try Rig.run { rig in
      var library = Library(rig)
      _ = try await library.write("first")
      #expect(try await library.read() == "first")
      library.reader.noteWrite(try await library.write("second"))
      library.fallBehind()
      for _ in 1...10 { await #expect(throws: StaleRead.self) { try await library.read() } }
    }
  }

  @Test("what was written is read")
  func ownWrites() throws {
    try Rig.run { rig in
      var library = Library(rig)
      #expect(try await library.read() == nil)
      library.reader.noteWrite(try await library.write("first"))
      #expect(try await library.read() == "first")
      library.reader.noteWrite(try await library.write("second"))
      #expect(try await library.read() == "second")
    }
  }

  @Test("an object is believed to be gone only when it is missing three times in a row")
  func absence() throws {
    try Rig.run { rig in
      var library = Library(rig)
      _ = try await library.write("first")
      #expect(try await library.read() == "first")
      try await library.client.delete(.configMap, namespace: "production", name: "book")
      await #expect(throws: StaleRead.self) { try await library.read() }
      await #expect(throws: StaleRead.self) { try await library.read() }
      #expect(try await library.read() == nil)
      #expect(try await library.read() == nil)
    }
  }

  @Test("missing now and then is not gone")
  func flicker() throws {
    try Rig.run { rig in
      var library = Library(rig)
      _ = try await library.write("first")
      #expect(try await library.read() == "first")
      for _ in 1...4 {
        try await library.client.delete(.configMap, namespace: "production", name: "book")
        await #expect(throws: StaleRead.self) { try await library.read() }
        await #expect(throws: StaleRead.self) { try await library.read() }
        _ = try await library.write("again")
        #expect(try await library.read() == "again")
      }
    }
  }

  @Test("what was deleted on purpose is believed to be gone at once")
  func deletion() throws {
    try Rig.run { rig in
      var library = Library(rig)
      library.reader.noteWrite(try await library.write("first"))
      try await library.client.delete(.configMap, namespace: "production", name: "book")
      library.reader.noteDeletion(.configMap, namespace: "production", name: "book")
      #expect(try await library.read() == nil)
    }
  }
}
