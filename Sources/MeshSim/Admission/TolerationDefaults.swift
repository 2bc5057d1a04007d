import KubeModel

/// Pods stay five minutes on a node that is not ready or cannot be reached, unless they say otherwise.
enum TolerationDefaults {
  static func fill(_ pod: inout KubeObject) {
    var tolerations = pod[path: "spec", "tolerations"]?.array ?? []
    let before = tolerations.count
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
      let isTolerated = tolerations.contains { toleration in
        let effect = toleration["effect"]?.string ?? ""
        return ["", key].contains(toleration["key"]?.string ?? "") && ["", "NoExecute"].contains(effect)
      }
      if isTolerated { continue }
      tolerations.append([
        "key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300,
      ])
    }
    if tolerations.count != before { pod.set("spec", "tolerations", to: .array(tolerations)) }
  }
}
