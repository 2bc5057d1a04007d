public import KubeModel
public import MeshTopology

extension Renderer {
  /// The Deployment of a workload's stable pods.
  public func deployment(for workload: Workload) -> KubeObject {
    var object = object(.deployment, for: workload)
    let selector = [MeshLabels.app: workload.name, MeshLabels.track: MeshLabels.stable]
    // The Deployment outlives its releases: only its pods say which version they are.
    object.labels = podLabels(of: workload).filter {
      ![MeshLabels.version, MeshLabels.appVersion].contains($0.key)
    }
    // An autoscaler owns the number of pods; whoever pins it as well fights the autoscaler.
    if workload.autoscaling == nil { object.set("spec", "replicas", to: .int(Int64(workload.replicas))) }
    object.set("spec", "selector", "matchLabels", to: .strings(selector))
    object.set(
      "spec", "strategy",
      to: ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": 0]])
    object.set("spec", "template", "metadata", "labels", to: .strings(podLabels(of: workload)))
    object.set("spec", "template", "spec", to: podSpec(of: workload))
    return object
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

  private func podSpec(of workload: Workload) -> JSONValue {
    var spec: JSONValue = [
      "serviceAccountName": .string(workload.serviceAccount), "containers": [container(of: workload)],
    ]
    var security = JSONObject()
    if isRestricted(workload) {
      security["runAsNonRoot"] = true
      security["seccompProfile"] = ["type": "RuntimeDefault"]
    }
    if !security.isEmpty { spec["securityContext"] = .object(security) }
    return spec
  }

  private func container(of workload: Workload) -> JSONValue {
    var container: JSONValue = [
      "name": .string(workload.name), "image": .string(workload.image.description),
    ]
    if !workload.ports.isEmpty {
      container["ports"] = .array(
        workload.ports.map { port in
          [
            "name": .string(port.name), "containerPort": .int(Int64(port.targetPort)), "protocol": "TCP",
          ]
        })
    }
    if !workload.env.isEmpty {
      container["env"] = .array(
        workload.env.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "value": .string($0.value)] })
    }
    container["readinessProbe"] = probe(of: workload)
    container["livenessProbe"] = probe(of: workload)
    container["resources"] = workload.resources.map(resources)
    var security = JSONObject()
    if isRestricted(workload) {
      security["allowPrivilegeEscalation"] = false
      security["capabilities"] = ["drop": ["ALL"]]
    }
    // Not of the whole pod, as injected containers run as users of their own.
    security["runAsUser"] = workload.runAsUser.map { .int(Int64($0)) }
    if !security.isEmpty { container["securityContext"] = .object(security) }
    return container
  }

  private func probe(of workload: Workload) -> JSONValue? {
    guard let health = workload.health, let port = healthPort(health, of: workload) else { return nil }
    var probe: JSONValue =
      if let path = health.path {
        ["httpGet": ["path": .string(path), "port": port]]
      } else {
        ["tcpSocket": ["port": port]]
      }
    let delay = health.initialDelay.components.seconds
    if delay > 0 { probe["initialDelaySeconds"] = .int(delay) }
    return probe
  }

  private func healthPort(_ health: HealthCheck, of workload: Workload) -> JSONValue? {
    switch health.port {
    case .name(let name): .string(name)
    case .number(let number): .int(Int64(number))
    case nil: workload.ports.first.map { .string($0.name) }
    }
  }

  private func resources(_ resources: ComputeResources) -> JSONValue {
    func amounts(cpu: Quantity?, memory: Quantity?) -> JSONValue? {
      var amounts = JSONObject()
      amounts["cpu"] = cpu.map { .string($0.description) }
      amounts["memory"] = memory.map { .string($0.description) }
      return amounts.isEmpty ? nil : .object(amounts)
    }
    var json: JSONValue = [:]
    json["requests"] = amounts(cpu: resources.cpu, memory: resources.memory)
    json["limits"] = amounts(cpu: resources.cpuLimit, memory: resources.memoryLimit)
    return json
  }

  private func isRestricted(_ workload: Workload) -> Bool {
    namespace(of: workload).podSecurity == .restricted
  }
}
