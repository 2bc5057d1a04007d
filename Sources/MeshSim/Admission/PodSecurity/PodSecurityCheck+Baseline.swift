import KubeModel

extension PodSecurityCheck {
  static let baseline: [PodSecurityCheck] = [
    PodSecurityCheck(level: .baseline, violation: appArmor),
    PodSecurityCheck(level: .baseline, replacedWhenRestrictedSince: 22, violation: capabilities),
    PodSecurityCheck(level: .baseline, violation: hostNamespaces),
    PodSecurityCheck(level: .baseline, replacedWhenRestrictedSince: 0, violation: hostPaths),
    PodSecurityCheck(level: .baseline, violation: hostPorts),
    PodSecurityCheck(level: .baseline, since: 34, violation: hostsOfProbes),
    PodSecurityCheck(level: .baseline, violation: privileged),
    PodSecurityCheck(level: .baseline, violation: procMount),
    PodSecurityCheck(level: .baseline, violation: seLinux),
    PodSecurityCheck(level: .baseline, replacedWhenRestrictedSince: 19, violation: seccomp),
    PodSecurityCheck(level: .baseline, violation: sysctls),
    PodSecurityCheck(level: .baseline, violation: windowsHostProcess),
  ]

  private typealias Words = PodSecurityWords

  @Sendable private static func appArmor(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    func profile(_ context: JSONValue) -> String? {
      context[path: "appArmorProfile", "type"]?.string.flatMap {
        ["RuntimeDefault", "Localhost"].contains($0) ? nil : $0
      }
    }
    let containers = pod.containers { profile($0) != nil }
    var values = Set(pod.containers.compactMap { profile($0["securityContext"] ?? .null) })
    let own = profile(pod.context)
    if let own { values.insert(own) }
    let annotations = pod.annotations.filter { key, value in
      key.hasPrefix(PodSecuritySubject.appArmorPrefix)
        && !(["", "runtime/default"].contains(value) || value.hasPrefix("localhost/"))
    }
    var details: [String] = []
    if !values.isEmpty {
      details.append(
        Words.setters(pod: own != nil, containers)
          + " must not set AppArmor profile type to \(Words.quoted(values.sorted()))")
    }
    details += annotations.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
    guard !details.isEmpty else { return nil }
    let count = values.count + Set(annotations.values).count
    return PodSecurityViolation(
      reason: Words.plural("forbidden AppArmor profile", "forbidden AppArmor profiles", count),
      detail: details.joined(separator: "; "))
  }

  @Sendable private static func capabilities(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let allowed: Set<String> = [
      "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
      "SETFCAP",
      "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]
    let (containers, added) = addedCapabilities(pod, except: allowed)
    guard !containers.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "non-default capabilities",
      detail: "\(Words.containers(containers)) must not include \(Words.quoted(added)) in "
        + "securityContext.capabilities.add")
  }

  /// The containers that add other capabilities, and which these are.
  static func addedCapabilities(_ pod: PodSecuritySubject, except allowed: Set<String>) -> (
    [String], [String]
  ) {
    var all: Set<String> = []
    let containers = pod.containers { context in
      let added = (context[path: "capabilities", "add"]?.array ?? []).compactMap(\.string)
        .filter { !allowed.contains($0) }
      all.formUnion(added)
      return !added.isEmpty
    }
    return (containers, all.sorted())
  }

  @Sendable private static func hostNamespaces(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let set = ["hostNetwork", "hostPID", "hostIPC"].filter { pod.spec[$0]?.bool == true }
    guard !set.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "host namespaces", detail: set.map { $0 + "=true" }.joined(separator: ", "))
  }

  @Sendable private static func hostPaths(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let names = pod.volumes.filter { $0["hostPath"] != nil }.map { $0["name"]?.string ?? "" }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "hostPath volumes",
      detail: "\(Words.plural("volume", "volumes", names.count)) \(Words.quoted(names))")
  }

  @Sendable private static func hostPorts(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    var ports: Set<String> = []
    let names = pod.containers.filter { container in
      let own = (container["ports"]?.array ?? []).compactMap { $0["hostPort"]?.int }.filter { $0 != 0 }
      ports.formUnion(own.map(String.init))
      return !own.isEmpty
    }.map { $0["name"]?.string ?? "" }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "hostPort",
      detail: [
        Words.containers(names), Words.plural("uses", "use", names.count),
        Words.plural("hostPort", "hostPorts", ports.count), ports.sorted().joined(separator: ", "),
      ].joined(separator: " "))
  }

  @Sendable private static func hostsOfProbes(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    var hosts: Set<String> = []
    let names = pod.containers.filter { container in
      let probes = ["livenessProbe", "readinessProbe", "startupProbe"].compactMap { container[$0] }
      let hooks = ["postStart", "preStop"].compactMap { container[path: "lifecycle", $0] }
      let own = (probes + hooks).flatMap { action in
        ["httpGet", "tcpSocket"].compactMap { action[$0]?["host"]?.string }
      }.filter { !$0.isEmpty }
      hosts.formUnion(own)
      return !own.isEmpty
    }.map { $0["name"]?.string ?? "" }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "probe or lifecycle host",
      detail: [
        Words.containers(names), Words.plural("uses", "use", names.count),
        Words.plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.count),
        Words.quoted(hosts.sorted()),
      ].joined(separator: " "))
  }

  @Sendable private static func privileged(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let names = pod.containers { $0["privileged"]?.bool == true }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "privileged", detail: "\(Words.containers(names)) must not set securityContext.privileged=true")
  }

  @Sendable private static func procMount(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    var values: Set<String> = []
    let names = pod.containers { context in
      guard let mount = context["procMount"]?.string, mount != "Default" else { return false }
      values.insert(mount)
      return true
    }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "procMount",
      detail:
        "\(Words.containers(names)) must not set securityContext.procMount to \(Words.quoted(values.sorted()))"
    )
  }

  @Sendable private static func seLinux(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let allowed = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]
    var types: Set<String> = []
    var sets: Set<String> = []
    func isForbidden(_ context: JSONValue) -> Bool {
      guard let options = context["seLinuxOptions"] else { return false }
      let type = options["type"]?.string ?? ""
      let others = ["user", "role"].filter { !(options[$0]?.string ?? "").isEmpty }
      if !allowed.contains(type) { types.insert(type) }
      sets.formUnion(others)
      return !allowed.contains(type) || !others.isEmpty
    }
    let own = isForbidden(pod.context)
    let containers = pod.containers(where: isForbidden)
    guard own || !containers.isEmpty else { return nil }
    var data =
      types.isEmpty ? [] : ["\(Words.plural("type", "types", types.count)) \(Words.quoted(types.sorted()))"]
    data += ["user", "role"].filter(sets.contains).map { "\($0) may not be set" }
    return PodSecurityViolation(
      reason: "seLinuxOptions",
      detail: "\(Words.setters(pod: own, containers)) set forbidden securityContext.seLinuxOptions: "
        + data.joined(separator: "; "))
  }

  @Sendable private static func seccomp(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    forbiddenSeccomp(pod).map { PodSecurityViolation(reason: "seccompProfile", detail: $0) }
  }

  /// Who sets another profile than one that confines, in words.
  static func forbiddenSeccomp(_ pod: PodSecuritySubject) -> String? {
    var values: Set<String> = []
    func isForbidden(_ context: JSONValue) -> Bool {
      guard let type = context[path: "seccompProfile", "type"]?.string,
        !["RuntimeDefault", "Localhost"].contains(type)
      else { return false }
      values.insert(type)
      return true
    }
    let own = isForbidden(pod.context)
    let containers = pod.containers(where: isForbidden)
    guard own || !containers.isEmpty else { return nil }
    return
      "\(PodSecurityWords.setters(pod: own, containers)) must not set securityContext.seccompProfile.type to "
      + PodSecurityWords.quoted(values.sorted())
  }

  @Sendable private static func sysctls(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let allowed: Set<String> = [
      "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports",
      "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ]
    let names = (pod.context["sysctls"]?.array ?? []).compactMap { $0["name"]?.string }
      .filter { !allowed.contains($0) }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(reason: "forbidden sysctls", detail: names.joined(separator: ", "))
  }

  @Sendable private static func windowsHostProcess(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    func isSet(_ context: JSONValue) -> Bool { context[path: "windowsOptions", "hostProcess"]?.bool == true }
    let containers = pod.containers(where: isSet)
    guard isSet(pod.context) || !containers.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "hostProcess",
      detail: "\(Words.setters(pod: isSet(pod.context), containers)) must not set "
        + "securityContext.windowsOptions.hostProcess=true")
  }
}
