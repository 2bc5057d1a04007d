import KubeModel
import Seams

/// What every namespace has: the ServiceAccount `default` and the certificate of the cluster's API.
enum NamespaceDefaults {
  static let certificateName = "kube-root-ca.crt"

  static func reconcile(_ name: String, in state: inout ClusterState) {
    guard let namespace = state.store.get(.namespace, ObjectKey(namespace: "", name: name)),
      namespace.deletionTimestamp == nil, namespace[path: "status", "phase"]?.string != "Terminating"
    else { return }
    if !state.store.contains(.serviceAccount, ObjectKey(namespace: name, name: "default")) {
      state.create(
        KubeObject(kind: .serviceAccount, namespace: name, name: "default"), kind: .serviceAccount,
        manager: nil)
    }
    let key = ObjectKey(namespace: name, name: certificateName)
    let data: JSONValue = ["ca.crt": .string(state.certificateAuthority)]
    if var live = state.store.get(.configMap, key) {
      guard live.fields["data"] != data else { return }
      live.fields["data"] = data
      state.update(live, kind: .configMap, manager: nil)
      return
    }
    var map = KubeObject(kind: .configMap, namespace: name, name: certificateName)
    map.annotations = [
      "kubernetes.io/description":
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
        + "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across "
        + "distributions of Kubernetes clusters."
    ]
    map.fields["data"] = data
    state.create(map, kind: .configMap, manager: nil)
  }
}
