extension Declarations {
  /// Reports callers that mutual TLS would refuse, because they have no certificate.
  func checkMesh() {
    for declared in sound(Workload.self) {
      for (index, call) in declared.value.calls.enumerated() {
        checkCertificate(
          of: declared.value.namespace, calling: call.to,
          at: declared.document.spot("calls", .index(index), "to"))
      }
    }
    for declared in sound(Gateway.self) {
      for (index, route) in declared.value.routes.enumerated() {
        checkCertificate(
          of: declared.value.namespace, calling: route.to,
          at: declared.document.spot("routes", .index(index), "to"))
      }
    }
  }

  private func checkCertificate(of namespace: String, calling to: WorkloadReference, at spot: Spot) {
    func declared(_ name: String) -> Namespace? {
      sound(Namespace.self).map(\.value).first { $0.name == name }
    }
    let mesh = sound(ServiceMesh.self).first?.value
    guard let caller = declared(namespace), !caller.hasIstioInjection,
      let callee = declared(to.namespace), callee.hasIstioInjection,
      (callee.mutualTLS ?? mesh?.mutualTLS ?? .strict) == .strict, !isWithoutProxy(to)
    else { return }
    reading.report(
      .contradiction,
      "\(to) refuses callers without a certificate of the mesh, and the namespace \(caller.name) is not "
        + "part of it",
      at: spot,
      remedy: "write istioInjection: true for \(caller.name), or mutualTLS: permissive for \(callee.name)")
  }

  /// Whether something is no part of the mesh although its namespace is: what is outside the clusters, and the
  /// pods of CloudNativePG.
  private func isWithoutProxy(_ reference: WorkloadReference) -> Bool {
    all(ExternalService.self).contains { $0.value.reference == reference }
      || all(Database.self).contains { $0.value.reference == reference && $0.value.form == .cloudNativePG }
  }

  /// Reports workloads that are what no pod of their namespace may be.
  func checkPlacement() {
    let levels = Dictionary(
      sound(Namespace.self).map { ($0.value.name, $0.value.podSecurity) },
      uniquingKeysWith: { first, _ in first })
    for declared in sound(Workload.self) {
      let workload = declared.value
      guard let level = levels[workload.namespace], level != .privileged else { continue }
      for (index, volume) in workload.volumes.enumerated() where volume.kind == .node {
        reading.report(
          .contradiction,
          "a folder of the node, which the level \(level.rawValue) of the namespace \(workload.namespace) forbids",
          at: declared.document.spot("volumes", .index(index), "kind"),
          remedy: "move the workload to a namespace with podSecurity: privileged")
      }
      let allowed = level == .restricted ? ["NET_BIND_SERVICE"] : Workload.baselineCapabilities
      for (index, capability) in workload.capabilities.enumerated() where !allowed.contains(capability) {
        reading.report(
          .contradiction,
          "the capability \(capability), which the level \(level.rawValue) of the namespace "
            + "\(workload.namespace) forbids",
          at: declared.document.spot("capabilities", .index(index)),
          remedy: "remove it, or move the workload to a namespace of another level")
      }
    }
  }
}

extension Workload {
  /// What the level `baseline` lets containers add
  /// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
  fileprivate static let baselineCapabilities = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]
}
