internal import KubeModel
internal import MeshTopology

/// Whom policies let through to or from one workload, to compare with what it needs.
struct PolicyReach {
  /// The policies that restrict it.
  var policies: [(words: String, place: Place)] = []
  /// Who is let through.
  var peers: Set<WorkloadReference> = []
  /// Whether anybody is, or pods that the manifests do not have.
  var isOpen = false
  /// The ports that rules name; empty where a rule names none.
  var ports: Set<Int> = []
  /// The methods of HTTP that are allowed; all when empty.
  var methods: Set<String> = []
  var allowsAllMethods = false
  /// The paths that are allowed; all when empty.
  var paths: Set<String> = []
  var allowsAllPaths = false
}

extension Importing {
  /// The workloads that a selector of pods means: declared ones by their labels, others by their names.
  func members(of selector: Part?, in namespace: String) -> [WorkloadReference] {
    guard let selector, let labels = LabelSelector(json: selector.node.json) else { return [] }
    var found = pods.filter { $0.namespace == namespace && labels.matches($0.labels) }
      .filter { $0.role != .version }.map(\.target)
    // CloudNativePG labels the pods of a cluster itself.
    found += topology.databases.filter {
      $0.namespace == namespace && labels.matches([Database.clusterLabel: $0.name])
    }.map(\.reference)
    if !labels.requirements.isEmpty {
      for reference in workloads.keys where reference.namespace == namespace && isInferred(reference) {
        let keys = ["app", "app.kubernetes.io/name", "name", "k8s-app", "service"]
        let likely = Dictionary(uniqueKeysWithValues: keys.map { ($0, reference.name) })
        if labels.matches(likely) { found.append(reference) }
      }
    } else {
      found += workloads.keys.filter { $0.namespace == namespace && isInferred($0) }
    }
    return Array(Set(found)).sorted()
  }

  /// Whether a selector means pods of something that is no workload, such as a Job.
  func isPassing(_ selector: Part?, in namespace: String) -> Bool {
    guard let selector, let labels = LabelSelector(json: selector.node.json), !labels.requirements.isEmpty
    else { return false }
    return ["Job", "CronJob", "Pod", "ReplicaSet"].contains { kind in
      byKind[kind, default: []].contains { index in
        let source = sources[index]
        let template =
          kind == "Pod"
          ? source.root
          : source.root["spec", "template"] ?? source.root["spec", "jobTemplate", "spec", "template"]
        return source.namespace == namespace && labels.matches(template?["metadata", "labels"]?.labels ?? [:])
      }
    }
  }

  /// The namespaces that a selector of namespaces means, of all that the manifests name.
  func namespaces(selectedBy selector: Part) -> [String] {
    guard let labels = LabelSelector(json: selector.node.json) else { return [] }
    return namespaceNames.filter { name in
      var own = only("", "Namespace", WorkloadReference(namespace: "", name: name))?.object.labels ?? [:]
      own[MeshLabels.namespaceName] = name
      return labels.matches(own)
    }
  }

  /// All namespaces that objects are in or declare.
  var namespaceNames: [String] {
    let declared = byKind["Namespace", default: []].map { sources[$0].name }
    return Set(
      declared + sources.lazy.map(\.namespace).filter { !$0.isEmpty } + workloads.keys.map(\.namespace)
    ).sorted()
  }

  /// Reports what one thing of the manifests needs and another forbids.
  mutating func checkNeeds() {
    for need in evidence where need.kind == .need {
      let (from, to) = (need.from, need.to)
      if let reach = ingress[to], !reach.isOpen, !reach.peers.contains(from),
        let policy = reach.policies.first
      {
        contradict(
          policy.place, "\(policy.words) keeps \(from) from \(to), which \(need.words) at \(need.place) needs"
        )
      }
      if let reach = egress[from], !reach.isOpen, !reach.peers.contains(to), let policy = reach.policies.first
      {
        contradict(
          policy.place, "\(policy.words) keeps \(from) from \(to), which \(need.words) at \(need.place) needs"
        )
      }
      for (end, key, reach) in [(to, "Ingress", ingress[to]), (from, "Egress", egress[from])] {
        guard reach == nil, let policy = denied[end.namespace], policy.types.contains(key) else { continue }
        contradict(
          policy.place, "\(policy.words) keeps \(from) from \(to), which \(need.words) at \(need.place) needs"
        )
      }
      guard let reach = authorization[to], let policy = reach.policies.first else { continue }
      if !reach.isOpen, !reach.peers.contains(from) {
        contradict(
          policy.place, "\(policy.words) refuses \(from), which \(need.words) at \(need.place) leads to \(to)"
        )
      }
      if need.stripsPath, !reach.allowsAllPaths, !reach.paths.isEmpty,
        reach.paths.isDisjoint(with: ["*", "/*", "/"])
      {
        contradict(
          policy.place,
          "\(policy.words) allows \(reach.paths.sorted().joined(separator: " and ")), but \(need.words) at \(need.place) strips \(need.paths.joined(separator: " and ")) from paths: what arrives is refused"
        )
      }
      let missing = need.methods.map(\.rawValue).filter { !reach.methods.contains($0) }
      if !reach.allowsAllMethods, !missing.isEmpty {
        contradict(
          policy.place,
          "\(policy.words) refuses \(missing.joined(separator: " and ")), which \(need.words) at \(need.place) takes"
        )
      }
    }
    for (workload, reach) in egress.sorted(by: { $0.key < $1.key })
    where !reach.ports.isEmpty && !reach.ports.contains(53) {
      guard let policy = reach.policies.first else { continue }
      contradict(
        policy.place, "\(policy.words) lets \(workload) out without port 53: it could not look up any name")
      if meshed[workload.namespace] != nil, !reach.ports.contains(15012) {
        contradict(
          policy.place,
          "\(policy.words) lets \(workload) out without port 15012: its proxy gets no configuration of Istio")
      }
    }
  }
}
