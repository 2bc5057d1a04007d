import KubeModel

/// Who writes what the cluster itself writes: the field managers and the users of a control plane.
enum ControllerName {
  static let manager = "kube-controller-manager"
  static let scheduler = "kube-scheduler"
  static let kubelet = "kubelet"

  /// The user of one controller of the controller manager, such as `replicaset-controller`.
  static func user(_ name: String) -> UserInfo {
    UserInfo(
      name: "system:serviceaccount:kube-system:\(name)",
      groups: ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"])
  }
}
