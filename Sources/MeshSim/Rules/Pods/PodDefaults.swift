import KubeModel

/// What the server fills in of pods and of their templates (pkg/apis/core/v1/defaults.go).
enum PodDefaults {
  /// A pod itself: what templates get, and more.
  static func fill(pod: inout JSONObject) {
    pod.change("spec") { spec in
      fill(spec: &spec)
      for list in ["containers", "initContainers"] { spec.changeEach(list, requestsFromLimits) }
      spec.fill("enableServiceLinks", true)
      if spec["hostNetwork"] == .bool(true) {
        for list in ["containers", "initContainers"] {
          spec.changeEach(list) { container in
            container.changeEach("ports") { port in
              port.fillNumber("hostPort", port["containerPort"]?.int ?? 0)
            }
          }
        }
      }
    }
    pod.make("status") { $0.fillText("phase", "Pending") }
  }

  /// A template at `key`, which comes into being when it is absent.
  static func fill(templateAt key: String, of owner: inout JSONObject) {
    owner.make(key) { template in
      template.fill("metadata", [:])
      template.make("spec") { fill(spec: &$0) }
    }
  }

  static func fill(spec: inout JSONObject) {
    spec.fillText("restartPolicy", "Always")
    spec.fillText("dnsPolicy", "ClusterFirst")
    spec.fillText("schedulerName", "default-scheduler")
    spec.fill("terminationGracePeriodSeconds", 30)
    spec.fill("securityContext", [:])
    account(&spec)
    for list in ["containers", "initContainers", "ephemeralContainers"] {
      spec.changeEach(list, ContainerDefaults.fill)
    }
    spec.changeEach("volumes", VolumeDefaults.fill)
    spec.changeEach("topologySpreadConstraints") { _ in }
  }

  /// `serviceAccount` is the old name of `serviceAccountName`; both are shown.
  private static func account(_ spec: inout JSONObject) {
    let name = spec["serviceAccountName"] ?? spec["serviceAccount"]
    guard let name else { return }
    if spec["serviceAccountName"] == nil { spec["serviceAccountName"] = name }
    if spec["serviceAccount"] != name { spec["serviceAccount"] = name }
  }

  /// In pods, what a container may use at most is what it asks for when it asks for nothing.
  private static func requestsFromLimits(_ container: inout JSONObject) {
    guard let limits = container["resources"]?["limits"]?.object, !limits.isEmpty else { return }
    container.change("resources") { resources in
      let known = resources["requests"]?.object ?? JSONObject()
      guard limits.members.contains(where: { known[$0.key] == nil }) else { return }
      resources.make("requests") { requests in
        for limit in limits.members { requests.fill(limit.key, limit.value) }
      }
    }
  }
}
