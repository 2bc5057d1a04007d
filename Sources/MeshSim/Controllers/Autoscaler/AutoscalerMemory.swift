import KubeModel
import Seams

/// What an autoscaler remembers: its recommendations and what it has done.
struct AutoscalerMemory: Sendable {
  struct Entry: Sendable {
    let time: Timestamp
    let replicas: Int
  }

  private(set) var recommendations: [Entry] = []
  private var ups: [Entry] = []
  private var downs: [Entry] = []
  /// The pods of the target, and the count of changes at which they were counted.
  var census: (changes: UInt64, pods: PodCensus)?

  mutating func recommend(_ replicas: Int, at time: Timestamp, keeping window: Duration) {
    recommendations.removeAll { $0.time < time - window }
    recommendations.append(Entry(time: time, replicas: replicas))
  }

  func recent(_ window: Duration, now: Timestamp) -> [Int] {
    recommendations.filter { $0.time > now - window }.map(\.replicas)
  }

  mutating func scaled(from before: Int, to after: Int, at time: Timestamp) {
    let entry = Entry(time: time, replicas: abs(after - before))
    if after > before { ups.append(entry) } else { downs.append(entry) }
    ups.removeAll { $0.time < time - .seconds(1_800) }
    downs.removeAll { $0.time < time - .seconds(1_800) }
  }

  func added(within period: Duration, now: Timestamp) -> Int { AutoscalerMemory.sum(ups, period, now) }
  func removed(within period: Duration, now: Timestamp) -> Int { AutoscalerMemory.sum(downs, period, now) }

  private static func sum(_ entries: [Entry], _ period: Duration, _ now: Timestamp) -> Int {
    entries.filter { $0.time > now - period }.reduce(0) { $0 + $1.replicas }
  }
}

/// The pods behind an autoscaler's target, counted.
struct PodCensus: Sendable {
  var ready = 0
  /// Pods that run or will run and are not ready.
  var unready = 0
  /// Requests by resource, all ready pods together; `nil` where a container asks for nothing.
  var requests: [String: Double?] = [:]
  /// The names of a container and a pod that ask for nothing of a resource.
  var lacking: [String: (container: String, pod: String)] = [:]

  init(_ pods: [KubeObject]) {
    for pod in pods where pod.deletionTimestamp == nil && !pod.isFinishedPod {
      guard pod.isReadyPod else {
        unready += 1
        continue
      }
      ready += 1
      for resource in ["cpu", "memory"] { count(resource, of: pod) }
    }
  }

  private mutating func count(_ resource: String, of pod: KubeObject) {
    var sum = 0.0
    for container in pod[path: "spec", "containers"]?.array ?? [] {
      guard let text = container[path: "resources", "requests", resource]?.string,
        let amount = Quantity(parsing: text)
      else {
        lacking[resource] = (container["name"]?.string ?? "", pod.name)
        requests[resource] = .some(nil)
        return
      }
      sum += amount.value
    }
    guard lacking[resource] == nil else { return }
    requests[resource] = ((requests[resource] ?? 0) ?? 0) + sum
  }
}
