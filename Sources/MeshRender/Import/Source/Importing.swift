internal import KubeModel
internal import MeshTopology

/// An import under way.
struct Importing {
  var topology: Topology
  let ledger = Ledger()
  var sources: [Source] = []
  var byKind: [String: [Int]] = [:]
  /// The clusters that the manifests are of, where there are several: the one that the topology is made of first.
  var sites: [ClusterSite] = []
  var workloads: [WorkloadReference: Workload] = [:]
  /// Documents that are not objects, such as Kong's own file, by what they are.
  var foreign: [Foreign] = []
  var result: Import

  /// The sets of pods, by what runs them.
  var pods: [PodSet] = []
  /// What answers under the name of a Service.
  var services: [WorkloadReference: ServiceTarget] = [:]
  /// What is known of calls.
  var evidence: [CallEvidence] = []
  /// Namespaces whose pods must be part of the mesh, with the reason.
  var meshed: [String: String] = [:]
  /// Namespaces that let any pod in, with the reason.
  var unprotected: [String: String] = [:]
  /// Whom NetworkPolicies let in, let out, and whom AuthorizationPolicies let in, by workload.
  var ingress: [WorkloadReference: PolicyReach] = [:]
  var egress: [WorkloadReference: PolicyReach] = [:]
  var authorization: [WorkloadReference: PolicyReach] = [:]
  /// What routes of gateways that are no part of the topology lead to, with the route.
  var routed: [WorkloadReference: String] = [:]
  /// Namespaces that deny everything but what further policies allow.
  var denied: [String: (words: String, place: Place, types: [String])] = [:]
  /// The first part of identities where it is not the usual one.
  var trustDomain: String?
  /// Where gateways' routes stand.
  var gatewayPlaces: [WorkloadReference: Place] = [:]
  /// What Istio's installation calls the cluster, and the addresses of its gateways.
  var clusterNameOfMesh: String?
  var meshAddresses: [String: String] = [:]
  /// What namespaces make of callers without a certificate, and what the whole mesh does.
  var mutualTLS: [String: MutualTLS] = [:]
  var meshMode: MutualTLS?
  /// Namespaces that say that they are no part of the mesh.
  var unmeshed: Set<String> = []
  /// Whether a PodSecurityPolicy asks pods to be restricted.
  var isSecured = false
  /// Namespaces that something names, with what does.
  var mentioned: [String: String] = [:]
  /// The addresses of gateways, until it is known which region they are in.
  var gatewayAddress: [WorkloadReference: Gateway.LoadBalancerAddress] = [:]
  /// The gateways, by the Services that lead to them.
  var gatewayServices: [WorkloadReference: WorkloadReference] = [:]
  /// The documents that objects went into, to keep the objects when a document turns out impossible.
  var homes: [Int: [String]] = [:]
  /// Whether what is dropped goes without saying, as a document of the platform knows it.
  var isQuiet = false
  /// Objects that have a fate already.
  var settled: Set<Int> = []
  /// ConfigMaps whose content is now in files or variables.
  var readConfigMaps: Set<Int> = []

  init(system name: String) {
    topology = Topology(name: name)
    result = Import(topology: topology)
  }

  /// A document that is no object.
  struct Foreign {
    enum Kind { case kong }
    let kind: Kind
    let root: Part
    /// What holds it.
    let words: String
  }
}

extension Importing {
  /// Notes that an object became part of the topology.
  mutating func place(_ source: Source, at document: String, _ field: String = "") {
    settled.insert(source.index)
    homes[source.index, default: []].append(document)
    result.placed.append(
      Import.Placement(
        place: source.place, object: source.words, path: field.isEmpty ? document : "\(document) \(field)"))
  }

  /// Notes that an object stays as it is.
  mutating func keep(_ source: Source, _ reason: String) {
    settled.insert(source.index)
    var object = source.object
    if !source.namespace.isEmpty { object.namespace = source.namespace }
    object.fields["status"] = nil
    for key in ["creationTimestamp", "uid", "resourceVersion", "generation", "managedFields", "selfLink"] {
      object.fields.set(["metadata", key], to: nil)
    }
    let left = object.annotations.filter { $0.key != "kubectl.kubernetes.io/last-applied-configuration" }
    if !object.annotations.isEmpty {
      object.annotations = left
      if left.isEmpty { object.fields.set(["metadata", "annotations"], to: nil) }
    }
    result.kept.append(Import.Kept(place: source.place, object: object, reason: reason))
  }

  /// Notes that a part of an object is not carried over.
  mutating func drop(_ part: Part, _ reason: String) {
    part.take()
    guard !isQuiet else { return }
    let words = sources.indices.contains(part.source) ? sources[part.source].words : part.place.file
    drop(at: part.place, words, part.path, reason)
  }

  mutating func drop(at place: Place, _ object: String, _ field: String, _ reason: String) {
    result.dropped.append(Import.Dropped(place: place, object: object, field: field, reason: reason))
  }

  /// Notes what was guessed.
  mutating func assume(_ path: String, _ message: String) {
    let assumption = Import.Assumption(path: path, message: message)
    if !result.assumptions.contains(assumption) { result.assumptions.append(assumption) }
  }

  /// Notes a contradiction of the manifests.
  mutating func contradict(_ place: Place, _ message: String) {
    let note = Import.Note(place: place, message: message)
    if !result.contradictions.contains(note) { result.contradictions.append(note) }
  }

  /// The objects of a kind, by group and kind whatever the version.
  func all(_ group: String, _ kind: String) -> [Source] {
    byKind[kind, default: []].lazy.map { sources[$0] }.filter { $0.group == group }
  }

  /// The object of a kind and name.
  func only(_ group: String, _ kind: String, _ reference: WorkloadReference) -> Source? {
    all(group, kind).first { $0.reference == reference }
  }
}

extension WorkloadReference {
  /// What the topology's document of a workload is called in reports.
  var workloadPath: String { "Workload/\(self)" }
}
