import Foundation
import KubeModel
import Testing

@Suite("Clusters that are being served", .serialized)
struct ServedTests {
  /// Runs `body` while a process serves a cluster called `eu` in the folder `served`.
  private static func serving(_ body: (Shop) throws -> Void) throws {
    let shop = try Shop(.folder)
    let server = try shop.start(
      ["meshctl", "sim", "serve", "--state", "served", "--kubeconfig", "kubeconfig", "--cluster", "eu"])
    defer {
      server.send(SIGTERM)
      _ = try? server.outcome()
    }
    let file = shop.work.appending(path: "kubeconfig").path(percentEncoded: false)
    while !FileManager.default.fileExists(atPath: file) {
      try #require(server.isRunning, "it has ended")
      usleep(1_000)
    }
    try body(shop)
  }

  private static func time(_ shop: Shop, advancing duration: String) throws -> Date {
    let text = try shop.json("sim", "advance", duration, "--state", "served")["time"]?.string
    return try #require(text.flatMap { ISO8601DateFormatter().date(from: $0) })
  }

  @Test("jump ahead in time, without a topology")
  func advance() throws {
    try ServedTests.serving { shop in
      let first = try ServedTests.time(shop, advancing: "1s")
      let second = try ServedTests.time(shop, advancing: "1h")
      #expect(second.timeIntervalSince(first) >= 3_600)
    }
  }

  @Test("take faults and give them up, and keep those that are left")
  func faults() throws {
    let names = { (shop: Shop) in
      (try shop.json("sim", "fault", "list", "--state", "served").array ?? []).map {
        "\($0["cluster"]?.string ?? "")/\($0["name"]?.string ?? "") \($0["phase"]?.string ?? "")"
      }
    }
    try ServedTests.serving { shop in
      for kind in ["region-loss", "badImage"] {
        try shop.meshctl(expecting: 0, "sim", "fault", "add", kind, "--state", "served")
      }
      try shop.meshctl(
        expecting: 0, "sim", "fault", "add", "crash", "--after", "10m", "--for", "1m", "--state", "served")
      #expect(try names(shop) == ["eu/bad-image active", "eu/crash planned", "eu/region-loss active"])
      try shop.meshctl(expecting: 0, "sim", "fault", "clear", "region-loss", "--state", "served")
      try shop.meshctl(expecting: 0, "sim", "advance", "10m", "--state", "served")
      #expect(try names(shop) == ["eu/bad-image active", "eu/crash active"])
      let outcome = try shop.meshctl(expecting: 2, "sim", "fault", "clear", "x", "--state", "served")
      #expect(outcome.errors.contains("no fault is called x; the faults are bad-image, crash"))
      let wrong = try shop.meshctl(
        expecting: 2, "sim", "fault", "add", "crash", "--in", "us", "--state", "served")
      #expect(wrong.errors.contains("--in: no embedded cluster is called us; the clusters are eu"))
    }
  }
}
