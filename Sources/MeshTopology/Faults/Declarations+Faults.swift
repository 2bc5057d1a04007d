extension Declarations {
  /// Reports plans that no embedded cluster can have.
  func checkFaultPlans() {
    let environments = Dictionary(
      sound(Environment.self).map { ($0.value.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for declared in sound(FaultPlan.self) {
      guard let name = declared.value.environment, let environment = environments[name] else { continue }
      let embedded = environment.clusters.filter { $0.access == .embedded }.map(\.cluster)
      guard !embedded.isEmpty else {
        reading.report(
          .contradiction, "faults, but no cluster of the environment \(name) is embedded",
          at: declared.document.spot("environment"),
          remedy: "name an environment with embedded clusters, or remove environment")
        continue
      }
      for (index, fault) in declared.value.faults.enumerated() {
        guard let cluster = fault.cluster, !embedded.contains(cluster) else { continue }
        reading.report(
          .contradiction, "\(cluster) is no embedded cluster of the environment \(name)",
          at: declared.document.spot("faults", .index(index), "cluster"),
          remedy: "its embedded clusters are \(alternatives(embedded, last: "and"))")
      }
    }
  }
}
