import KubeModel
import Seams

/// What kube-state-metrics says of objects: each object's samples depend on nothing but the object.
enum ObjectMetrics {
  /// The kinds of which something is said.
  static let kinds: [ResourceKind] = [
    .pod, .deployment, .replicaSet, .statefulSet, .daemonSet, .job, .horizontalPodAutoscaler,
    .podDisruptionBudget,
    .node, .namespace, .service,
  ]

  static func samples(_ object: KubeObject, _ kind: ResourceKind) -> [MetricSample] {
    switch kind {
    case .pod: PodMetrics.samples(object)
    case .deployment:
      counts(
        object, "deployment",
        [
          ("spec_replicas", ["spec", "replicas"]), ("status_replicas", ["status", "replicas"]),
          ("status_replicas_ready", ["status", "readyReplicas"]),
          ("status_replicas_available", ["status", "availableReplicas"]),
          ("status_replicas_unavailable", ["status", "unavailableReplicas"]),
          ("status_replicas_updated", ["status", "updatedReplicas"]),
          ("status_observed_generation", ["status", "observedGeneration"]),
          ("metadata_generation", ["metadata", "generation"]),
        ]) + conditions(object, "deployment")
    case .replicaSet:
      counts(
        object, "replicaset",
        [
          ("spec_replicas", ["spec", "replicas"]), ("status_replicas", ["status", "replicas"]),
          ("status_ready_replicas", ["status", "readyReplicas"]),
        ]) + owners(object, "replicaset")
    case .statefulSet:
      counts(
        object, "statefulset",
        [
          ("replicas", ["spec", "replicas"]), ("status_replicas", ["status", "replicas"]),
          ("status_replicas_ready", ["status", "readyReplicas"]),
          ("status_replicas_available", ["status", "availableReplicas"]),
          ("status_replicas_current", ["status", "currentReplicas"]),
          ("status_replicas_updated", ["status", "updatedReplicas"]),
        ])
    case .daemonSet:
      counts(
        object, "daemonset",
        [
          ("status_desired_number_scheduled", ["status", "desiredNumberScheduled"]),
          ("status_current_number_scheduled", ["status", "currentNumberScheduled"]),
          ("status_number_ready", ["status", "numberReady"]),
          ("status_number_available", ["status", "numberAvailable"]),
          ("status_number_unavailable", ["status", "numberUnavailable"]),
        ])
    case .job: job(object)
    case .horizontalPodAutoscaler:
      counts(
        object, "horizontalpodautoscaler",
        [
          ("spec_min_replicas", ["spec", "minReplicas"]), ("spec_max_replicas", ["spec", "maxReplicas"]),
          ("status_current_replicas", ["status", "currentReplicas"]),
          ("status_desired_replicas", ["status", "desiredReplicas"]),
        ]) + conditions(object, "horizontalpodautoscaler")
    case .podDisruptionBudget:
      counts(
        object, "poddisruptionbudget",
        [
          ("status_current_healthy", ["status", "currentHealthy"]),
          ("status_desired_healthy", ["status", "desiredHealthy"]),
          ("status_pod_disruptions_allowed", ["status", "disruptionsAllowed"]),
          ("status_expected_pods", ["status", "expectedPods"]),
        ])
    case .node: node(object)
    case .namespace: phases(object, "namespace", "Active", ["Active", "Terminating"])
    case .service:
      [
        MetricSample(
          "kube_service_info",
          identity(object, "service") + [("cluster_ip", object[path: "spec", "clusterIP"]?.string ?? "")], 1)
      ]
    default: []
    }
  }

  // MARK: Shapes that come again

  static func identity(_ object: KubeObject, _ word: String) -> [(String, String)] {
    (object.namespace.map { [("namespace", $0)] } ?? []) + [(word, object.name)]
  }

  private static func counts(_ object: KubeObject, _ word: String, _ fields: [(String, [String])])
    -> [MetricSample]
  {
    let labels = identity(object, word)
    let created = object.creationTimestamp.flatMap(Timestamp.init(rfc3339:)).map {
      MetricSample("kube_\(word)_created", labels, $0.seconds)
    }
    return fields.map { name, path in
      MetricSample("kube_\(word)_\(name)", labels, object.json[path: path[...]]?.number ?? 0)
    } + [created].compactMap { $0 }
  }

  static func conditions(_ object: KubeObject, _ word: String) -> [MetricSample] {
    (object[path: "status", "conditions"]?.array ?? []).flatMap { condition in
      let type = condition["type"]?.string ?? ""
      return ["True", "False", "Unknown"].map { status in
        MetricSample(
          "kube_\(word)_status_condition",
          identity(object, word) + [("condition", type), ("status", status.lowercased())],
          condition["status"]?.string == status ? 1 : 0)
      }
    }
  }

  static func phases(_ object: KubeObject, _ word: String, _ usual: String, _ phases: [String])
    -> [MetricSample]
  {
    let present = object[path: "status", "phase"]?.string ?? usual
    return phases.map {
      MetricSample(
        "kube_\(word)_status_phase", identity(object, word) + [("phase", $0)], $0 == present ? 1 : 0)
    }
  }

  static func owners(_ object: KubeObject, _ word: String) -> [MetricSample] {
    guard let owner = object.controllerReference else { return [] }
    return [
      MetricSample(
        "kube_\(word)_owner",
        identity(object, word) + [
          ("owner_kind", owner["kind"]?.string ?? ""), ("owner_name", owner["name"]?.string ?? ""),
          ("owner_is_controller", "true"),
        ], 1)
    ]
  }

  private static func job(_ object: KubeObject) -> [MetricSample] {
    // The labels of kube-state-metrics name a Job `job_name`: `job` is that of the scrape.
    let labels = (object.namespace.map { [("namespace", $0)] } ?? []) + [("job_name", object.name)]
    let counts = ["active", "succeeded", "failed"].map {
      MetricSample("kube_job_status_\($0)", labels, object[path: "status", $0]?.number ?? 0)
    }
    let ends = [("Complete", "kube_job_complete"), ("Failed", "kube_job_failed")].compactMap { type, name in
      object.condition(type).map {
        MetricSample(name, labels + [("condition", "true")], $0["status"]?.string == "True" ? 1 : 0)
      }
    }
    return counts + ends
  }

  private static func node(_ object: KubeObject) -> [MetricSample] {
    let information = object[path: "status", "nodeInfo"]
    let amounts = ["capacity", "allocatable"].flatMap { list in
      (object[path: "status", list]?.object?.members ?? []).compactMap { member -> MetricSample? in
        guard let value = Quantity(parsing: member.value.string ?? "")?.value else { return nil }
        return MetricSample(
          "kube_node_status_\(list)", [("node", object.name)] + ResourceUnit.labels(member.key), value)
      }
    }
    return amounts + conditions(object, "node") + [
      MetricSample(
        "kube_node_info",
        [
          ("node", object.name), ("kubelet_version", information?["kubeletVersion"]?.string ?? ""),
          ("os_image", information?["osImage"]?.string ?? ""),
        ], 1),
      MetricSample(
        "kube_node_spec_unschedulable", [("node", object.name)],
        object[path: "spec", "unschedulable"]?.bool == true ? 1 : 0),
    ]
  }
}

/// How kube-state-metrics names resources and their units.
enum ResourceUnit {
  static func labels(_ resource: String) -> [(String, String)] {
    let unit =
      switch resource {
      case "cpu": "core"
      case "pods": "integer"
      default: "byte"
      }
    return [
      ("resource", resource.replacing("-", with: "_").replacing("/", with: "_").replacing(".", with: "_")),
      ("unit", unit),
    ]
  }
}
