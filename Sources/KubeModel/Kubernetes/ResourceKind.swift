/// A kind of resource and where the API serves it.
public struct ResourceKind: Hashable, Sendable, CustomStringConvertible {
  /// The API group; empty for the core group.
  public let group: String
  /// The version, such as `v1`.
  public let version: String
  /// The kind, such as `Deployment`.
  public let kind: String
  /// The plural name in paths, such as `deployments`.
  public let plural: String
  /// Whether objects live in a namespace.
  public let isNamespaced: Bool

  /// Creates a kind.
  public init(group: String, version: String, kind: String, plural: String, isNamespaced: Bool = true) {
    self.group = group
    self.version = version
    self.kind = kind
    self.plural = plural
    self.isNamespaced = isNamespaced
  }

  /// Kinds rarely share a plural, so it alone is hashed: kinds are looked up for every object.
  public func hash(into hasher: inout Hasher) { hasher.combine(plural) }

  /// `GROUP/VERSION`, or `VERSION` in the core group.
  public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `deployments.apps`, or `services` in the core group.
  public var description: String { group.isEmpty ? plural : "\(plural).\(group)" }

  /// The path of all objects of this kind, in one namespace or in all.
  public func path(namespace: String? = nil) -> String {
    let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    guard isNamespaced, let namespace else { return "\(root)/\(plural)" }
    return "\(root)/namespaces/\(namespace)/\(plural)"
  }
}

extension ResourceKind {
  public static let namespace = core("Namespace", "namespaces", isNamespaced: false)
  public static let node = core("Node", "nodes", isNamespaced: false)
  public static let pod = core("Pod", "pods")
  public static let service = core("Service", "services")
  public static let serviceAccount = core("ServiceAccount", "serviceaccounts")
  public static let configMap = core("ConfigMap", "configmaps")
  public static let secret = core("Secret", "secrets")
  public static let event = core("Event", "events")
  public static let endpoints = core("Endpoints", "endpoints")
  public static let deployment = ResourceKind(
    group: "apps", version: "v1", kind: "Deployment", plural: "deployments")
  public static let replicaSet = ResourceKind(
    group: "apps", version: "v1", kind: "ReplicaSet", plural: "replicasets")
  public static let statefulSet = ResourceKind(
    group: "apps", version: "v1", kind: "StatefulSet", plural: "statefulsets")
  public static let horizontalPodAutoscaler = ResourceKind(
    group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers")
  public static let lease = ResourceKind(
    group: "coordination.k8s.io", version: "v1", kind: "Lease", plural: "leases")
  public static let endpointSlice = ResourceKind(
    group: "discovery.k8s.io", version: "v1", kind: "EndpointSlice", plural: "endpointslices")
  public static let networkPolicy = ResourceKind(
    group: "networking.k8s.io", version: "v1", kind: "NetworkPolicy", plural: "networkpolicies")
  public static let podDisruptionBudget = ResourceKind(
    group: "policy", version: "v1", kind: "PodDisruptionBudget", plural: "poddisruptionbudgets")
  public static let daemonSet = ResourceKind(
    group: "apps", version: "v1", kind: "DaemonSet", plural: "daemonsets")
  public static let job = ResourceKind(group: "batch", version: "v1", kind: "Job", plural: "jobs")
  public static let role = rbac("Role", "roles")
  public static let roleBinding = rbac("RoleBinding", "rolebindings")
  public static let clusterRole = rbac("ClusterRole", "clusterroles", isNamespaced: false)
  public static let clusterRoleBinding = rbac(
    "ClusterRoleBinding", "clusterrolebindings", isNamespaced: false)

  /// The kinds that MeshKit itself reads and writes.
  public static let known: [ResourceKind] =
    [
      .namespace, .node, .pod, .service, .serviceAccount, .configMap, .secret, .event, .endpoints,
      .deployment,
      .replicaSet, .statefulSet, .daemonSet, .job, .horizontalPodAutoscaler, .lease, .endpointSlice,
      .networkPolicy, .podDisruptionBudget, .role, .roleBinding, .clusterRole, .clusterRoleBinding,
    ] + custom

  /// The known kind with this API version and kind.
  public static func known(apiVersion: String, kind: String) -> ResourceKind? {
    known.first { $0.kind == kind && $0.apiVersion == apiVersion }
  }

  private static func core(_ kind: String, _ plural: String, isNamespaced: Bool = true) -> ResourceKind {
    ResourceKind(group: "", version: "v1", kind: kind, plural: plural, isNamespaced: isNamespaced)
  }

  private static func rbac(_ kind: String, _ plural: String, isNamespaced: Bool = true) -> ResourceKind {
    ResourceKind(
      group: "rbac.authorization.k8s.io", version: "v1", kind: kind, plural: plural,
      isNamespaced: isNamespaced)
  }
}
