internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Whether pods are those of a collector with Jaeger 2 beside it, as `Tracing` has them.
  func isTracing(_ set: PodSet) -> Bool {
    let neighbours = pods.filter { $0.namespace == set.namespace }
    let isComplete =
      neighbours.contains {
        $0.program.hasPrefix("opentelemetry-collector") && $0.source.name == "otel-collector"
      }
      && neighbours.contains { $0.program == "jaeger" && $0.source.name == "jaeger" }
    guard isComplete else { return false }
    return ["otel-collector", "jaeger", "jaeger-elasticsearch"].contains(set.source.name)
  }

  /// Takes a collector with Jaeger 2 over.
  mutating func placeCollector() {
    let sets = pods.filter { $0.role == .tracing }
    guard topology.tracing == nil, let jaeger = sets.first(where: { $0.source.name == "jaeger" }),
      let collector = sets.first(where: { $0.source.name == "otel-collector" })
    else { return }
    let path = "Tracing/\(jaeger.namespace)/jaeger"
    var tracing = Tracing(name: "jaeger", namespace: jaeger.namespace)
    if let image = jaeger.container?["image"].flatMap({ imageReference($0, for: jaeger.target) }) {
      tracing.image = image
      if let tag = image.tag, tag.split(separator: ".").count >= 2,
        tag.allSatisfy({ $0.isNumber || $0 == "." })
      {
        tracing.version = tag
      }
    }
    if let image = collector.container?["image"].flatMap({ imageReference($0, for: collector.target) }) {
      tracing.intake.image = image
    }
    if let resources = resources(jaeger.container?["resources"], of: path) {
      tracing.query.resources = resources
    }
    if let resources = resources(collector.container?["resources"], of: path) {
      tracing.intake.resources = resources
    }
    tracing.query.replicas = jaeger.source.root["spec", "replicas"]?.integer ?? 1
    for source in all("autoscaling", "HorizontalPodAutoscaler") where source.namespace == collector.namespace
    {
      guard source.root["spec", "scaleTargetRef", "name"]?.peek == collector.source.name else { continue }
      let scaling = autoscaling(source)
      (tracing.intake.minReplicas, tracing.intake.maxReplicas) = (scaling.min, scaling.max)
      source.root["spec"]?.take()
      source.root["metadata", "labels"]?.take()
      place(source, at: path, "collector")
    }
    if let set = sets.first(where: { $0.source.name == "jaeger-elasticsearch" }) {
      var storage = TraceStorage.Elasticsearch()
      storage.nodes = set.source.root["spec", "replicas"]?.integer ?? 1
      let claim = set.source.root["spec", "volumeClaimTemplates"]?.elements.first?["spec"]
      if let size = claim?["resources", "requests", "storage"]?.text.flatMap(Quantity.init(parsing:)) {
        storage.size = size
      }
      storage.storageClass = claim?["storageClassName"]?.text
      if let image = set.container?["image"].flatMap({ imageReference($0, for: set.target) }) {
        storage.image = image
      }
      if let resources = resources(set.container?["resources"], of: path) { storage.resources = resources }
      tracing.storage = .elasticsearch(storage)
    }
    for source in all("telemetry.istio.io", "Telemetry") {
      let share = source.root["spec", "tracing"]?.elements.first?["randomSamplingPercentage"]
      if let percent = share?.text.flatMap(Double.init).flatMap(Percent.init(value:)) {
        tracing.sampling = percent
      }
    }
    for set in sets {
      takePod(set)
      place(set.source, at: path)
      placeSurroundings(of: set, at: path)
      for volume in set.spec?["volumes"]?.elements ?? [] {
        guard let name = volume["configMap", "name"]?.peek,
          let map = only("", "ConfigMap", WorkloadReference(namespace: set.namespace, name: name)),
          !settled.contains(map.index)
        else { continue }
        map.root["data"]?.take()
        map.root["metadata", "labels"]?.take()
        assume(path, "\(map.words) is written anew, as Tracing has it")
        place(map, at: path)
      }
    }
    topology.tracing = tracing
  }
}
