internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes HorizontalPodAutoscalers over to what they scale.
  mutating func placeAutoscalers() {
    for source in all("autoscaling", "HorizontalPodAutoscaler") {
      guard let target = source.root["spec", "scaleTargetRef"], let name = target["name"]?.peek else {
        continue
      }
      let owner = WorkloadReference(namespace: source.namespace, name: name)
      let set = pods.first { $0.source.reference == owner && $0.source.kind == target["kind"]?.peek }
      if let set, set.role == .gateway {
        continue
      }
      let reference = set?.target ?? owner
      if set == nil, target["kind"]?.peek == "Deployment" {
        guard workload(inferred: owner, by: source.words, at: source.place) else { continue }
      }
      guard var workload = workloads[reference] else { continue }
      target.take()
      workload.autoscaling = autoscaling(source)
      if set?.source.root["spec", "replicas"] != nil {
        contradict(
          source.place,
          "\(source.words) decides how many pods \(reference) has, and its \(set?.source.kind ?? "") pins \(workload.replicas) as well"
        )
      }
      workload.replicas = 1
      if workload.resources == nil {
        contradict(
          source.place,
          "\(source.words) goes by the use of what pods request, and \(reference) requests nothing")
        workload.resources = ComputeResources(cpu: "100m", memory: "128Mi")
        assume(
          reference.workloadPath + " resources", "the autoscaler needs requests; 100m and 128Mi are assumed")
      }
      source.root["metadata", "labels"]?.take()
      workloads[reference] = workload
      place(source, at: reference.workloadPath, "autoscaling")
    }
  }

  /// What an autoscaler says; what it says beyond is dropped.
  mutating func autoscaling(_ source: Source) -> Autoscaling {
    let spec = source.root["spec"]
    let least = spec?["minReplicas"]?.integer ?? 1
    var scaling = Autoscaling(min: least, max: spec?["maxReplicas"]?.integer ?? least)
    scaling.cpu = spec?["targetCPUUtilizationPercentage"]?.integer
    for metric in spec?["metrics"]?.elements ?? [] {
      let resource = metric["resource"]
      guard metric["type"]?.peek == "Resource", let name = resource?["name"]?.peek,
        ["cpu", "memory"].contains(name),
        let use = resource?["target", "averageUtilization"]?.integer
          ?? resource?["targetAverageUtilization"]?.integer
      else {
        drop(metric, "the topology scales by the use of cpu and memory in percent of the request")
        continue
      }
      metric.take()
      if name == "cpu" { scaling.cpu = use } else { scaling.memory = use }
    }
    if scaling.cpu == nil, scaling.memory == nil {
      scaling.cpu = Autoscaling.defaultCPU
      if let metrics = spec?["metrics"], !metrics.elements.isEmpty {
        assume(
          "Workload/\(source.namespace)/\(source.root["spec", "scaleTargetRef", "name"]?.peek ?? "") autoscaling.cpu",
          "\(source.words) goes by other measures than cpu and memory; \(Autoscaling.defaultCPU) % of the requested "
            + "cpu is assumed")
      }
    }
    if let behavior = spec?["behavior"] {
      var both = ScalingBehavior()
      if let up = behavior["scaleUp"] { read(up, into: &both.scaleUp) }
      if let down = behavior["scaleDown"] { read(down, into: &both.scaleDown) }
      scaling.behavior = both
    }
    return scaling
  }

  private mutating func read(_ part: Part, into speed: inout ScalingBehavior.Speed) {
    if let seconds = part["stabilizationWindowSeconds"]?.integer { speed.stabilization = .seconds(seconds) }
    var isTaken = false
    for policy in part["policies"]?.elements ?? [] {
      guard !isTaken, policy["type"]?.peek == "Percent", let value = policy["value"]?.integer,
        let period = policy["periodSeconds"]?.integer
      else {
        drop(policy, "a speed of the topology is one policy in percent")
        continue
      }
      isTaken = true
      policy.take()
      speed.percent = value
      speed.period = .seconds(period)
    }
  }

  /// Takes PodDisruptionBudgets over to the workloads whose pods they select.
  mutating func placeBudgets() {
    for source in all("policy", "PodDisruptionBudget") {
      guard let set = selected(by: source.root["spec", "selector"], in: source.namespace).first else {
        contradict(source.place, "\(source.words) selects no pods")
        continue
      }
      guard var workload = workloads[set.target] else { continue }
      var budget = DisruptionBudget()
      if let part = source.root["spec", "minAvailable"] {
        if let least = part.integer {
          budget.minAvailable = least
          budget.maxUnavailable = nil
        } else {
          drop(part, "a budget of the topology is a number of pods; one may be missing now")
        }
      } else if let part = source.root["spec", "maxUnavailable"] {
        if let most = part.integer {
          budget.maxUnavailable = most
        } else {
          drop(part, "a budget of the topology is a number of pods; one may be missing now")
        }
      }
      workload.disruption = budget
      workloads[set.target] = workload
      source.root["spec", "selector"]?.take()
      source.root["metadata", "labels"]?.take()
      place(source, at: set.target.workloadPath, "disruption")
    }
  }

  /// The sets of pods that a selector with `matchLabels` and `matchExpressions` selects; an empty one selects all.
  func selected(by selector: Part?, in namespace: String) -> [PodSet] {
    guard let selector, let labels = LabelSelector(json: selector.node.json) else { return [] }
    return pods.filter { $0.namespace == namespace && $0.role != .version && labels.matches($0.labels) }
  }
}
