import KubeModel
import Seams

/// Pods run as a service account, whose token they find in a volume.
enum ServiceAccountAdmission {
  static func fill(_ pod: inout KubeObject, in state: ClusterState) {
    guard pod.annotations["kubernetes.io/config.mirror"] == nil else { return }
    var name = pod[path: "spec", "serviceAccountName"]?.string ?? ""
    if name.isEmpty {
      name = "default"
      pod.set("spec", "serviceAccountName", to: .string(name))
      pod.set("spec", "serviceAccount", to: .string(name))
    }
    let key = ObjectKey(namespace: pod.namespace ?? "", name: name)
    guard let account = state.store.get(.serviceAccount, key) else { return }
    if let secrets = account.fields["imagePullSecrets"], pod[path: "spec", "imagePullSecrets"] == nil {
      pod.set("spec", "imagePullSecrets", to: secrets)
    }
    let mounts =
      pod[path: "spec", "automountServiceAccountToken"]?.bool
      ?? account.fields["automountServiceAccountToken"]?.bool ?? true
    if mounts { mountToken(&pod) }
  }

  private static func mountToken(_ pod: inout KubeObject) {
    let place = JSONValue.string("/var/run/secrets/kubernetes.io/serviceaccount")
    let volume = JSONValue.string("kube-api-access-" + suffix(of: pod.uid))
    var isUsed = false
    for list in ["initContainers", "containers"] {
      guard let containers = pod[path: "spec", list]?.array, !containers.isEmpty else { continue }
      let changed = containers.map { container -> JSONValue in
        let mounts = container["volumeMounts"]?.array ?? []
        if mounts.contains(where: { $0["mountPath"] == place }) { return container }
        isUsed = true
        var container = container
        container["volumeMounts"] = .array(
          mounts + [["name": volume, "readOnly": true, "mountPath": place]])
        return container
      }
      pod.set("spec", list, to: .array(changed))
    }
    guard isUsed else { return }
    let volumes = pod[path: "spec", "volumes"]?.array ?? []
    pod.set("spec", "volumes", to: .array(volumes + [["name": volume, "projected": projection]]))
  }

  private static let projection: JSONValue = [
    "defaultMode": 420,
    "sources": [
      ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
      ["configMap": ["items": [["key": "ca.crt", "path": "ca.crt"]], "name": "kube-root-ca.crt"]],
      [
        "downwardAPI": [
          "items": [
            ["fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"], "path": "namespace"]
          ]
        ]
      ],
    ],
  ]

  /// Five characters, the same for the same pod.
  private static func suffix(of uid: String) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    var hash = StableHash.of(uid)
    return String(
      (0..<5).map { _ in
        defer { hash /= UInt64(alphabet.count) }
        return alphabet[Int(hash % UInt64(alphabet.count))]
      })
  }
}
