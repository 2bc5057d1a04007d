internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the routes of a VirtualService that the mesh goes by; one for a gateway stays as it is.
  mutating func placeVirtualService(_ source: Source) {
    let spec = source.root["spec"]
    let gateways = spec?["gateways"]?.elements.compactMap(\.peek) ?? []
    noteRoutes(of: source, gateways: gateways)
    guard gateways.isEmpty || gateways.contains("mesh") else {
      keep(source, "it routes what comes in by a gateway of Istio; the topology has routes of Gateways")
      return
    }
    let hosts = spec?["hosts"]?.elements ?? []
    guard hosts.count == 1, let host = hosts.first?.peek, let reference = owner(ofRoutes: host, source),
      let rules = spec?["http"]?.elements, !rules.isEmpty
    else { return }
    spec?["hosts"]?.take()
    spec?["gateways"]?.take()
    var traffic = workloads[reference]?.traffic ?? Traffic()
    var isReadToEnd = false
    for rule in rules {
      let matches = rule["match"]?.elements ?? []
      if matches.isEmpty {
        readDefault(rule, of: reference, into: &traffic)
        isReadToEnd = true
      } else if let route = headerRoute(rule, matches) {
        traffic.headerRoutes.append(route)
      } else {
        drop(rule, "a route of the topology is chosen by one header with one exact value")
      }
    }
    if !isReadToEnd {
      contradict(source.place, "\(source.words) has no route for requests that match nothing: they fail")
    }
    workloads[reference]?.traffic = traffic
    source.root["metadata", "labels"]?.take()
    place(source, at: reference.workloadPath, "traffic")
  }

  private mutating func owner(ofRoutes host: String, _ source: Source) -> WorkloadReference? {
    guard let found = target(of: host, from: source.namespace, anywhere: !source.saysNamespace) else {
      guard !host.contains("*"), !host.contains(".") || Importing.clusterName(of: host) != nil else {
        return nil
      }
      let reference =
        Importing.clusterName(of: host) ?? WorkloadReference(namespace: source.namespace, name: host)
      return workload(inferred: reference, by: source.words, at: source.place, port: 8080) ? reference : nil
    }
    if !source.saysNamespace, found.namespace != source.namespace {
      assume(
        found.workloadPath + " traffic",
        "\(source.words) names no namespace; the only \(host) is in \(found.namespace)")
    }
    return workloads[found] == nil ? nil : found
  }

  private func headerRoute(_ rule: Part, _ matches: [Part]) -> HeaderRoute? {
    let routes = rule["route"]?.elements ?? []
    guard matches.count == 1, let match = matches.first, match.entries.count == 1,
      let headers = match["headers"]?.entries, headers.count == 1, let header = headers.first,
      let exact = header.value["exact"]?.peek, header.value.entries.count == 1, routes.count == 1,
      let subset = routes.first?["destination", "subset"]?.peek
    else { return nil }
    rule["match"]?.take()
    rule["route"]?.take()
    rule["name"]?.take()
    // Timeouts and the like are those of the default route.
    for key in ["timeout", "retries"] { rule[key]?.take() }
    return HeaderRoute(header: header.key.lowercased(), exact: exact, subset: subset)
  }

  private mutating func readDefault(
    _ rule: Part, of reference: WorkloadReference, into traffic: inout Traffic
  ) {
    rule["name"]?.take()
    let routes = rule["route"]?.elements ?? []
    let shares = routes.compactMap { route -> (subset: String, weight: Int)? in
      route["destination", "subset"]?.peek.map { ($0, route["weight"]?.peek.flatMap(Int.init) ?? 100) }
    }
    if shares.count == routes.count, (1...2).contains(shares.count) {
      readShares(shares, rule, of: reference, into: &traffic)
    }
    traffic.timeout = duration(rule["timeout"])
    if let retries = rule["retries"], let attempts = retries["attempts"]?.integer {
      var value = Retries(attempts: attempts)
      value.perTryTimeout = duration(retries["perTryTimeout"])
      value.on = retries["retryOn"]?.text?.split(separator: ",").map { String($0.filter { $0 != " " }) } ?? []
      traffic.retries = value
    }
    if let host = rule["mirror", "host"]?.peek, let other = target(of: host, from: reference.namespace),
      other != reference
    {
      rule["mirror"]?.take()
      var mirror = Mirror(to: other)
      mirror.port = self.reference(toPort: rule["mirror", "port", "number"]?.integer, of: other)
      let share =
        rule["mirrorPercentage", "value"]?.text.flatMap(Double.init)
        ?? rule["mirrorPercent"]?.text.flatMap(Double.init)
      mirror.percent = share.flatMap(Percent.init(value:)) ?? .full
      traffic.mirror = mirror
    }
    readFaults(rule["fault"], into: &traffic)
    for route in routes where route["destination", "subset"] == nil { route.take() }
  }

  private mutating func readShares(
    _ shares: [(subset: String, weight: Int)], _ rule: Part, of reference: WorkloadReference,
    into traffic: inout Traffic
  ) {
    rule["route"]?.take()
    let order = shares.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .map(\.element)
    traffic.stableSubset = order[0].subset
    guard order.count == 2 else {
      if traffic.canarySubset == order[0].subset { traffic.canarySubset = MeshLabels.canary }
      return
    }
    traffic.canarySubset = order[1].subset
    let sum = order[0].weight + order[1].weight
    guard let weight = Weight(percent: order[1].weight), sum == 100 else {
      contradict(rule.place, "the weights of \(reference) sum to \(sum), not 100")
      return
    }
    guard weight > .zero else { return }
    traffic.canaryWeight = weight
    assume(
      reference.workloadPath + " traffic.subsets",
      "\(order[1].subset) gets its \(weight.percent) % while a canary runs; between rollouts \(order[0].subset) gets everything"
    )
  }

  private func readFaults(_ fault: Part?, into traffic: inout Traffic) {
    guard let fault else { return }
    func percent(_ part: Part?) -> Percent {
      let value = part?["percentage", "value"]?.text ?? part?["percent"]?.text
      return value.flatMap(Double.init).flatMap(Percent.init(value:)) ?? .full
    }
    var faults = FaultInjection()
    if let time = duration(fault["delay", "fixedDelay"]) {
      faults.delay = FaultInjection.Delay(duration: time, percent: percent(fault["delay"]))
    }
    if let status = fault["abort", "httpStatus"]?.integer {
      faults.abort = FaultInjection.Abort(status: status, percent: percent(fault["abort"]))
    }
    if faults != FaultInjection() { traffic.faults = faults }
  }
}
