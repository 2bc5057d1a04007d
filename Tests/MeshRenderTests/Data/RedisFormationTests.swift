import Testing

/// These start real servers of Redis on the loopback, and are left out only where Redis is not installed.
@Suite("A rendered cache, run by real servers of Redis", .serialized, .enabled(if: RedisNodes.isInstalled))
struct RedisFormationTests {
  @Test("becomes a cluster once, and survives the loss of a master")
  func formsAndFailsOver() throws {
    let nodes = try RedisNodes()
    try nodes.start()
    defer { nodes.stop() }
    let first = try nodes.form()
    #expect(first.status == 0, "\(first.output)")
    #expect(first.output.contains("creating a cluster of 6 nodes, 1 replicas for each master"))

    let second = try nodes.form()
    #expect(second.status == 0, "\(second.output)")
    #expect(second.output.trimmingPrefix("cluster: ") == "all 16384 slots are served by 3 masters\n")
    let info = try lines(nodes.ask(0, "cluster", "info"))
    for line in [
      "cluster_state:ok", "cluster_slots_assigned:16384", "cluster_known_nodes:6", "cluster_size:3",
    ] {
      #expect(info.contains(line))
    }
    let members = try lines(nodes.ask(0, "cluster", "nodes")).map { $0.split(separator: " ") }
    #expect(members.filter { $0[2].contains("slave") }.count == 3)

    #expect(try nodes.write("order", "42"))
    let victim = try #require((0..<6).first { try lines(nodes.ask($0, "role")).first == "master" })
    let id = try #require(lines(nodes.ask(victim, "cluster", "myid")).first)
    let heir = try #require(
      (0..<6).first { index in
        members.contains { $0[1].hasPrefix(nodes.address(index) + ":") && $0[3] == id }
      })
    try nodes.kill(victim)
    #expect(try nodes.wait(heir, for: "master", in: "role"))
    #expect(try nodes.wait(heir, for: "cluster_state:ok", in: "cluster info"))
    #expect(try nodes.wait(heir, for: "cluster_size:3", in: "cluster info"))
    #expect(try lines(nodes.ask(heir, "get", "order")).contains("42"))
  }

  @Test("is a cluster again when all pods start anew at other addresses at once")
  func survivesNewAddresses() throws {
    let nodes = try RedisNodes()
    try nodes.start()
    defer { nodes.stop() }
    let formed = try nodes.form()
    #expect(formed.status == 0, "\(formed.output)")
    #expect(try nodes.write("order", "42"))
    let before = nodes.address(0)
    nodes.stop()
    try nodes.start()
    try nodes.keepAddresses()
    #expect(nodes.address(0) != before)
    for index in 0..<6 {
      #expect(try nodes.wait(index, for: "cluster_state:ok", in: "cluster info"))
    }
    #expect(try !nodes.ask(0, "cluster", "nodes").contains(before + ":"))
    #expect(try lines(nodes.ask(0, "get", "order")).contains("42"))
  }

  private func lines(_ text: String) -> [String] { text.split(whereSeparator: \.isNewline).map(String.init) }
}
