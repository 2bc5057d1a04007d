import KubeModel

/// What kube-state-metrics says of a pod.
enum PodMetrics {
  private static let phases = ["Pending", "Running", "Succeeded", "Failed", "Unknown"]

  static func samples(_ pod: KubeObject) -> [MetricSample] {
    let labels = [("namespace", pod.namespace ?? ""), ("pod", pod.name), ("uid", pod.uid)]
    let owner = pod.controllerReference
    let ready = pod.condition("Ready")?["status"]?.string ?? "False"
    var samples = [
      MetricSample(
        "kube_pod_info",
        labels + [
          ("node", pod[path: "spec", "nodeName"]?.string ?? ""),
          ("pod_ip", pod[path: "status", "podIP"]?.string ?? ""),
          ("host_ip", pod[path: "status", "hostIP"]?.string ?? ""),
          ("created_by_kind", owner?["kind"]?.string ?? "<none>"),
          ("created_by_name", owner?["name"]?.string ?? "<none>"),
        ], 1)
    ]
    samples += ObjectMetrics.phases(pod, "pod", "Pending", phases) + ObjectMetrics.owners(pod, "pod")
    samples += ["True", "False", "Unknown"].map {
      MetricSample("kube_pod_status_ready", labels + [("condition", $0.lowercased())], $0 == ready ? 1 : 0)
    }
    for status in pod[path: "status", "containerStatuses"]?.array ?? [] {
      let container = labels + [("container", status["name"]?.string ?? "")]
      samples += [
        MetricSample(
          "kube_pod_container_status_restarts_total", container, status["restartCount"]?.number ?? 0),
        MetricSample("kube_pod_container_status_ready", container, status["ready"]?.bool == true ? 1 : 0),
        MetricSample(
          "kube_pod_container_status_running", container, status[path: "state", "running"] == nil ? 0 : 1),
      ]
      for (state, name) in [("waiting", "waiting_reason"), ("terminated", "terminated_reason")] {
        guard let reason = status[path: "state", state, "reason"]?.string else { continue }
        samples.append(MetricSample("kube_pod_container_status_\(name)", container + [("reason", reason)], 1))
      }
    }
    for container in pod[path: "spec", "containers"]?.array ?? [] {
      for list in ["requests", "limits"] {
        for member in container[path: "resources", list]?.object?.members ?? [] {
          guard let value = Quantity(parsing: member.value.string ?? "")?.value else { continue }
          samples.append(
            MetricSample(
              "kube_pod_container_resource_\(list)",
              labels + [
                ("container", container["name"]?.string ?? ""),
                ("node", pod[path: "spec", "nodeName"]?.string ?? ""),
              ]
                + ResourceUnit.labels(member.key), value))
        }
      }
    }
    return samples
  }
}
