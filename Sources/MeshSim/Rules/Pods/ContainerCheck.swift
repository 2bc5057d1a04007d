import KubeModel

/// Checks the containers of a pod, of all three sorts.
struct ContainerCheck {
  let pod: PodSpec
  let volumes: [String: JSONValue]

  private var gracePeriod: Int64? { pod.spec.number("terminationGracePeriodSeconds") }

  func check(_ errors: inout FieldErrors) {
    regular(&errors)
    initial(&errors)
    ephemeral(&errors)
  }

  private func regular(_ errors: inout FieldErrors) {
    let containers = pod.spec.list("containers")
    let path = pod.path["containers"]
    guard !containers.isEmpty else { return errors.required(path) }
    var names: Set<String> = []
    for (index, container) in containers.enumerated() {
      let path = path[index]
      common(container, path, &errors)
      if !names.insert(container.text("name")).inserted {
        errors.duplicate(path["name"], .string(container.text("name")))
      }
      life(container, path, &errors)
      restart(container, path, isInitial: false, &errors)
    }
    portConflicts(containers, path, &errors)
  }

  private func initial(_ errors: inout FieldErrors) {
    let containers = pod.spec.list("initContainers")
    guard !containers.isEmpty else { return }
    var names = Set(pod.spec.list("containers").map { $0.text("name") })
    let path = pod.path["initContainers"]
    for (index, container) in containers.enumerated() {
      let path = path[index]
      common(container, path, &errors)
      restart(container, path, isInitial: true, &errors)
      let name = container.text("name")
      if names.contains(name) { errors.duplicate(path["name"], .string(name)) }
      if !name.isEmpty { names.insert(name) }
      portConflicts([container], pod.path["initContainers"], &errors)
      if container.text("restartPolicy") == "Always" {
        life(container, path, &errors)
      } else {
        for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]
        where container.has(field) {
          errors.forbidden(path[field], "may not be set for init containers without restartPolicy=Always")
        }
      }
    }
  }

  private func ephemeral(_ errors: inout FieldErrors) {
    let containers = pod.spec.list("ephemeralContainers")
    guard !containers.isEmpty else { return }
    let others = Set((pod.spec.list("containers") + pod.spec.list("initContainers")).map { $0.text("name") })
    var names = others
    for (index, container) in containers.enumerated() {
      let path = pod.path["ephemeralContainers"][index]
      common(container, path, &errors)
      let name = container.text("name")
      if !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
      let target = container.text("targetContainerName")
      if !target.isEmpty, !others.contains(target) {
        errors.notFound(path["targetContainerName"], .string(target))
      }
      let words = "cannot be set for an Ephemeral Container"
      for field in ["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"]
      where container.has(field) { errors.forbidden(path[field], words) }
      if container["resources"]?.object?.isEmpty == false { errors.forbidden(path["resources"], words) }
      for (index, mount) in container.list("volumeMounts").enumerated() {
        for field in ["subPath", "subPathExpr"] where !mount.text(field).isEmpty {
          errors.forbidden(path["volumeMounts"][index][field], words)
        }
      }
    }
  }

  private func common(_ container: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let name = container.text("name")
    if name.isEmpty { errors.required(path["name"]) } else { errors.name(path["name"], name, .dnsLabel) }
    let image = container.text("image")
    if image.isEmpty { errors.required(path["image"]) }
    if pod.isPod, image.first?.isWhitespace == true || image.last?.isWhitespace == true {
      errors.invalid(path["image"], .string(image), "must not have leading or trailing whitespace")
    }
    errors.choice(
      path["terminationMessagePolicy"], container.text("terminationMessagePolicy"),
      ["File", "FallbackToLogsOnError"])
    ports(container.list("ports"), path, &errors)
    EnvironmentCheck(volumes: volumes).check(container, path, &errors)
    MountCheck(container: container, volumes: volumes).check(path, &errors)
    errors.choice(
      path["imagePullPolicy"], container.text("imagePullPolicy"), ["Always", "IfNotPresent", "Never"])
    if let resources = container["resources"], resources.object?.isEmpty == false {
      ResourceCheck.check(
        resources, path["resources"], claims: pod.spec.list("resourceClaims").map { $0.text("name") }, &errors
      )
    }
    resizePolicies(container.list("resizePolicy"), path, &errors)
    SecurityCheck.container(
      container["securityContext"], path["securityContext"],
      isHostUser: pod.spec["hostUsers"] != .bool(false), &errors)
  }

  private func life(_ container: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let probes = ProbeCheck(gracePeriod: gracePeriod)
    if let lifecycle = container["lifecycle"] {
      probes.lifecycle(lifecycle, path["lifecycle"], &errors)
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
      guard let probe = container[name], !probe.isNull else { continue }
      probes.probe(probe, path[name], isReadiness: name == "readinessProbe", &errors)
    }
  }

  private func restart(
    _ container: JSONValue, _ path: FieldPath, isInitial: Bool, _ errors: inout FieldErrors
  ) {
    let rules = container.list("restartPolicyRules")
    guard let policy = container["restartPolicy"]?.string else {
      if !rules.isEmpty {
        errors.required(path["restartPolicy"], "must specify restartPolicy when restart rules are used")
      }
      return
    }
    errors.choice(path["restartPolicy"], policy, ["Always", "Never", "OnFailure"])
    if isInitial, policy == "Always", !rules.isEmpty {
      errors.forbidden(
        path["restartPolicyRules"],
        "restartPolicyRules are not allowed for init containers with restart policy Always")
    }
  }

  private func ports(_ ports: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      let path = path["ports"][index]
      let name = port.text("name")
      if !name.isEmpty {
        let problems = PortName.problems(of: name)
        errors.invalid(path["name"], name, problems: problems)
        if problems.isEmpty, !names.insert(name).inserted { errors.duplicate(path["name"], .string(name)) }
      }
      let number = port.number("containerPort") ?? 0
      if number == 0 {
        errors.required(path["containerPort"])
      } else {
        errors.portNumber(path["containerPort"], number)
      }
      if let host = port.number("hostPort"), host != 0 { errors.portNumber(path["hostPort"], host) }
      errors.choice(path["protocol"], port.text("protocol"), ["SCTP", "TCP", "UDP"])
    }
  }

  private func portConflicts(
    _ containers: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    var known: Set<String> = []
    for (index, container) in containers.enumerated() {
      for (number, port) in container.list("ports").enumerated() {
        guard let host = port.number("hostPort"), host != 0 else { continue }
        let text = "\(port.text("protocol"))/\(port.text("hostIP"))/\(host)"
        if !known.insert(text).inserted {
          errors.duplicate(path[index]["ports"][number]["hostPort"], .string(text))
        }
      }
    }
  }

  private func resizePolicies(_ policies: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    var known: Set<String> = []
    for (index, policy) in policies.enumerated() {
      let path = path["resizePolicy"]
      let name = policy.text("resourceName")
      if !known.insert(name).inserted { errors.duplicate(path[index], .string(name)) }
      errors.choice(path, name, ["cpu", "memory"])
      let restart = policy.text("restartPolicy")
      errors.choice(path, restart, ["NotRequired", "RestartContainer"])
      if pod.spec.text("restartPolicy") == "Never", restart != "NotRequired" {
        errors.invalid(path, .string(restart), "must be 'NotRequired' when `restartPolicy` is 'Never'")
      }
    }
  }
}
