internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Compares the objects of further clusters with what the topology renders for these, and says once an object
  /// what is different and has no place. What is kept as it is, is kept for the clusters that have it.
  mutating func compareSites() {
    let names = sites.map { $0.cluster.topologyName }
    var holders: [ObjectReference: [String]] = [:]
    for source in mainSources { holders[Importing.identity(of: source)] = [names[0]] }
    for (site, name) in zip(sites, names).dropFirst() {
      for source in site.sources { holders[Importing.identity(of: source), default: []].append(name) }
    }
    for (index, name) in names.enumerated().dropFirst() {
      guard let cluster = topology.cluster(named: name) else { continue }
      compare(sites[index], with: cluster, &holders)
    }
    for source in mainSources {
      let identity = Importing.identity(of: source)
      guard let clusters = holders[identity], clusters.count < names.count else { continue }
      bind(identity, to: clusters)
    }
  }

  /// The objects of the cluster that the topology is made of, without those that stand beside the clusters.
  private var mainSources: [Source] {
    guard let folder = sites.first?.folder else { return [] }
    return sources.filter { $0.place.file.hasPrefix(folder + "/") }
  }

  private mutating func compare(
    _ site: ClusterSite, with cluster: Cluster, _ holders: inout [ObjectReference: [String]]
  ) {
    let rendered = renderedObjects(of: topology, in: cluster)
    let main = topology.cluster(named: sites[0].cluster).map { renderedObjects(of: topology, in: $0) } ?? [:]
    let stems = Dictionary(
      rendered.values.map { ($0.stem, $0) }, uniquingKeysWith: { first, _ in first })
    let twins = Dictionary(
      sources.flatMap { [(Importing.identity(of: $0), $0), ($0.stem, $0)] },
      uniquingKeysWith: { first, _ in first })
    var alike = 0
    for source in site.sources {
      let identity = Importing.identity(of: source)
      let twin = twins[identity] ?? twins[source.stem]
      let own =
        rendered[RenderedKey(source.object)]?.json
        ?? (twins[identity] == nil ? stems[source.stem]?.json : nil)
      if own == source.object.json || twin?.object.json == source.object.json {
        alike += 1
      } else if source.kind == "Secret", source.group.isEmpty {
        twin == nil ? keepSecret(source) : ()
      } else if twin != nil, own == nil, let kept = manifest(identity) {
        // Each cluster keeps its own.
        holders[identity]?.removeAll { $0 == cluster.name }
        if kept != source.object { keep(source, "it differs from that of \(sites[0].cluster)", for: cluster) }
      } else if let other = twin?.object.json ?? own {
        let usual = twin.flatMap { main[RenderedKey($0.object)]?.json }
        let fields = source.object.json.fields(unlike: other).filter { field in
          // What the topology does not say of the first cluster either, is reported there.
          field != ["metadata", "name"] && own?[path: field] != source.object.json[path: field]
            && (usual == nil || usual?[path: field] == other[path: field])
        }
        if fields.isEmpty { alike += 1 } else { drop(source, fields, isOwn: twin == nil) }
      } else {
        keep(source, "only \(cluster.name) has it", for: cluster)
      }
    }
    let place = Place(file: site.folder, line: 1, column: 1)
    result.placed.append(
      Import.Placement(
        place: place, object: "\(alike) of \(site.sources.count) objects",
        path: "Cluster/\(cluster.name), like those of \(sites[0].cluster)"))
    noteMissing(in: site, cluster, rendered)
  }

  private mutating func drop(_ source: Source, _ fields: [[String]], isOwn: Bool) {
    let names = fields.map { $0.joined(separator: ".").replacing(".[", with: "[") }
    let words =
      names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    drop(
      at: source.place, source.words, words,
      isOwn
        ? "it is rendered in another way"
        : "that of \(sites[0].cluster) is another; the topology has one for all clusters")
  }

  /// What a further cluster does not have, and gets.
  private mutating func noteMissing(
    in site: ClusterSite, _ cluster: Cluster, _ rendered: [RenderedKey: KubeObject]
  ) {
    let there = Set(site.sources.map { RenderedKey($0.object) })
    for source in mainSources {
      let key = RenderedKey(source.object)
      guard !there.contains(key), rendered[key] != nil, let home = homes[source.index]?.first else {
        continue
      }
      assume(home, "\(source.words) is not among the manifests of \(cluster.name), which gets it too")
    }
  }

  private func manifest(_ identity: ObjectReference) -> KubeObject? {
    topology.manifests.first { $0.object.reference == identity }?.object
  }

  private mutating func keep(_ source: Source, _ reason: String, for cluster: Cluster) {
    keep(source, reason)
    guard var kept = result.kept.popLast() else { return }
    var object = kept.object
    object.annotations[Manifest.clustersAnnotation] = cluster.name
    kept = Import.Kept(place: kept.place, object: object, reason: reason)
    result.kept.append(kept)
    topology.manifests.append(Manifest(object))
  }

  /// Keeps an object for some clusters only.
  private mutating func bind(_ identity: ObjectReference, to clusters: [String]) {
    for index in topology.manifests.indices
    where topology.manifests[index].object.reference == identity && topology.manifests[index].clusters == nil
    {
      let object = topology.manifests[index].object
      topology.manifests[index].object.annotations[Manifest.clustersAnnotation] = clusters.joined(
        separator: ",")
      for kept in result.kept.indices where result.kept[kept].object == object {
        result.kept[kept] = Import.Kept(
          place: result.kept[kept].place, object: topology.manifests[index].object,
          reason: result.kept[kept].reason)
      }
    }
  }

  /// What a topology renders for a cluster and for its infrastructure, by what it is called.
  func renderedObjects(of topology: Topology, in cluster: Cluster) -> [RenderedKey: KubeObject] {
    let renderer = Renderer(topology: topology)
    let objects = renderer.objects(for: cluster).map(\.object) + renderer.infrastructure().map(\.object)
    let all = objects + [renderer.istioInstallation(in: cluster)].compactMap(\.self)
    return Dictionary(all.map { (RenderedKey($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Source {
  fileprivate var stem: ObjectReference {
    var reference = object.stem
    reference.namespace = namespace
    return reference
  }
}

extension KubeObject {
  /// What the object is called without the hash of its content, which differs from cluster to cluster.
  fileprivate var stem: ObjectReference {
    var reference = reference
    guard ["ConfigMap", "Job"].contains(kind), let dash = name.lastIndex(of: "-") else { return reference }
    let hash = name[name.index(after: dash)...]
    guard (8...10).contains(hash.utf8.count),
      hash.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber) })
    else { return reference }
    // No name ends with a dash.
    reference.name = String(name[...dash])
    return reference
  }
}

extension JSONValue {
  /// The paths of what differs from another value, as deep as both have the same shape; `[0]` is an element.
  func fields(unlike other: JSONValue) -> [[String]] {
    if self == other { return [] }
    if let own = array, let others = other.array, own.count == others.count {
      return own.indices.flatMap { index in
        own[index].fields(unlike: others[index]).map { ["[\(index)]"] + $0 }
      }
    }
    guard let own = object, let others = other.object else { return [[]] }
    var keys = own.members.map(\.key)
    keys += others.members.map(\.key).filter { !keys.contains($0) }
    return keys.flatMap { key -> [[String]] in
      guard let first = self[key], let second = other[key] else { return [[key]] }
      return first.fields(unlike: second).map { [key] + $0 }
    }
  }

  /// The value at a path of keys and elements.
  fileprivate subscript(path path: [String]) -> JSONValue? {
    path.reduce(Optional(self)) { value, step in
      guard step.hasPrefix("["), let index = Int(step.dropFirst().dropLast()) else { return value?[step] }
      return value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }
  }
}
