import Seams

/// What a gateway's limits have counted in their present windows.
struct RateCounters: Sendable {
  struct Key: Hashable {
    let gateway: String
    let route: String
    let limit: RateLimit
  }

  private var windows: [Key: (start: Int64, count: Double)] = [:]

  /// How many of `count` requests a limit lets pass in this second.
  ///
  /// - Parameters:
  ///   - consumers: who share the requests evenly; `nil` for so many that nobody reaches a limit.
  ///   - pods: of the gateway, each with counters of its own unless they are shared.
  mutating func admit(
    _ count: Int, _ limit: RateLimit, gateway: String, route: String, consumers: Int?, pods: Int,
    now: Timestamp
  ) -> Int {
    guard let consumers = limit.isForAll ? 1 : consumers else { return count }
    let key = Key(gateway: gateway, route: route, limit: limit)
    // The second that ends now belongs to the window in which it began.
    let start = (now.wholeSecond - 1) / limit.seconds * limit.seconds
    var window = windows[key] ?? (start, 0)
    if window.start != start { window = (start, 0) }
    let room = limit.count * Double(consumers) * Double(limit.isShared ? 1 : max(1, pods)) - window.count
    let admitted = min(count, max(0, Int(room)))
    window.count += Double(admitted)
    windows[key] = window
    return admitted
  }
}

/// The share of requests that finds all of a pool taken (Erlang's loss formula).
enum PoolOverflow {
  /// - Parameters:
  ///   - limit: how many may be under way or wait.
  ///   - load: how many would be under way on average.
  static func share(limit: Int, load: Double) -> Double {
    guard load > 0, Double(limit) < load * 4 + 20 else { return 0 }
    guard limit > 0 else { return 1 }
    var blocked = 1.0
    for servers in 1...limit { blocked = load * blocked / (Double(servers) + load * blocked) }
    return blocked < 1e-6 ? 0 : blocked
  }
}
