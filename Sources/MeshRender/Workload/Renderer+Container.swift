internal import KubeModel
internal import MeshTopology

extension Renderer {
  /// The container of a workload itself.
  func container(of workload: Workload) -> JSONValue {
    var container: JSONValue = [
      "name": .string(workload.name), "image": .string(workload.image.description),
    ]
    container["command"] = texts(workload.command)
    container["args"] = texts(workload.args)
    container["ports"] = ports(of: workload)
    container["env"] = environment(workload.env)
    if let health = workload.health {
      container["readinessProbe"] = probe(health, of: workload)
      if health.restarts { container["livenessProbe"] = probe(health, of: workload) }
      container["startupProbe"] = startupProbe(health, of: workload)
    }
    container["resources"] = workload.resources?.json
    // The user is not set for the whole pod, as injected containers run as users of their own.
    container["securityContext"] = securityContext(
      of: workload, user: workload.runAsUser, capabilities: workload.capabilities)
    container["volumeMounts"] = volumeMounts(of: workload)
    return container
  }

  /// A container before or beside that of a workload.
  func container(_ other: Container, of workload: Workload) -> JSONValue {
    var container: JSONValue = ["name": .string(other.name), "image": .string(other.image.description)]
    container["command"] = texts(other.command)
    container["args"] = texts(other.args)
    container["env"] = environment(other.env)
    container["resources"] = other.resources?.json
    container["securityContext"] = securityContext(of: workload, user: other.runAsUser, capabilities: [])
    container["volumeMounts"] = volumeMounts(of: workload)
    return container
  }

  private func ports(of workload: Workload) -> JSONValue? {
    var ports: [JSONValue] = workload.ports.map { port in
      ["name": .string(port.name), "containerPort": .int(Int64(port.targetPort)), "protocol": "TCP"]
    }
    if let metrics = workload.metrics, !workload.ports.contains(where: { $0.targetPort == metrics.port }) {
      ports.append(["name": "metrics", "containerPort": .int(Int64(metrics.port)), "protocol": "TCP"])
    }
    return ports.isEmpty ? nil : .array(ports)
  }

  private func texts(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : .array(texts.map(JSONValue.string))
  }

  private func environment(_ variables: [String: EnvironmentValue]) -> JSONValue? {
    guard !variables.isEmpty else { return nil }
    return .array(
      variables.sorted { $0.key < $1.key }.map { name, value in
        switch value {
        case .text(let text): ["name": .string(name), "value": .string(text)]
        case .secret(let secret, let key):
          [
            "name": .string(name),
            "valueFrom": ["secretKeyRef": ["name": .string(secret), "key": .string(key)]],
          ]
        case .field(let path):
          ["name": .string(name), "valueFrom": ["fieldRef": ["fieldPath": .string(path)]]]
        }
      })
  }

  private func securityContext(of workload: Workload, user: Int?, capabilities: [String]) -> JSONValue? {
    var security = JSONObject()
    if isRestricted(workload) {
      security["allowPrivilegeEscalation"] = false
      security["capabilities"] = ["drop": ["ALL"]]
    }
    if !capabilities.isEmpty {
      security.set(["capabilities", "add"], to: .array(capabilities.map(JSONValue.string)))
    }
    security["runAsUser"] = user.map { .int(Int64($0)) }
    if workload.hasReadOnlyRoot { security["readOnlyRootFilesystem"] = true }
    return security.isEmpty ? nil : .object(security)
  }

  private func probe(_ health: HealthCheck, of workload: Workload) -> JSONValue? {
    guard var probe = question(health, of: workload) else { return nil }
    func set(_ key: String, _ duration: Duration, unless initial: Duration) {
      if duration != initial { probe[key] = .int(duration.components.seconds) }
    }
    set("initialDelaySeconds", health.initialDelay, unless: .zero)
    set("periodSeconds", health.period, unless: .seconds(10))
    set("timeoutSeconds", health.timeout, unless: .seconds(1))
    if health.failureThreshold != 3 { probe["failureThreshold"] = .int(Int64(health.failureThreshold)) }
    return probe
  }

  private func startupProbe(_ health: HealthCheck, of workload: Workload) -> JSONValue? {
    guard let time = health.startupTime, var probe = question(health, of: workload) else { return nil }
    let period = health.period.components.seconds
    probe["periodSeconds"] = .int(period)
    probe["failureThreshold"] = .int(max(1, (time.components.seconds + period - 1) / period))
    return probe
  }

  private func question(_ health: HealthCheck, of workload: Workload) -> JSONValue? {
    guard let port = healthPort(health, of: workload) else { return nil }
    guard let path = health.path else { return ["tcpSocket": ["port": port]] }
    return ["httpGet": ["path": .string(path), "port": port]]
  }

  private func healthPort(_ health: HealthCheck, of workload: Workload) -> JSONValue? {
    switch health.port {
    case .name(let name): .string(name)
    case .number(let number): .int(Int64(number))
    case nil: workload.ports.first.map { .string($0.name) }
    }
  }
}
