internal import KubeModel
internal import MeshTopology

/// The pods that one object runs.
struct PodSet {
  /// What a set of pods becomes.
  enum Role {
    case workload, gateway, redis, prometheus, stateMetrics, fluentBit, tracing
    /// A further version of a workload, beside the one that the topology declares.
    case version
  }

  let source: Source
  /// The labels of the pods.
  let labels: [String: String]
  /// The specification of the pods.
  let spec: Part?
  var role = Role.workload
  /// Which part of the topology it becomes.
  var target: WorkloadReference

  var namespace: String { source.namespace }

  /// The container that the rest is about: not one that a mesh or a sidecar pattern adds.
  var container: Part? {
    let containers = spec?["containers"]?.elements ?? []
    let own = containers.filter { !["istio-proxy", "linkerd-proxy"].contains($0["name"]?.peek ?? "") }
    let names = [source.name, target.name]
    return own.first { names.contains($0["name"]?.peek ?? "") } ?? own.first
  }

  /// The image of the container.
  var image: String { container?["image"]?.peek ?? "" }

  /// The last part of the image's repository, such as `redis`.
  var program: String {
    let path = image.split(separator: "@").first.map(String.init) ?? ""
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    return String(last.prefix { $0 != ":" })
  }

  /// The port of the container that is meant by a number or name.
  func containerPort(_ port: String) -> Int? {
    if let number = Int(port) { return number }
    for container in spec?["containers"]?.elements ?? [] {
      for part in container["ports"]?.elements ?? [] where part["name"]?.peek == port {
        return part["containerPort"]?.peek.flatMap(Int.init)
      }
    }
    return nil
  }
}

/// What answers under the name of a Service.
struct ServiceTarget {
  let source: Source?
  let target: WorkloadReference
}

extension Importing {
  /// Finds what runs pods, and which Service leads to which.
  mutating func findPods() {
    for kind in ["Deployment", "StatefulSet", "DaemonSet"] {
      for source in all("apps", kind) + all("extensions", kind) {
        let template = source.root["spec", "template"]
        var labels = template?["metadata", "labels"]?.labels ?? [:]
        let selector = source.root["spec", "selector", "matchLabels"]?.labels ?? [:]
        if labels.isEmpty, !selector.isEmpty {
          contradict(
            source.place,
            "the pods of \(source.words) have no labels, and its selector asks for some: it is refused")
          labels = selector
        }
        pods.append(
          PodSet(source: source, labels: labels, spec: template?["spec"], target: source.reference))
      }
    }
    for index in pods.indices { pods[index].role = role(of: pods[index]) }
    nameBySelectors()
  }

  private var hasPrometheus: Bool {
    configuration { $0 == "prometheus.yml" || $0 == "prometheus.yaml" } != nil
  }

  private func role(of set: PodSet) -> PodSet.Role {
    let variables = set.container?["env"]?.elements.compactMap { $0["name"]?.peek } ?? []
    if set.program == "kong" || set.program == "kong-gateway" || variables.contains("KONG_DATABASE") {
      return .gateway
    }
    if set.program.hasPrefix("redis"), set.source.kind == "StatefulSet", isRedisCluster(set) { return .redis }
    if set.program == "prometheus" { return .prometheus }
    if set.program == "kube-state-metrics", hasPrometheus { return .stateMetrics }
    if isTracing(set) { return .tracing }
    if set.program == "fluent-bit", set.source.kind == "DaemonSet" { return .fluentBit }
    return .workload
  }

  /// The Services with the sets of pods that each selects.
  private mutating func nameBySelectors() {
    for service in all("", "Service") {
      let selector = service.root["spec", "selector"]?.labels ?? [:]
      guard !selector.isEmpty else { continue }
      let chosen = pods.indices.filter { index in
        pods[index].namespace == service.namespace
          && selector.allSatisfy { pods[index].labels[$0.key] == $0.value }
      }
      guard let first = chosen.first else {
        contradict(service.place, "\(service.words) selects no pods: \(Importing.words(selector))")
        continue
      }
      let isHeadless = service.root["spec", "clusterIP"]?.peek == "None"
      if chosen.count > 1, pods[first].role == .workload, !isHeadless {
        chooseVersion(of: service, among: chosen)
      }
      let main = chosen.first { pods[$0].role != .version } ?? first
      if !isHeadless, pods[main].role == .workload, pods[main].target == pods[main].source.reference {
        rename(main, after: service)
      }
    }
    // Names are settled now, so that Services can point at them.
    for service in all("", "Service") {
      let selector = service.root["spec", "selector"]?.labels ?? [:]
      if let set = pods(in: service.namespace, matching: selector).first {
        services[service.reference] = ServiceTarget(source: service, target: set.target)
      }
    }
  }

  private mutating func chooseVersion(of service: Source, among chosen: [Int]) {
    let plain = chosen.filter { pods[$0].role == .workload }
    guard plain.count > 1 else { return }
    let order = plain.sorted { pods[$0].source.name < pods[$1].source.name }
    let main = order.first { pods[$0].source.name == service.name } ?? order[0]
    for index in order where index != main { pods[index].role = .version }
  }

  private mutating func rename(_ index: Int, after service: Source) {
    let set = pods[index]
    guard set.target.name != service.name, !pods.contains(where: { $0.target == service.reference }) else {
      return
    }
    let others = all("", "Service").filter { other in
      let selector = other.root["spec", "selector"]?.labels ?? [:]
      return other.namespace == set.namespace && other.root["spec", "clusterIP"]?.peek != "None"
        && !selector.isEmpty && selector.allSatisfy { set.labels[$0.key] == $0.value }
    }
    guard !others.contains(where: { $0.name == set.source.name }) else { return }
    pods[index].target = service.reference
    assume(
      service.reference.workloadPath,
      "\(set.source.words) is called \(service.name), as callers know it by its Service; it would be made anew under that name"
    )
  }

  /// The sets of pods in a namespace that have all of some labels; none for no labels.
  func pods(in namespace: String, matching labels: [String: String]) -> [PodSet] {
    guard !labels.isEmpty else { return [] }
    return pods.filter { set in
      set.role != .version && set.namespace == namespace
        && labels.allSatisfy { set.labels[$0.key] == $0.value }
    }
  }

  /// Labels in a sentence.
  static func words(_ labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }
}
