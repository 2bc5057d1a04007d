import KubeModel

/// A pod's specification under check (`ValidatePodSpec`).
struct PodSpec {
  let spec: JSONValue
  let path: FieldPath
  /// The pod's name; nil in a template.
  let podName: String?
  /// Whether it belongs to a pod, for which more holds than for a template.
  let isPod: Bool

  init(_ spec: JSONValue, _ path: FieldPath, podName: String?, isPod: Bool) {
    self.spec = spec
    self.path = path
    self.podName = podName
    self.isPod = isPod
  }

  func check(_ errors: inout FieldErrors) {
    let volumes = VolumeCheck(podName: podName).check(spec.list("volumes"), path["volumes"], &errors)
    claims(&errors)
    ContainerCheck(pod: self, volumes: volumes).check(&errors)
    resources(&errors)
    hostPorts(&errors)
    errors.choice(path["restartPolicy"], spec.text("restartPolicy"), ["Always", "OnFailure", "Never"])
    errors.choice(
      path["dnsPolicy"], spec.text("dnsPolicy"),
      ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"])
    errors.labels(path["nodeSelector"], spec["nodeSelector"])
    SecurityCheck.pod(spec, path, &errors)
    AffinityCheck.check(spec["affinity"], path["affinity"], &errors)
    nameResolution(&errors)
    for (index, gate) in spec.list("readinessGates").enumerated() {
      errors.labelKey(path["readinessGates"][index]["conditionType"], gate.text("conditionType"))
    }
    schedulingGates(&errors)
    TopologySpread.check(spec.list("topologySpreadConstraints"), path["topologySpreadConstraints"], &errors)
    hostUsers(&errors)
    names(&errors)
    if let deadline = spec.number("activeDeadlineSeconds"), !(1...Int64(Int32.max)).contains(deadline) {
      errors.invalid(
        path["activeDeadlineSeconds"], .int(deadline), "must be between 1 and \(Int32.max), inclusive")
    }
    Tolerations.check(spec.list("tolerations"), path["tolerations"], &errors)
    for (index, alias) in spec.list("hostAliases").enumerated() {
      let path = path["hostAliases"][index]
      errors.invalid(path["ip"], alias.text("ip"), problems: Address.problems(of: alias.text("ip")))
      for (index, name) in alias.texts("hostnames").enumerated() {
        errors.name(path["hostnames"][index], name, .dnsSubdomain)
      }
    }
    if let policy = spec["preemptionPolicy"]?.string {
      errors.choice(path["preemptionPolicy"], policy, ["PreemptLowerPriority", "Never"])
    }
    if let overhead = spec["overhead"] {
      ResourceCheck.check(["limits": overhead], path["overhead"], &errors)
    }
    operatingSystem(&errors)
  }

  private func names(_ errors: inout FieldErrors) {
    let forms: [(String, NameForm)] = [
      ("serviceAccountName", .dnsSubdomain), ("nodeName", .dnsSubdomain), ("hostname", .dnsLabel),
      ("subdomain", .dnsLabel), ("priorityClassName", .dnsSubdomain),
    ]
    for (field, form) in forms {
      let text = spec.text(field)
      if !text.isEmpty { errors.name(path[field], text, form) }
    }
    if let name = spec["runtimeClassName"]?.string {
      errors.name(path["runtimeClassName"], name, .dnsSubdomain)
    }
  }

  private func claims(_ errors: inout FieldErrors) {
    var known: Set<String> = []
    for (index, claim) in spec.list("resourceClaims").enumerated() {
      let path = path["resourceClaims"][index]
      let name = claim.text("name")
      if name.isEmpty {
        errors.required(path["name"])
      } else if !known.insert(name).inserted {
        errors.duplicate(path["name"], .string(name))
      } else {
        errors.name(path["name"], name, .dnsLabel)
      }
      let sources = ["resourceClaimName", "resourceClaimTemplateName"].filter(claim.has)
      if sources.count > 1 {
        errors.invalid(
          path, claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified")
      } else if sources.isEmpty {
        errors.invalid(
          path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
      }
      for source in sources { errors.name(path[source], claim.text(source), .dnsSubdomain) }
    }
  }

  private func hostPorts(_ errors: inout FieldErrors) {
    guard spec.flag("hostNetwork") else { return }
    for (index, container) in spec.list("containers").enumerated() {
      for (number, port) in container.list("ports").enumerated() {
        let host = port.number("hostPort") ?? 0
        guard isPod || host != 0, host != port.number("containerPort") ?? 0 else { continue }
        errors.invalid(
          path["containers"][index]["ports"][number]["hostPort"], .int(host),
          "must match `containerPort` when `hostNetwork` is true")
      }
    }
  }

  private func schedulingGates(_ errors: inout FieldErrors) {
    var known: Set<String> = []
    for (index, gate) in spec.list("schedulingGates").enumerated() {
      let name = gate.text("name")
      errors.labelKey(path["schedulingGates"][index], name)
      if !known.insert(name).inserted { errors.duplicate(path["schedulingGates"][index], .string(name)) }
    }
  }

  private func hostUsers(_ errors: inout FieldErrors) {
    guard spec["hostUsers"] == .bool(false) else { return }
    let words = "when `pod.Spec.HostUsers` is false"
    if spec.flag("hostNetwork") { errors.forbidden(path["hostNetwork"], words) }
    if spec.flag("hostPID") { errors.forbidden(path["HostPID"], words) }
    if spec.flag("hostIPC") { errors.forbidden(path["HostIPC"], words) }
  }

  private func operatingSystem(_ errors: inout FieldErrors) {
    guard let system = spec["os"] else { return }
    let name = system.text("name")
    if name.isEmpty {
      errors.required(path["os"]["name"], "cannot be empty")
    } else if !["linux", "windows"].contains(name) {
      errors.notSupported(path["os"], .string(name), ["linux", "windows"])
    }
  }

  private func resources(_ errors: inout FieldErrors) {
    guard let resources = spec["resources"], resources.object?.isEmpty == false else { return }
    ResourceCheck.check(resources, path["resources"], isPodLevel: true, &errors)
  }
}
