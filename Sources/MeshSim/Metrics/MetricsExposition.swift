import KubeModel
import PromQL
import Seams

/// All metrics of a cluster at one moment, in the format that Prometheus scrapes: those of Istio's proxies, of
/// kube-state-metrics, of the kubelets, of Kong and of the API server, under the names that the real ones use.
enum MetricsExposition {
  static func text(of state: inout ClusterState) -> String {
    state.traffic.refresh(state.store, state.images, state.faults)
    return Exposition.text(families(of: state))
  }

  private static func families(of state: ClusterState) -> [MetricFamily] {
    var families: [String: MetricFamily] = [:]
    for sample in objectSamples(state) + useSamples(state) + otherSamples(state) {
      families[sample.name, default: .named(sample.name)].set(sample.value, for: sample.labels)
    }
    return RequestFamilies.families(state.traffic.meters.meters)
      + families.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func objectSamples(_ state: ClusterState) -> [MetricSample] {
    ObjectMetrics.kinds.flatMap { kind in state.store.list(kind).flatMap { ObjectMetrics.samples($0, kind) } }
  }

  private static func useSamples(_ state: ClusterState) -> [MetricSample] {
    let use = state.traffic.resourceUse()
    return state.store.list(.pod).compactMap(UseMetrics.container).flatMap { container -> [MetricSample] in
      let known = use[container.uid]
      return [
        MetricSample("container_cpu_usage_seconds_total", container.labels, known?.seconds ?? 0),
        MetricSample(
          "container_memory_working_set_bytes", container.labels, known?.memory ?? container.memory),
      ]
    }
  }

  /// Kong's requests, and the API server's objects.
  static func otherSamples(_ state: ClusterState) -> [MetricSample] {
    let kong = state.traffic.gatewayMeters.sorted { $0.key < $1.key }.map { key, count in
      MetricSample(
        "kong_http_requests_total",
        [
          ("service", key.service), ("route", key.route), ("code", String(key.code)), ("consumer", ""),
          ("source", key.service.isEmpty ? "kong" : "service"), ("workspace", "default"),
        ], Double(count))
    }
    var merged: [LabelSet: MetricSample] = [:]
    for sample in kong {
      let sum = (merged[sample.labels]?.value ?? 0) + sample.value
      merged[sample.labels] = MetricSample(
        sample.name, sample.labels.labels.map { ($0.name, $0.value) }, sum)
    }
    let objects = state.store.kinds.map {
      MetricSample(
        "apiserver_storage_objects", [("resource", $0.description)], Double(state.store.count(of: $0)))
    }
    return merged.sorted { $0.key < $1.key }.map(\.value) + objects + [
      MetricSample("kubernetes_build_info", [("git_version", "\(ServerVersion.text)+meshctl-embedded")], 1)
    ]
  }
}
