public import KubeModel
public import MeshTopology

extension Renderer {
  /// The Deployment, StatefulSet or DaemonSet of a workload.
  public func controller(for workload: Workload) -> KubeObject {
    switch workload.controller {
    case .deployment: deployment(for: workload)
    case .statefulSet: statefulSet(for: workload)
    case .daemonSet: daemonSet(for: workload)
    }
  }

  /// The Deployment of a workload's stable pods.
  public func deployment(for workload: Workload) -> KubeObject {
    var object = controllerObject(.deployment, for: workload)
    object.set(
      "spec", "strategy",
      to: ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": 0]])
    return object
  }

  private func statefulSet(for workload: Workload) -> KubeObject {
    var object = controllerObject(.statefulSet, for: workload)
    object.set("spec", "serviceName", to: .string(workload.headlessName))
    // Pods find each other by name before they are ready, so none waits for the one before it.
    object.set("spec", "podManagementPolicy", to: "Parallel")
    object.set("spec", "updateStrategy", "type", to: "RollingUpdate")
    let claims = workload.volumes.filter { $0.kind == .persistent }.map(claim)
    if !claims.isEmpty { object.set("spec", "volumeClaimTemplates", to: .array(claims)) }
    return object
  }

  private func daemonSet(for workload: Workload) -> KubeObject {
    var object = controllerObject(.daemonSet, for: workload)
    object.set(
      "spec", "updateStrategy", to: ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1]])
    return object
  }

  private func controllerObject(_ kind: ResourceKind, for workload: Workload) -> KubeObject {
    var object = object(kind, for: workload)
    let selector = [MeshLabels.app: workload.name, MeshLabels.track: MeshLabels.stable]
    // It outlives its releases: only its pods say which version they are.
    object.labels = podLabels(of: workload).filter {
      ![MeshLabels.version, MeshLabels.appVersion].contains($0.key)
    }
    // An autoscaler owns the number of pods; whoever pins it as well fights the autoscaler.
    if workload.autoscaling == nil, kind != .daemonSet {
      object.set("spec", "replicas", to: .int(Int64(workload.replicas)))
    }
    object.set("spec", "selector", "matchLabels", to: .strings(selector))
    object.set("spec", "template", "metadata", "labels", to: .strings(podLabels(of: workload)))
    let annotations = proxyAnnotations(of: workload)
    if !annotations.isEmpty {
      object.set("spec", "template", "metadata", "annotations", to: .strings(annotations))
    }
    object.set("spec", "template", "spec", to: podSpec(of: workload))
    return object
  }

  /// What Istio's proxy beside a workload is told.
  private func proxyAnnotations(of workload: Workload) -> [String: String] {
    guard namespace(of: workload).hasIstioInjection else { return [:] }
    var annotations: [String: String] = [:]
    // Of a pod with a proxy only the proxy is scraped; it asks the workload and serves its measures as well.
    if let metrics = workload.metrics {
      annotations["prometheus.io/scrape"] = "true"
      annotations["prometheus.io/port"] = "\(metrics.port)"
      annotations["prometheus.io/path"] = metrics.path
    }
    // Containers that run before the others may call somebody, and need the proxy by then.
    if !workload.initContainers.isEmpty { annotations["sidecar.istio.io/nativeSidecar"] = "true" }
    if workload.googleServiceAccount != nil {
      annotations["traffic.sidecar.istio.io/excludeOutboundIPRanges"] = MetadataServer.range
    }
    return annotations
  }

  private func claim(_ volume: Volume) -> JSONValue {
    var spec: JSONValue = ["accessModes": ["ReadWriteOnce"]]
    spec["resources"] = volume.size.map { ["requests": ["storage": .string($0.description)]] }
    spec["storageClassName"] = volume.storageClass.map(JSONValue.string)
    return ["metadata": ["name": .string(volume.name)], "spec": spec]
  }

  /// The labels of a workload's stable pods.
  public func podLabels(of workload: Workload) -> [String: String] {
    systemLabels.merging([
      MeshLabels.app: workload.name,
      MeshLabels.track: MeshLabels.stable,
      MeshLabels.version: workload.image.versionLabel,
      MeshLabels.name: workload.name,
      MeshLabels.instance: workload.name,
      MeshLabels.appVersion: workload.image.versionLabel,
    ]) { own, _ in own }
  }
}

extension Workload {
  /// The Service without an address of its own, by which the pods of a StatefulSet find each other.
  var headlessName: String { "\(name)-pods" }
}
