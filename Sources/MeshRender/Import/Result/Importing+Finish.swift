internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The result: a topology that reads without problems, as files, with what it does not hold.
  mutating func finished() -> Import {
    topology.workloads = workloads.values.sorted { $0.reference < $1.reference }
    declareKeptNamespaces()
    topology.manifests = result.kept.filter { $0.object.kind != "Secret" }.map { Manifest($0.object) }
    topology = topology.adding {}
    var pruning = Pruning(topology)
    var read = pruning.run()
    noteRemovals(pruning)
    if let kept = keptAgain(pruning) {
      topology = read ?? Topology(name: topology.name, regions: topology.regions)
      topology.manifests += kept
      declareKeptNamespaces()
      pruning = Pruning(topology)
      read = pruning.run()
    }
    if let read {
      topology = read
    } else {
      // What cannot be made sound part by part is not guessed at: the system alone is left.
      topology = Topology(name: topology.name, regions: topology.regions)
    }
    assumeEnvironment()
    removeBuiltInRules()
    removeRendered()
    removeEmptyNamespaces()
    if sites.count > 1 {
      compareSites()
      keepWhatReads()
    }
    findDropped()
    result.topology = topology
    result.files = laidOut()
    result.placed.sort { ($0.place.order, $0.path) < ($1.place.order, $1.path) }
    result.dropped.sort { ($0.place.order, $0.field) < ($1.place.order, $1.field) }
    result.kept.sort { $0.place.order < $1.place.order }
    result.contradictions.sort { ($0.place.order, $0.message) < ($1.place.order, $1.message) }
    result.assumptions.sort { ($0.path, $0.message) < ($1.path, $1.message) }
    return result
  }

  /// Takes out of what is kept for single clusters what cannot be kept.
  private mutating func keepWhatReads() {
    declareKeptNamespaces()
    topology = topology.adding {}
    var pruning = Pruning(topology)
    guard let read = pruning.run() else { return }
    let lost = topology.manifests.filter { !read.manifests.contains($0) }
    topology = read
    for manifest in lost {
      guard let index = result.kept.firstIndex(where: { $0.object == manifest.object }) else { continue }
      let kept = result.kept.remove(at: index)
      drop(at: kept.place, kept.object.reference.description, "", "one of its name is kept already")
    }
  }

  /// Manifests do not say where their clusters are; embedded ones serve for a first look.
  private mutating func assumeEnvironment() {
    guard !topology.clusters.isEmpty else { return }
    topology.environments = [
      Environment(
        name: "embedded",
        clusters: topology.clusters.map { BoundCluster(cluster: $0.name, access: .embedded) })
    ]
    assume(
      "Environment/embedded",
      "the clusters are embedded ones, to try things on: add one with kind: kubeconfig")
  }

  private mutating func noteRemovals(_ pruning: Pruning) {
    let fields = pruning.removals.filter { !$0.field.isEmpty }
    for (index, removal) in fields.enumerated() {
      func holds(_ outer: Pruning.Removal, _ inner: Pruning.Removal) -> Bool {
        outer.entry == inner.entry && inner.field.hasPrefix(outer.field + ".")
      }
      // What went because a part of it had gone, went for that part's reason.
      if fields[(index + 1)...].contains(where: { holds($0, removal) }) { continue }
      let reason = fields[..<index].first { holds(removal, $0) }?.reason ?? removal.reason
      let path = pruning.entries[removal.entry].path
      let isTraffic = removal.field.hasPrefix("traffic")
      let witnesses = homes.filter { $0.value.contains(path) }.keys.sorted().map { sources[$0] }
      let source = witnesses.first { isTraffic && $0.kind == "VirtualService" } ?? witnesses.first
      drop(
        at: source?.place ?? Place(file: path, line: 1, column: 1), source?.words ?? path,
        "\(path) \(removal.field)", "the topology refuses it: \(reason)")
    }
  }

  /// The objects of documents that had to go; `nil` when none had to.
  private mutating func keptAgain(_ pruning: Pruning) -> [Manifest]? {
    let gone = pruning.removals.filter { $0.field.isEmpty }
    guard !gone.isEmpty else { return nil }
    let reasons = Dictionary(
      gone.map { (pruning.entries[$0.entry].path, $0.reason) }, uniquingKeysWith: { first, _ in first })
    var manifests: [Manifest] = []
    for (index, paths) in homes.sorted(by: { $0.key < $1.key }) {
      guard let path = paths.first(where: { reasons[$0] != nil }) else { continue }
      let source = sources[index]
      result.placed.removeAll { $0.place == source.place && $0.path.hasPrefix(path) }
      guard paths.allSatisfy({ reasons[$0] != nil }), source.object.apiVersion != "container.v1" else {
        continue
      }
      keep(source, "\(path) is refused: \(reasons[path] ?? "")")
      if let kept = result.kept.last { manifests.append(Manifest(kept.object)) }
    }
    for removal in gone where pruning.entries[removal.entry].isManifest {
      let path = pruning.entries[removal.entry].path
      drop(
        at: Place(file: path, line: 1, column: 1), path, "", "it cannot be kept as it is: \(removal.reason)")
    }
    result.assumptions.removeAll { assumption in
      gone.contains {
        assumption.path == pruning.entries[$0.entry].path
          || assumption.path.hasPrefix(pruning.entries[$0.entry].path + " ")
      }
    }
    return manifests
  }

  /// Takes kept objects out that the topology renders itself: two would fight over one name.
  private mutating func removeRendered() {
    guard let cluster = topology.primaryCluster else { return }
    var bare = topology
    bare.manifests = []
    let rendered = renderedObjects(of: bare, in: cluster)
    let twice = topology.manifests.filter { rendered[RenderedKey($0.object)] != nil }
    guard !twice.isEmpty else { return }
    topology.manifests.removeAll { rendered[RenderedKey($0.object)] != nil }
    for manifest in twice {
      let place = result.kept.first { $0.object == manifest.object }?.place
      result.kept.removeAll { $0.object == manifest.object }
      if rendered[RenderedKey(manifest.object)]?.fields["spec"] == manifest.object.fields["spec"], let place {
        result.placed.append(
          Import.Placement(
            place: place, object: manifest.object.reference.description, path: "rendered alike"))
        continue
      }
      drop(
        at: place ?? Place(file: "", line: 1, column: 1), manifest.object.reference.description, "",
        "the topology renders an object of this kind and name itself")
    }
  }
}

/// Which object is meant, whatever the version of its API.
struct RenderedKey: Hashable {
  let kind: String
  let namespace: String
  let name: String

  init(_ object: KubeObject) {
    kind = object.kind
    namespace = object.namespace ?? ""
    name = object.name
  }

  init(kind: String, namespace: String, name: String) {
    (self.kind, self.namespace, self.name) = (kind, namespace, name)
  }
}

extension Place {
  /// What places are sorted by.
  var order: PlaceOrder { PlaceOrder(file: file, line: line, column: column) }
}

/// A place among places.
struct PlaceOrder: Comparable {
  let file: String
  let line: Int
  let column: Int

  static func < (left: PlaceOrder, right: PlaceOrder) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
