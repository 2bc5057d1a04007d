import KubeModel
import PromQL
import Seams

/// A scraper inside the cluster: every 15 s of its time all metrics go to a store that queries are answered from.
struct ClusterMonitor: MetricsKeeper {
  private static let jobs = ["apiserver", "istio-proxies", "kong", "kube-state-metrics", "kubelet"]

  private struct Place: Hashable {
    let kind: ResourceKind
    let key: ObjectKey
  }

  /// The series of an object, which stay as they are as long as its version does.
  private struct Known {
    let version: Int64
    let values: [(series: SeriesReference, value: Double)]
  }

  private(set) var store: SeriesStore
  private var objects: [Place: Known] = [:]
  private var meters: [[SeriesReference]] = []
  private var containers: [String: [SeriesReference]] = [:]

  init(retention: Duration) { store = SeriesStore(retention: retention) }

  mutating func scrape(_ state: ClusterState) {
    let now = state.trueNow
    scrapeObjects(state, now)
    for (index, meter) in state.traffic.meters.meters.enumerated() {
      if index == meters.count {
        meters.append(RequestFamilies.series(of: meter).map { store.reference(to: $0) })
      }
      for (series, value) in zip(meters[index], RequestFamilies.values(of: meter)) {
        store.append(value, at: now, to: series)
      }
    }
    scrapeContainers(state, now)
    for sample in MetricsExposition.otherSamples(state) {
      store.append(
        sample.value, at: now, to: sample.series(job: sample.name.hasPrefix("kong") ? "kong" : "apiserver"))
    }
    for job in ClusterMonitor.jobs {
      store.append(1, at: now, to: MetricSample("up", [], 1).series(job: job))
    }
  }

  private mutating func scrapeObjects(_ state: ClusterState, _ now: Timestamp) {
    var present: [Place: Known] = [:]
    for kind in ObjectMetrics.kinds {
      for section in state.store.sections(kind) {
        for slot in section.slots {
          let place = Place(kind: kind, key: ObjectKey(namespace: section.namespace, name: slot.name))
          let before = objects.removeValue(forKey: place)
          let known =
            before.flatMap { $0.version == slot.stored.version ? $0 : nil }
            ?? look(slot.stored, kind, before, now)
          for (series, value) in known.values { store.append(value, at: now, to: series) }
          present[place] = known
        }
      }
    }
    for gone in objects.values { for value in gone.values { store.markStale(value.series, at: now) } }
    objects = present
  }

  private mutating func look(_ stored: StoredObject, _ kind: ResourceKind, _ before: Known?, _ now: Timestamp)
    -> Known
  {
    let values = ObjectMetrics.samples(stored.object, kind).map {
      (series: store.reference(to: $0.series(job: "kube-state-metrics")), value: $0.value)
    }
    let kept = Set(values.map(\.series))
    for value in before?.values ?? [] where !kept.contains(value.series) {
      store.markStale(value.series, at: now)
    }
    return Known(version: stored.version, values: values)
  }

  private mutating func scrapeContainers(_ state: ClusterState, _ now: Timestamp) {
    let use = state.traffic.resourceUse()
    var present: [String: [SeriesReference]] = [:]
    for section in state.store.sections(.pod) {
      for slot in section.slots {
        guard let container = UseMetrics.container(of: slot.stored.object) else { continue }
        let known = use[container.uid]
        let values = [known?.seconds ?? 0, known?.memory ?? container.memory]
        let series =
          containers.removeValue(forKey: container.uid)
          ?? ["container_cpu_usage_seconds_total", "container_memory_working_set_bytes"].map {
            store.reference(to: MetricSample($0, container.labels, 0).series(job: "kubelet"))
          }
        for (series, value) in zip(series, values) { store.append(value, at: now, to: series) }
        present[container.uid] = series
      }
    }
    for gone in containers.values { for series in gone { store.markStale(series, at: now) } }
    containers = present
    if now.wholeSecond % 3_600 == 0 { store.removeExpired(at: now) }
  }
}
