import KubeModel

/// Amounts by resource.
struct ResourceAmounts: Hashable, Sendable {
  private(set) var amounts: [String: Amount] = [:]

  init(_ amounts: [String: Amount] = [:]) { self.amounts = amounts }

  init(_ list: JSONValue?) {
    for member in list?.object?.members ?? [] { amounts[member.key] = Amount(member.value) }
  }

  subscript(name: String) -> Amount? {
    get { amounts[name] }
    set { amounts[name] = newValue }
  }

  /// In ascending order.
  var names: [String] { amounts.keys.sorted() }

  var json: JSONValue {
    .object(JSONObject(amounts.map { ($0.key, .string($0.value.description)) }))
  }

  /// `cpu=1,pods=2`.
  func text(of names: [String]) -> String {
    names.map { "\($0)=\(amounts[$0] ?? .zero)" }.joined(separator: ",")
  }

  static func + (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
    ResourceAmounts(left.amounts.merging(right.amounts) { $0 + $1 })
  }

  /// The greater of both, resource by resource.
  func orMore(_ other: ResourceAmounts) -> ResourceAmounts {
    ResourceAmounts(amounts.merging(other.amounts) { max($0, $1) })
  }
}

/// What a pod asks for in all: its containers at the same time, or one init container if that is more.
enum PodResources {
  /// - Parameter field: `requests` or `limits`.
  static func total(of pod: KubeObject, _ field: String) -> ResourceAmounts {
    func amounts(_ container: JSONValue) -> ResourceAmounts {
      ResourceAmounts(container["resources"]?[field])
    }
    var running = (pod[path: "spec", "containers"]?.array ?? []).reduce(ResourceAmounts()) {
      $0 + amounts($1)
    }
    var sidecars = ResourceAmounts()
    var starting = ResourceAmounts()
    for container in pod[path: "spec", "initContainers"]?.array ?? [] {
      if container["restartPolicy"]?.string == "Always" {
        running = running + amounts(container)
        sidecars = sidecars + amounts(container)
        starting = starting.orMore(sidecars)
      } else {
        starting = starting.orMore(sidecars + amounts(container))
      }
    }
    var total = running.orMore(starting)
    let own = ResourceAmounts(pod[path: "spec", "resources", field])
    for name in own.names { total[name] = own[name] }
    if let overhead = pod[path: "spec", "overhead"], field == "requests" || !total.names.isEmpty {
      let cost = ResourceAmounts(overhead)
      for name in cost.names where field == "requests" || total[name] != nil {
        total[name] = (total[name] ?? .zero) + (cost[name] ?? .zero)
      }
    }
    return total
  }
}
