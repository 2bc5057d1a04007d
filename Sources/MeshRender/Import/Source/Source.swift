internal import KubeModel
internal import MeshTopology

/// An object of the manifests, with the place it came from.
struct Source {
  let root: Part
  let object: KubeObject
  /// Its namespace; `default` where it says nothing, and empty for kinds without one.
  let namespace: String
  /// Whether the namespace stands in the object.
  let saysNamespace: Bool

  var index: Int { root.source }
  var place: Place { root.node.place }
  var kind: String { object.kind }
  var name: String { object.name }
  var reference: WorkloadReference { WorkloadReference(namespace: namespace, name: name) }

  /// The API group, without the version.
  var group: String {
    let version = object.apiVersion
    return version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
  }

  /// The same object under another number.
  func moved(to index: Int) -> Source {
    Source(
      root: Part(node: root.node, path: "", source: index, ledger: root.ledger), object: object,
      namespace: namespace, saysNamespace: saysNamespace)
  }

  /// What reports call it.
  var words: String { "\(kind) \(namespace.isEmpty ? "" : namespace + "/")\(name)" }

  /// Kinds that have no namespace, by what manifests commonly hold.
  static let clusterKinds: Set<String> = [
    "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass",
    "CustomResourceDefinition", "PriorityClass", "PodSecurityPolicy", "IngressClass", "GatewayClass",
    "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService", "RuntimeClass",
    "VolumeSnapshotClass", "ClusterIssuer", "ClusterSecretStore", "ValidatingAdmissionPolicy", "CSIDriver",
    "KongClusterPlugin", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy",
    "ValidatingAdmissionPolicyBinding",
  ]
}
