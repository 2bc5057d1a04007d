import KubeModel
import MeshProcedures
import MeshSim
import MeshTopology
import Seams

/// What is to happen to the faults of some clusters.
enum FaultOrder {
  case apply([FaultPlan])
  case add(PlannedFault)
  case list
  case clear(String?)

  /// Whether anything may change.
  var isChange: Bool { if case .list = self { false } else { true } }

  /// Carries the order out.
  ///
  /// - Returns: the faults of the clusters afterwards, or those that were taken away.
  func carryOut(on clusters: [(name: String, cluster: SimulatedCluster)]) throws -> [EmbeddedFaults.Standing]
  {
    switch self {
    case .apply(let plans):
      for (name, cluster) in clusters {
        let faults = try plans.flatMap { try $0.faults(for: name, origin: .command) }
        for report in cluster.faults
        where plans.contains(where: { report.fault.name.hasPrefix($0.name + ".") }) {
          cluster.removeFault(report.fault.name)
        }
        for fault in faults { cluster.add(fault) }
      }
      return FaultOrder.standings(clusters)
    case .add(let fault):
      let schedule = try fault.schedule
      for (_, cluster) in clusters {
        cluster.add(Fault(fault.name, fault.effect, schedule, origin: .command))
      }
      return FaultOrder.standings(clusters)
    case .list: return FaultOrder.standings(clusters)
    case .clear(let name): return try FaultOrder.clear(name, clusters)
    }
  }

  private static func clear(_ name: String?, _ clusters: [(name: String, cluster: SimulatedCluster)]) throws
    -> [EmbeddedFaults.Standing]
  {
    let all = standings(clusters)
    let meant = all.filter { fault in name.map { fault.name == $0 || fault.name.hasPrefix($0 + ".") } ?? true
    }
    let removable = meant.filter { !$0.isDeclared }
    if let name, removable.isEmpty {
      let names = all.filter { !$0.isDeclared }.map(\.name)
      throw ProcedureError(
        .invalidInput,
        meant.isEmpty ? "no fault is called \(name)" : "the topology declares \(name), so it would come back",
        place: "sim fault clear",
        remedy: !meant.isEmpty
          ? "remove it from its FaultPlan, and commit"
          : names.isEmpty ? "there are no faults to clear" : "the faults are \(names.joined(separator: ", "))"
      )
    }
    for fault in removable {
      clusters.first { $0.name == fault.cluster }?.cluster.removeFault(fault.name)
    }
    return removable
  }

  private static func standings(_ clusters: [(name: String, cluster: SimulatedCluster)])
    -> [EmbeddedFaults.Standing]
  {
    clusters.flatMap { name, cluster in cluster.faults.map { EmbeddedFaults.Standing($0, cluster: name) } }
  }
}

extension FaultOrder {
  /// The order as another process understands it.
  var json: JSONValue {
    switch self {
    case .apply(let plans): ["order": "apply", "text": .string(FaultOrder.text(plans))]
    case .add(let fault):
      ["order": "add", "text": .string(FaultOrder.text([FaultPlan(name: "command", faults: [fault])]))]
    case .list: ["order": "list"]
    case .clear(let name): ["order": "clear", "name": name.map { .string($0) } ?? .null]
    }
  }

  /// - Returns: `nil` for what is no order.
  init?(_ value: JSONValue) {
    let file = TopologyFile(path: "order", bytes: Array((value["text"]?.string ?? "").utf8))
    let plans = (try? TopologyReader().faultPlans(in: file)) ?? []
    switch value["order"]?.string {
    case "apply": self = .apply(plans)
    case "add":
      guard let fault = plans.first?.faults.first else { return nil }
      self = .add(fault)
    case "list": self = .list
    case "clear": self = .clear(value["name"]?.string)
    default: return nil
    }
  }

  private static func text(_ plans: [FaultPlan]) -> String {
    var topology = Topology(name: "order")
    topology.faultPlans = plans
    return topology.yamlText().split(separator: "---\n").filter { $0.contains("kind: FaultPlan\n") }
      .joined(separator: "---\n")
  }
}
