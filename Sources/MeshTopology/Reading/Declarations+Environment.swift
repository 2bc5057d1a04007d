internal import KubeModel

extension Declarations {
  /// Reads the spec of an Environment document.
  mutating func readEnvironment(_ document: Document, reading: Reading) {
    var environment = Environment(name: document.name)
    _ = document.readSpec(example: "{clusters: {NAME: {kind: embedded}}}", reading: reading) { spec in
      if let field = spec.required("clusters", example: "{NAME: {kind: embedded}}") {
        environment.clusters = readBoundClusters(field)
      }
      if let field = spec["simulation"] {
        environment.simulation = field.section { readSimulation($0) }
        if !environment.clusters.isEmpty, !environment.clusters.contains(where: { $0.access == .embedded }) {
          field.report(
            .contradiction, "a simulation, but no cluster of this environment is embedded",
            remedy: "remove it, or give a cluster kind: embedded")
        }
      }
    }
    environments.append(environment)
  }

  private func readBoundClusters(_ field: Field) -> [BoundCluster] {
    let entries = field.entries()
    if case .mapping([]) = field.node.content {
      field.report(
        .invalidValue, "an environment without clusters", remedy: "name at least one declared cluster")
    }
    let bound = entries.compactMap { entry -> BoundCluster? in
      if !isDeclared(.cluster, entry.name) {
        field.reading.reportUnknown(
          "cluster", entry.name, at: entry.nameSpot, known: names(of: .cluster),
          remedy: "add a document of kind Cluster of that name")
      }
      return entry.value.section { ClusterAccess($0) }.map { BoundCluster(cluster: entry.name, access: $0) }
    }
    return bound.sorted { $0.cluster < $1.cluster }
  }

  private func readSimulation(_ section: Section) -> Simulation {
    var simulation = Simulation()
    simulation.traffic = (section["traffic"]?.elements() ?? []).compactMap { element in
      element.section { section -> SimulatedTraffic? in
        let target = section.required("to", example: "api-gateway/api-gateway").flatMap { readTarget($0) }
        let rate = section.required("requestsPerSecond", example: "100")?.number(in: 0...1_000_000)
        guard let target, let rate else { return nil }
        return SimulatedTraffic(to: target, requestsPerSecond: rate)
      }
    }
    simulation.images = (section["images"]?.elements() ?? []).compactMap { element in
      element.section { ImageBehavior($0) }
    }
    return simulation
  }

  /// Reads the workload that traffic goes to; a bare name must stand for one workload only.
  private func readTarget(_ field: Field) -> WorkloadReference? {
    guard let reference = field.workloadReference(namespace: "") else { return nil }
    if !reference.namespace.isEmpty, isDeclared(reference) { return reference }
    let namesakes = allWorkloads.filter { $0.name == reference.name }
    if reference.namespace.isEmpty, namesakes.count == 1 { return namesakes[0] }
    if reference.namespace.isEmpty, namesakes.count > 1 {
      field.report(
        .unknownReference, "\(namesakes.count) workloads are called \(reference.name)",
        remedy: "write \(alternatives(namesakes.map(\.description)))")
      return nil
    }
    if let namesake = namesakes.first {
      field.report(
        .unknownReference, "there is no workload \(reference)", remedy: "did you mean \(namesake)?")
    } else {
      let text = reference.namespace.isEmpty ? reference.name : "\(reference)"
      field.reportUnknown(
        "workload", text, known: allWorkloads.map(\.description) + allWorkloads.map(\.name),
        remedy: "declare a Workload of that name")
    }
    return nil
  }
}

extension ClusterAccess {
  private enum Kind: String, CaseIterable {
    case embedded
    case kubeconfig
  }

  init?(_ section: Section) {
    let kind = section.required("kind", example: "embedded")?.choice(Kind.self)
    let contextField = section["context"]
    let context = contextField?.text()
    switch kind {
    case .embedded:
      contextField?.report(
        .contradiction, "an embedded cluster has no context",
        remedy: "remove context, or write kind: kubeconfig")
      self = .embedded
    case .kubeconfig: self = .kubeconfig(context: context)
    case nil: return nil
    }
  }
}

extension ImageBehavior {
  init?(_ section: Section) {
    let field = section.required("match", example: "\"*/user-service:1.6.*\"")
    let pattern = field?.text(atMost: 512)
    self.init(match: pattern ?? "")
    startup = section["startup"]?.duration(in: .zero ... .longest) ?? startup
    startupJitter = section["startupJitter"]?.duration(in: .zero ... .longest) ?? startupJitter
    latency = section["latency"]?.section { Latency($0) } ?? latency
    errorRate = section["errorRate"]?.percent() ?? errorRate
    failure = section["failure"]?.choice(Failure.self) ?? failure
    guard let field, let pattern else { return nil }
    if pattern.isEmpty {
      field.report(.invalidValue, "an empty pattern matches no image", remedy: "write * to match every image")
    }
  }
}

extension ImageBehavior.Latency {
  init?(_ section: Section) {
    self.init()
    let given = section["p99"]
    median = section["median"]?.duration() ?? median
    p99 = given?.duration() ?? Swift.max(p99, median)
    if median > p99 {
      given?.report(
        .contradiction, "p99 \(p99.unitText) is below the median \(median.unitText)",
        remedy: "99 of 100 requests cannot be faster than half of them")
    }
  }
}
