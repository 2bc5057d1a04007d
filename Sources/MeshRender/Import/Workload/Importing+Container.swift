internal import KubeModel
internal import MeshTopology

extension Importing {
  /// What is run, with which environment, and how the cluster asks after it.
  mutating func readContainer(_ container: Part, of set: PodSet, into workload: inout Workload) {
    container["name"]?.take()
    workload.command = container["command"]?.texts ?? []
    workload.args = container["args"]?.texts ?? []
    workload.resources = resources(container["resources"], of: workload.reference.workloadPath)
    workload.env = environment(of: container, in: set.namespace, for: workload.reference)
    workload.ports = containerPorts(container, of: workload.reference)
    workload.health = health(container, of: set, ports: workload.ports)
    let security = container["securityContext"]
    if let user = security?["runAsUser"]?.integer { workload.runAsUser = user }
    if let isReadOnly = security?["readOnlyRootFilesystem"]?.flag { workload.hasReadOnlyRoot = isReadOnly }
    workload.capabilities = security?["capabilities", "add"]?.texts ?? []
    if security?["privileged"]?.peek == "true" {
      unprotected[set.namespace] = "\(set.source.words) is privileged"
    } else if !workload.capabilities.isEmpty, !Importing.baseline.isSuperset(of: workload.capabilities) {
      unprotected[set.namespace] = "\(set.source.words) keeps capabilities"
    }
  }

  /// What the level `baseline` of the Pod Security Standards lets a container keep.
  private static let baseline: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  /// Requests and limits. A request that is missing is as large as its limit, as in Kubernetes.
  mutating func resources(_ part: Part?, of path: String) -> ComputeResources? {
    func amount(_ kind: String, _ name: String) -> Quantity? {
      part?[kind, name]?.text.flatMap(Quantity.init(parsing:))
    }
    let limits = (cpu: amount("limits", "cpu"), memory: amount("limits", "memory"))
    let cpu = amount("requests", "cpu") ?? limits.cpu
    let memory = amount("requests", "memory") ?? limits.memory
    guard cpu != nil || memory != nil else { return nil }
    if cpu == nil { assume(path + " resources.cpu", "no cpu is requested; 100m are assumed") }
    if memory == nil { assume(path + " resources.memory", "no memory is requested; 128Mi are assumed") }
    let fitting: Quantity = limits.memory.map { $0.value < 128 * 1024 * 1024 ? $0 : "128Mi" } ?? "128Mi"
    return ComputeResources(cpu: cpu ?? "100m", memory: memory ?? fitting).with {
      $0.cpuLimit = limits.cpu
      $0.memoryLimit = limits.memory
    }
  }

  private func containerPorts(_ container: Part, of reference: WorkloadReference) -> [Workload.Port] {
    var ports: [Workload.Port] = []
    for part in container["ports"]?.elements ?? [] {
      part["protocol"]?.peek == "TCP" ? part["protocol"]?.take() : ()
      guard ["TCP", nil].contains(part["protocol"]?.peek), let number = part["containerPort"]?.integer else {
        continue
      }
      let given = part["name"]?.text
      if given == "metrics" || given == "http-metrics" { continue }
      let kind = Importing.protocol(named: given, appProtocol: nil) ?? Importing.protocol(ofPort: number)
      let isTaken = ports.contains { $0.port == number }
      if isTaken { continue }
      let name =
        Importing.portName(given) ?? (ports.isEmpty && kind == .http ? "http" : "\(kind.rawValue)-\(number)")
      ports.append(Workload.Port(name: name, port: number).with { $0.protocol = kind })
    }
    return ports
  }

  private mutating func health(_ container: Part, of set: PodSet, ports: [Workload.Port]) -> HealthCheck? {
    let liveness = container["livenessProbe"]
    guard let probe = container["readinessProbe"] ?? liveness, var check = check(probe, of: set, ports: ports)
    else {
      return nil
    }
    check.restarts = liveness != nil
    if container["readinessProbe"] == nil {
      assume(
        set.target.workloadPath + " health",
        "the liveness probe decides about readiness too: there is no other")
    }
    if let liveness, probe.path != liveness.path, let other = self.check(liveness, of: set, ports: ports) {
      var same = other
      same.restarts = check.restarts
      if same != check {
        drop(liveness, "both probes ask the same in the topology; the readiness probe is taken")
      }
    }
    if let startup = container["startupProbe"] {
      startup.take()
      let period = startup["periodSeconds"]?.integer ?? 10
      let failures = startup["failureThreshold"]?.integer ?? 3
      check.startupTime = .seconds(max(1, min(period, 3600) * min(failures, 1000)))
    }
    return check
  }

  private func check(_ probe: Part, of set: PodSet, ports: [Workload.Port]) -> HealthCheck? {
    guard let question = probe["httpGet"] ?? probe["tcpSocket"] ?? probe["grpc"],
      let port = question["port"]?.text
    else { return nil }
    var check = HealthCheck()
    if probe["httpGet"] != nil { check.path = question["path"]?.text ?? "/" }
    let number = set.containerPort(port)
    if let first = ports.first, first.targetPort == number, check.path != nil {
      check.port = nil
    } else if let known = ports.first(where: { $0.targetPort == number }) {
      check.port = .name(known.name)
    } else {
      check.port = number.map { .number($0) }
    }
    func seconds(_ key: String) -> Duration? { probe[key]?.integer.map { .seconds($0) } }
    check.initialDelay = seconds("initialDelaySeconds") ?? .zero
    check.period = seconds("periodSeconds") ?? .seconds(10)
    check.timeout = seconds("timeoutSeconds") ?? .seconds(1)
    check.failureThreshold = probe["failureThreshold"]?.integer ?? 3
    return check
  }
}
