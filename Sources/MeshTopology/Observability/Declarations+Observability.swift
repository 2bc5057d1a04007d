internal import KubeModel

extension Declarations {
  /// Reports what traces, measures and logs need of other documents and do not find.
  func checkObservability() {
    let namespaces = Dictionary(
      sound(Namespace.self).map { ($0.value.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    checkOwnWorkloads()
    checkPorts()
    for declared in sound(Tracing.self) {
      guard let namespace = namespaces[declared.value.namespace] else { continue }
      if declared.value.isOperated, namespace.deniesByDefault {
        reading.report(
          .contradiction,
          "\(namespace.name) shuts out pods that no workload accounts for, such as those that Jaeger's operator makes",
          at: declared.document.spot("version"),
          remedy: "write version: \"\(Tracing.defaultVersion)\", or remove denyByDefault of \(namespace.name)"
        )
      }
    }
    for declared in sound(Monitoring.self) { check(declared, in: namespaces[declared.value.namespace]) }
    for declared in sound(Logging.self) {
      guard let namespace = namespaces[declared.value.namespace], namespace.podSecurity != .privileged else {
        continue
      }
      reading.report(
        .contradiction,
        "\(namespace.name) is \(namespace.podSecurity.rawValue), which keeps pods from the folders of nodes, where logs are",
        at: declared.document.namespaceSpot,
        remedy:
          "write podSecurity: privileged in the Namespace \(namespace.name), and keep other workloads out of it"
      )
    }
  }

  private func check(_ declared: Declared<Monitoring>, in namespace: Namespace?) {
    let mesh = sound(ServiceMesh.self).first?.value
    if declared.value.management == .configuration, namespace?.hasIstioInjection == true,
      mesh?.outbound == .registryOnly
    {
      reading.report(
        .contradiction,
        "Prometheus asks pods by their addresses, which its proxy refuses: the mesh lets calls to known hosts out only",
        at: declared.document.namespaceSpot,
        remedy: "write istioInjection: false in the Namespace \(declared.value.namespace)")
    }
    if all(Backup.self).isEmpty, declared.document.spec?.node["backupDelay"] != nil {
      reading.report(
        .contradiction, "a delay of backups, but nothing is backed up",
        at: declared.document.spot("backupDelay"),
        remedy: "add a document of kind Backup, or remove backupDelay")
    }
  }

  /// The platform's workloads have fixed names, which no other workload of their namespace can have.
  private func checkOwnWorkloads() {
    var owners: [WorkloadReference: String] = [:]
    for tracing in sound(Tracing.self).map(\.value) {
      owners[tracing.collector] = "Tracing"
      if !tracing.isOperated { owners[tracing.jaeger] = "Tracing" }
      if case .elasticsearch = tracing.storage { owners[tracing.elasticsearch] = "Tracing" }
    }
    for monitoring in sound(Monitoring.self).map(\.value) {
      owners[monitoring.prometheus] = "Monitoring"
      if monitoring.stateMetrics != nil { owners[monitoring.kubeStateMetrics] = "Monitoring" }
    }
    for logging in sound(Logging.self).map(\.value) { owners[logging.fluentBit] = "Logging" }
    for declared in sound(Workload.self) {
      guard let owner = owners[declared.value.reference] else { continue }
      reading.report(
        .duplicate, "\(declared.value.reference) is a workload of \(owner) already",
        at: declared.document.nameSpot, remedy: "choose another name, or remove the document \(owner)")
    }
  }

  /// Traces, alerts and logs go to ports, which whoever gets them must have.
  private func checkPorts() {
    for declared in sound(Tracing.self) {
      guard case .service(let service) = declared.value.storage else { continue }
      let call = Call(to: service.to).with { $0.port = service.port }
      check(call, at: declared.document.spot("storage", "service", service.port == nil ? "to" : "port"))
    }
    for declared in sound(Monitoring.self) {
      for (index, reference) in declared.value.alertmanagers.enumerated() {
        check(Call(to: reference), at: declared.document.spot("alertmanagers", .index(index)))
      }
    }
    for declared in sound(Logging.self) {
      guard let call = declared.value.destination.call else { continue }
      let kind = if case .http = declared.value.destination { "http" } else { "elasticsearch" }
      check(call, at: declared.document.spot("destination", .key(kind), call.port == nil ? "to" : "port"))
    }
  }

  private func check(_ call: Call, at spot: Spot) {
    let callees: [any Callee] =
      sound(Workload.self).map(\.value) as [any Callee] + sound(ExternalService.self).map(\.value)
    guard let callee = callees.first(where: { $0.reference == call.to }), callee.port(call.port) == nil else {
      return
    }
    let ports = callee.ports.map { "\($0.name) (\($0.port))" }
    reading.report(
      .unknownReference,
      call.port.map { "\(callee.name) has no port \($0)" } ?? "\(callee.name) has no port to call",
      at: spot,
      remedy: ports.isEmpty
        ? "declare ports of \(callee.reference)" : "its ports are \(alternatives(ports, last: "and"))")
  }
}
