import KubeModel

extension PodSecurityCheck {
  static let restricted: [PodSecurityCheck] = [
    PodSecurityCheck(level: .restricted, since: 8, violation: privilegeEscalation),
    PodSecurityCheck(level: .restricted, since: 22, violation: droppedCapabilities),
    PodSecurityCheck(level: .restricted, violation: volumeTypes),
    PodSecurityCheck(level: .restricted, violation: nonRoot),
    PodSecurityCheck(level: .restricted, since: 23, violation: rootUser),
    PodSecurityCheck(level: .restricted, since: 19, violation: confiningSeccomp),
  ]

  private typealias Words = PodSecurityWords

  @Sendable private static func privilegeEscalation(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    guard !pod.isWindows else { return nil }
    let names = pod.containers { $0["allowPrivilegeEscalation"]?.bool != false }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "allowPrivilegeEscalation != false",
      detail: "\(Words.containers(names)) must set securityContext.allowPrivilegeEscalation=false")
  }

  @Sendable private static func droppedCapabilities(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    guard !pod.isWindows else { return nil }
    let keeping = pod.containers { context in
      !(context[path: "capabilities", "drop"]?.array ?? []).contains("ALL")
    }
    let (adding, added) = addedCapabilities(pod, except: ["NET_BIND_SERVICE"])
    var details: [String] = []
    if !keeping.isEmpty {
      details.append("\(Words.containers(keeping)) must set securityContext.capabilities.drop=[\"ALL\"]")
    }
    if !adding.isEmpty {
      details.append(
        "\(Words.containers(adding)) must not include \(Words.quoted(added)) in securityContext.capabilities.add"
      )
    }
    guard !details.isEmpty else { return nil }
    return PodSecurityViolation(reason: "unrestricted capabilities", detail: details.joined(separator: "; "))
  }

  @Sendable private static func volumeTypes(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let allowed: Set<String> = [
      "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
      "projected",
      "secret",
    ]
    var names: [String] = []
    var types: Set<String> = []
    for volume in pod.volumes {
      let sources = (volume.object?.members ?? []).map(\.key).filter { $0 != "name" }
      guard !sources.contains(where: allowed.contains) else { continue }
      names.append(volume["name"]?.string ?? "")
      types.insert(sources.first ?? "unknown")
    }
    guard !names.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "restricted volume types",
      detail: [
        Words.plural("volume", "volumes", names.count), Words.quoted(names),
        Words.plural("uses", "use", names.count),
        Words.plural("restricted volume type", "restricted volume types", types.count),
        Words.quoted(types.sorted()),
      ].joined(separator: " "))
  }

  @Sendable private static func nonRoot(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let own = pod.context["runAsNonRoot"]?.bool
    let refusing = pod.containers { $0["runAsNonRoot"]?.bool == false }
    if own == false || !refusing.isEmpty {
      return PodSecurityViolation(
        reason: "runAsNonRoot != true",
        detail:
          "\(Words.setters(pod: own == false, refusing)) must not set securityContext.runAsNonRoot=false")
    }
    let silent = pod.containers { $0["runAsNonRoot"]?.bool == nil }
    guard own == nil, !silent.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "runAsNonRoot != true",
      detail: "pod or \(Words.containers(silent)) must set securityContext.runAsNonRoot=true")
  }

  @Sendable private static func rootUser(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    let own = pod.context["runAsUser"]?.int == 0
    let containers = pod.containers { $0["runAsUser"]?.int == 0 }
    guard own || !containers.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "runAsUser=0", detail: "\(Words.setters(pod: own, containers)) must not set runAsUser=0")
  }

  @Sendable private static func confiningSeccomp(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
    guard !pod.isWindows else { return nil }
    if let forbidden = forbiddenSeccomp(pod) {
      return PodSecurityViolation(reason: "seccompProfile", detail: forbidden)
    }
    let silent = pod.containers { $0[path: "seccompProfile", "type"]?.string == nil }
    guard pod.context[path: "seccompProfile", "type"]?.string == nil, !silent.isEmpty else { return nil }
    return PodSecurityViolation(
      reason: "seccompProfile",
      detail: "pod or \(Words.containers(silent)) must set securityContext.seccompProfile.type to "
        + "\"RuntimeDefault\" or \"Localhost\"")
  }
}
