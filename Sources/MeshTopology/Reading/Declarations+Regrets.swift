extension Declarations {
  /// Warns of what is valid and somebody will regret. A further warning is a method here and a code in
  /// `Problem+Warnings.swift`.
  func findRegrets() {
    for declared in sound(Gateway.self) {
      warnOfCertificate(declared)
      warnOfPlainHTTP(declared)
    }
    warnOfPermissiveNamespaces()
    for declared in sound(Monitoring.self) { warnOfUnheardAlerts(declared) }
    for declared in sound(Cluster.self) { warnOfOpenAPIServer(declared) }
  }

  private func warnOfCertificate(_ declared: Declared<Gateway>) {
    guard declared.value.certificate == nil, declared.value.service != .clusterIP else { return }
    reading.warn(
      .selfSigned, "users are shown a certificate that Kong signed itself, which browsers refuse",
      at: declared.document.nameSpot,
      remedy: "add certificate: with the name of a Secret of the type kubernetes.io/tls")
  }

  private func warnOfPlainHTTP(_ declared: Declared<Gateway>) {
    let gateway = declared.value
    guard gateway.service != .clusterIP, !gateway.isInternal, gateway.allowedRanges.isEmpty,
      let first = gateway.routes.firstIndex(where: { !$0.isHTTPSOnly })
    else { return }
    let others = gateway.routes.count { !$0.isHTTPSOnly } - 1
    let names = "the route \(gateway.routes[first].name)" + (others > 0 ? " and \(others) more" : "")
    reading.warn(
      .plainHTTP,
      "the internet reaches \(names) without TLS, where anybody on the way reads passwords and tokens",
      at: declared.document.spot("routes", .index(first)), remedy: "add httpsOnly: true")
  }

  /// Where callers need no certificate, nobody knows who calls, and no AuthorizationPolicy is rendered.
  private func warnOfPermissiveNamespaces() {
    let mesh = sound(ServiceMesh.self).first
    let called = Set(sound(Workload.self).map(\.value).filter { !$0.ports.isEmpty }.map(\.namespace))
    func warn(_ names: [String], at spot: Spot) {
      reading.warn(
        .unenforcedAuthorization,
        "callers without a certificate are served in \(alternatives(names, last: "and")), so that nothing "
          + "enforces who may call what there",
        at: spot, remedy: "write mutualTLS: strict once all callers are part of the mesh")
    }
    var byMesh: [String] = []
    for declared in sound(Namespace.self) where declared.value.hasIstioInjection {
      guard called.contains(declared.value.name) else { continue }
      switch declared.value.mutualTLS {
      case .permissive: warn([declared.value.name], at: declared.document.spot("mutualTLS"))
      case nil where mesh?.value.mutualTLS == .permissive: byMesh.append(declared.value.name)
      default: break
      }
    }
    if let mesh, !byMesh.isEmpty { warn(byMesh.sorted(), at: mesh.document.spot("mutualTLS")) }
  }

  /// An operator's Prometheus knows its Alertmanagers by itself.
  private func warnOfUnheardAlerts(_ declared: Declared<Monitoring>) {
    let monitoring = declared.value
    let hasAlerts =
      !monitoring.builtInRules.isEmpty
      || monitoring.rules.contains { $0.rules.contains { $0.alert != nil } }
    guard monitoring.management == .configuration, monitoring.alertmanagers.isEmpty, hasAlerts else { return }
    reading.warn(
      .unheardAlerts, "alerts are raised, and no Alertmanager tells anybody", at: declared.document.nameSpot,
      remedy:
        "add alertmanagers: with an ExternalService or Workload, or write builtInRules: [] and no alerts")
  }

  /// A cluster of which only the region is said is described elsewhere, who may reach it too.
  private func warnOfOpenAPIServer(_ declared: Declared<Cluster>) {
    let cluster = declared.value
    guard cluster.network != nil || !cluster.nodePools.isEmpty, !cluster.hasPrivateEndpoint else { return }
    let open = cluster.authorizedNetworks.firstIndex { $0.range.prefixLength == 0 }
    guard open != nil || cluster.authorizedNetworks.isEmpty else { return }
    reading.warn(
      .openAPIServer, "the whole internet reaches the API server of \(cluster.name)",
      at: open.map { declared.document.spot("authorizedNetworks", .index($0), "range") }
        ?? declared.document.nameSpot,
      remedy: open == nil
        ? "add authorizedNetworks: [{name: office, range: 203.0.113.0/24}], or privateEndpoint: true"
        : "name those who need it, or write privateEndpoint: true")
  }
}
