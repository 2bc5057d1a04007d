public import KubeModel

/// What decides where requests go, read from the objects of a cluster at one moment.
///
/// It is a value that answers questions without looking at anything else: what a client's request would meet on its
/// way, and which layer decides. Names in the objects that are not there are no error; the requests tell.
public struct RoutingSnapshot: Sendable {
  /// The namespace whose policies hold for the whole mesh.
  static let root = "istio-system"

  /// Namespaces' labels.
  private(set) var namespaces: [String: [String: String]] = [:]
  private(set) var services: [String: ServiceFacts] = [:]
  /// Hosts outside of the mesh that its registry knows.
  private(set) var external: [ExternalHost] = []
  private(set) var virtualServices: [VirtualServiceRules] = []
  private(set) var destinationRules: [DestinationRules] = []
  private(set) var networkRules: [NetworkRules] = []
  private(set) var sidecars: [SidecarRules] = []
  private(set) var peers = PeerAuthenticationRules([], root: root)
  private(set) var tokens = RequestAuthenticationRules([], root: root)
  private(set) var authorization = AuthorizationRules([], root: root)
  /// Whether proxies refuse hosts that the registry does not know.
  private(set) var knowsOnlyRegistry = false
  private(set) var groups: [PodGroup] = []
  private(set) var kong: [KongFileReference: KongRoutes] = [:]
  /// Patterns of hosts that a partition keeps from being reached.
  var cutHosts: [String] = []

  /// The kinds that it is made of besides pods.
  static let configurationKinds: [ResourceKind] = [
    .namespace, .service, .serviceEntry, .virtualService, .destinationRule, .networkPolicy, sidecarKind,
    .peerAuthentication, .requestAuthentication, .authorizationPolicy, .istioOperator,
  ]
  static let sidecarKind = ResourceKind(
    group: "networking.istio.io", version: "v1", kind: "Sidecar", plural: "sidecars")

  /// Reads objects of any kinds; those that have no say are passed over.
  public init(objects: [KubeObject]) {
    var byKind: [String: [KubeObject]] = [:]
    for object in objects { byKind[object.kind, default: []].append(object) }
    self.init { byKind[$0.kind] ?? [] }
    let grouping = PodGrouping(
      (byKind["Pod"] ?? []).map { pod in
        (PodFacts(pod, namespaceLabels: namespaces[pod.namespace ?? ""] ?? [:]), PodGroup.Member(pod))
      })
    let files = byKind["ConfigMap"] ?? []
    setPods(grouping.groups) { namespace, name in files.first { $0.name == name && $0.namespace == namespace }
    }
  }

  /// Reads everything but pods.
  init(list: (ResourceKind) -> [KubeObject]) {
    for object in list(.namespace) {
      namespaces[object.name] = object.labels.merging(["kubernetes.io/metadata.name": object.name]) {
        own, _ in own
      }
    }
    for object in list(.service) {
      let facts = ServiceFacts(object)
      services[facts.name.host] = facts
    }
    external = list(.serviceEntry).flatMap(ExternalHost.all)
    virtualServices = list(.virtualService).sorted(by: RoutingSnapshot.isOlder).map(VirtualServiceRules.init)
    destinationRules = list(.destinationRule).sorted(by: RoutingSnapshot.isOlder).map(DestinationRules.init)
    networkRules = list(.networkPolicy).map(NetworkRules.init)
    sidecars = list(RoutingSnapshot.sidecarKind).map(SidecarRules.init)
    peers = PeerAuthenticationRules(list(.peerAuthentication), root: RoutingSnapshot.root)
    tokens = RequestAuthenticationRules(list(.requestAuthentication), root: RoutingSnapshot.root)
    authorization = AuthorizationRules(list(.authorizationPolicy), root: RoutingSnapshot.root)
    knowsOnlyRegistry = list(.istioOperator).contains {
      $0[path: "spec", "meshConfig", "outboundTrafficPolicy", "mode"]?.string == "REGISTRY_ONLY"
    }
  }

  private static func isOlder(_ left: KubeObject, _ right: KubeObject) -> Bool {
    (left.creationTimestamp ?? "", left.namespace ?? "", left.name)
      < (right.creationTimestamp ?? "", right.namespace ?? "", right.name)
  }

  /// Puts the pods in, with the files of those that run Kong.
  ///
  /// - Parameter file: the ConfigMap of a namespace and name.
  mutating func setPods(_ groups: [PodGroup], file: (String, String) -> KubeObject?) {
    self.groups = groups
    for group in groups {
      guard let reference = group.facts.kong, kong[reference] == nil else { continue }
      let object = file(reference.namespace, reference.configMap)
      let text = reference.key.flatMap { object?[path: "data", $0]?.string }
      let document = text.flatMap { try? YAMLReader().documents(Array($0.utf8), file: "kong.yml").first }
      kong[reference] = document.map { KongRoutes($0.json) } ?? KongRoutes.none
    }
    let mesh = file(RoutingSnapshot.root, "istio")?[path: "data", "mesh"]?.string
    if mesh?.contains("REGISTRY_ONLY") == true { knowsOnlyRegistry = true }
  }

  /// The ConfigMaps that have a say.
  var files: [(namespace: String, name: String)] {
    [(RoutingSnapshot.root, "istio")] + kong.keys.map { ($0.namespace, $0.configMap) }.sorted { $0 < $1 }
  }

  func labels(ofNamespace name: String) -> [String: String] {
    namespaces[name] ?? ["kubernetes.io/metadata.name": name]
  }

  /// The routes of the Kong that pods run; `nil` when they run none.
  func kong(of group: PodGroup) -> KongRoutes? { group.facts.kong.flatMap { kong[$0] } }
}

/// Pods by what the rules see of them.
struct PodGrouping {
  private(set) var groups: [PodGroup] = []

  init(_ pods: [(facts: PodFacts, member: PodGroup.Member)]) {
    var places: [PodFacts: Int] = [:]
    for (facts, member) in pods {
      let place = places[facts] ?? groups.count
      if place == groups.count {
        places[facts] = place
        groups.append(PodGroup(facts))
      }
      groups[place].add(member)
    }
    groups.sort { $0.facts.key < $1.facts.key }
  }
}

extension PodGroup.Member {
  init(_ pod: KubeObject) {
    self.init(
      name: pod.name, uid: pod.uid, address: pod[path: "status", "podIP"]?.string ?? "",
      isReady: pod.deletionTimestamp == nil && pod.condition("Ready")?["status"]?.string == "True")
  }
}
