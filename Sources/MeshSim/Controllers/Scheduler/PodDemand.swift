import KubeModel

/// The resources that pods ask for, in thousandths of a core and bytes.
struct PodDemand: Hashable, Sendable {
  var cpu: Int64 = 0
  var memory: Int64 = 0
  var storage: Int64 = 0
  var pods: Int64 = 0
  /// Other resources by name, in pieces; sorted.
  var others: [String: Int64] = [:]

  /// What a pod needs: its containers together, or the largest of its init containers, and its overhead.
  init(ofPod pod: KubeObject) {
    let spec = pod.fields["spec"] ?? .null
    for container in spec["containers"]?.array ?? [] { self += PodDemand(requests: container) }
    var sidecars = PodDemand()
    for container in spec["initContainers"]?.array ?? [] {
      let own = PodDemand(requests: container)
      if container["restartPolicy"]?.string == "Always" {
        self += own
        sidecars += own
      } else {
        raise(to: own + sidecars)
      }
    }
    if let overhead = spec["overhead"] { self += PodDemand(overhead) }
    pods = 1
  }

  init() {}

  /// A list of resources such as a node's `allocatable`.
  init(_ list: JSONValue) {
    for member in list.object?.members ?? [] {
      let text = member.value.string ?? member.value.int.map(String.init) ?? ""
      guard let amount = Quantity(parsing: text)?.value else { continue }
      switch member.key {
      case "cpu": cpu = Int64((amount * 1_000).rounded(.up))
      case "memory": memory = Int64(amount.rounded(.up))
      case "ephemeral-storage": storage = Int64(amount.rounded(.up))
      case "pods": pods = Int64(amount)
      default: others[member.key] = Int64(amount.rounded(.up))
      }
    }
  }

  private init(requests container: JSONValue) {
    self.init(container[path: "resources", "requests"] ?? container[path: "resources", "limits"] ?? .null)
  }

  static func + (left: PodDemand, right: PodDemand) -> PodDemand {
    var sum = left
    sum += right
    return sum
  }

  static func += (left: inout PodDemand, right: PodDemand) {
    left.cpu += right.cpu
    left.memory += right.memory
    left.storage += right.storage
    left.pods += right.pods
    for (name, amount) in right.others { left.others[name, default: 0] += amount }
  }

  static func -= (left: inout PodDemand, right: PodDemand) {
    left.cpu -= right.cpu
    left.memory -= right.memory
    left.storage -= right.storage
    left.pods -= right.pods
    for (name, amount) in right.others { left.others[name, default: 0] -= amount }
  }

  private mutating func raise(to other: PodDemand) {
    cpu = max(cpu, other.cpu)
    memory = max(memory, other.memory)
    storage = max(storage, other.storage)
    for (name, amount) in other.others { others[name] = max(others[name] ?? 0, amount) }
  }

  /// What does not fit beside `used` into `allocatable`, as the scheduler calls it.
  func shortages(used: PodDemand, allocatable: PodDemand) -> [String] {
    var reasons: [String] = []
    if used.pods + 1 > allocatable.pods { reasons.append("Too many pods") }
    if cpu > 0, cpu > allocatable.cpu - used.cpu { reasons.append("Insufficient cpu") }
    if memory > 0, memory > allocatable.memory - used.memory { reasons.append("Insufficient memory") }
    if storage > 0, storage > allocatable.storage - used.storage {
      reasons.append("Insufficient ephemeral-storage")
    }
    for (name, amount) in others.sorted(by: { $0.key < $1.key })
    where amount > 0 && amount > (allocatable.others[name] ?? 0) - (used.others[name] ?? 0) {
      reasons.append("Insufficient \(name)")
    }
    return reasons
  }
}
