/// Who sends requests, as the layers at its side see it.
struct RequestSender: Sendable {
  /// The pods that call; `nil` for clients outside, and for the mesh's own gateway.
  var pods: PodFacts?
  var peer = NetworkRules.Peer()
  var address = "203.0.113.10"
  /// Whether it chooses routes as Istio's configuration says.
  var followsRoutes = false
  /// Whether its connections are made by a proxy of the mesh, which can prove who it is.
  var hasProxy = false
  var principal: String?
  var namespace = ""
  var labels: [String: String] = [:]
  var gateway = "mesh"

  /// Pods of the cluster.
  init(_ group: PodGroup, in snapshot: RoutingSnapshot) {
    let facts = group.facts
    pods = facts
    address = group.address
    namespace = facts.namespace
    labels = facts.labels
    peer = NetworkRules.Peer(
      namespace: facts.namespace, namespaceLabels: snapshot.labels(ofNamespace: facts.namespace),
      labels: facts.labels,
      address: group.address)
    followsRoutes = facts.hasProxy
    hasProxy = facts.hasProxy
    principal = facts.hasProxy ? facts.principal : nil
  }

  /// Users outside of the cluster. What has no entrance of its own they reach through the mesh's ingress gateway;
  /// at an entrance they arrive in plain text, along the weights that are set for it.
  init(outside address: String = "203.0.113.10", to service: ServiceFacts?) {
    self.address = address
    peer.address = address
    followsRoutes = true
    guard service?.isOpen != true else { return }
    namespace = RoutingSnapshot.root
    labels = ["app": "istio-ingressgateway", "istio": "ingressgateway"]
    hasProxy = true
    principal = "cluster.local/ns/\(namespace)/sa/istio-ingressgateway-service-account"
    peer.namespace = namespace
    peer.namespaceLabels = ["kubernetes.io/metadata.name": namespace]
    peer.labels = labels
  }
}
