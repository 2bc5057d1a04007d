internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes a Jaeger of the operator over.
  mutating func placeTracing() {
    for source in all("jaegertracing.io", "Jaeger") {
      guard topology.tracing == nil else { continue }
      let spec = source.root["spec"]
      let path = "Tracing/\(source.reference)"
      var tracing = Tracing(name: source.name, namespace: source.namespace)
      spec?["strategy"]?.take()
      if let most = spec?["collector", "maxReplicas"]?.integer { tracing.intake.maxReplicas = most }
      if let least = spec?["collector", "minReplicas"]?.integer ?? spec?["collector", "replicas"]?.integer {
        tracing.intake.minReplicas = least
      }
      tracing.intake.maxReplicas = max(tracing.intake.maxReplicas, tracing.intake.minReplicas)
      readLimits(spec?["collector", "resources"], into: &tracing.intake.resources)
      readLimits(spec?["query", "resources"], into: &tracing.query.resources)
      if let count = spec?["query", "replicas"]?.integer { tracing.query.replicas = count }
      if spec?["storage", "type"]?.text == "elasticsearch" {
        var storage = TraceStorage.Elasticsearch()
        let part = spec?["storage", "elasticsearch"]
        if let count = part?["nodeCount"]?.integer { storage.nodes = count }
        if let size = part?["storage", "size"]?.text.flatMap(Quantity.init(parsing:)) { storage.size = size }
        storage.storageClass = part?["storage", "storageClassName"]?.text
        if let resources = resources(part?["resources"], of: path) { storage.resources = resources }
        tracing.storage = .elasticsearch(storage)
      } else {
        tracing.query.replicas = 1
      }
      contradict(
        source.place, "\(source.words) is of Jaeger 1, which ended with 2025, and so did its operator")
      assume(
        path + " version",
        "Jaeger \(tracing.version) takes its place; write version: \"1.76.0\" for the operator's object")
      source.root["metadata", "labels"]?.take()
      topology.tracing = tracing
      place(source, at: path)
    }
  }

  private func readLimits(_ part: Part?, into resources: inout ComputeResources) {
    func amount(_ kind: String, _ name: String) -> Quantity? {
      part?[kind, name]?.text.flatMap(Quantity.init(parsing:))
    }
    if let cpu = amount("requests", "cpu") { resources.cpu = cpu }
    if let memory = amount("requests", "memory") { resources.memory = memory }
    if let cpu = amount("limits", "cpu") { resources.cpuLimit = cpu }
    if let memory = amount("limits", "memory") { resources.memoryLimit = memory }
    if let limit = resources.memoryLimit, limit.value < resources.memory.value { resources.memory = limit }
    if let limit = resources.cpuLimit, limit.value < resources.cpu.value { resources.cpu = limit }
  }
}
