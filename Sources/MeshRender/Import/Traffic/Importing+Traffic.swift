internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes VirtualServices and DestinationRules over to the workloads whose requests they route.
  mutating func placeTraffic() {
    placeServiceEntries()
    for source in all("networking.istio.io", "DestinationRule") { placeDestinationRule(source) }
    for source in all("networking.istio.io", "VirtualService") { placeVirtualService(source) }
    checkSubsets()
  }

  /// The workload at a host of Istio's configuration, made up where nothing declares it.
  private mutating func owner(of host: String, _ source: Source) -> WorkloadReference? {
    if let found = target(of: host, from: source.namespace, anywhere: !source.saysNamespace) {
      if found.namespace != source.namespace, !source.saysNamespace {
        assume(
          found.workloadPath + " traffic",
          "\(source.words) names no namespace; the only \(host) is in \(found.namespace)")
      }
      return workloads[found] == nil ? nil : found
    }
    guard !host.contains("*"), !host.contains(".") || Importing.clusterName(of: host) != nil else {
      return nil
    }
    let reference =
      Importing.clusterName(of: host) ?? WorkloadReference(namespace: source.namespace, name: host)
    guard !services.keys.contains(reference), !pods.contains(where: { $0.source.reference == reference })
    else {
      return nil
    }
    return workload(inferred: reference, by: source.words, at: source.place, port: 8080) ? reference : nil
  }

  private mutating func placeDestinationRule(_ source: Source) {
    guard let host = source.root["spec", "host"]?.peek, let reference = owner(of: host, source) else {
      return
    }
    source.root["spec", "host"]?.take()
    var traffic = workloads[reference]?.traffic ?? Traffic()
    if let policy = source.root["spec", "trafficPolicy"] { read(policy, into: &traffic) }
    let subsets = source.root["spec", "subsets"]?.elements ?? []
    let names = subsets.compactMap { $0["name"]?.peek }
    if let stable = names.first { traffic.stableSubset = stable }
    if names.count > 1 { traffic.canarySubset = names[1] }
    for (index, subset) in subsets.enumerated() {
      subset["name"]?.take()
      if index > 1 { drop(subset, "a workload has two subsets, the stable one and the canary") }
      subset["labels"]?.take()
    }
    if names.count == 1 { traffic.canarySubset = names[0] == MeshLabels.canary ? "next" : MeshLabels.canary }
    workloads[reference]?.traffic = traffic
    source.root["metadata", "labels"]?.take()
    place(source, at: reference.workloadPath, "traffic")
  }

  private mutating func read(_ policy: Part, into traffic: inout Traffic) {
    let simple = policy["loadBalancer", "simple"]
    switch simple?.peek {
    case "ROUND_ROBIN": traffic.loadBalancer = .roundRobin
    case "RANDOM": traffic.loadBalancer = .random
    case "PASSTHROUGH": traffic.loadBalancer = .passthrough
    default: traffic.loadBalancer = .leastRequest
    }
    simple?.take()
    if let hash = policy["loadBalancer", "consistentHash"] {
      var affinity = Affinity()
      affinity.header = hash["httpHeaderName"]?.text?.lowercased()
      affinity.cookie = hash["httpCookie", "name"]?.text
      affinity.isBySource = hash["useSourceIp"]?.flag ?? false
      if affinity.header != nil || affinity.cookie != nil || affinity.isBySource {
        traffic.affinity = affinity
      }
    }
    if let pool = policy["connectionPool"] {
      var limits = ConnectionPool()
      limits.maxConnections = pool["tcp", "maxConnections"]?.integer
      limits.connectTimeout = duration(pool["tcp", "connectTimeout"])
      limits.http1MaxPendingRequests = pool["http", "http1MaxPendingRequests"]?.integer
      limits.http2MaxRequests = pool["http", "http2MaxRequests"]?.integer
      limits.maxRequestsPerConnection = pool["http", "maxRequestsPerConnection"]?.integer
      limits.idleTimeout = duration(pool["http", "idleTimeout"])
      if limits != ConnectionPool() { traffic.connectionPool = limits }
    }
    if let part = policy["outlierDetection"] {
      var outlier = OutlierDetection()
      for key in ["consecutive5xxErrors", "consecutiveErrors", "consecutiveGatewayErrors"] {
        if let count = part[key]?.integer, count > 0 { outlier.consecutiveErrors = count }
      }
      if let interval = duration(part["interval"]) { outlier.interval = interval }
      if let time = duration(part["baseEjectionTime"]) { outlier.ejectionTime = time }
      if let most = part["maxEjectionPercent"]?.integer { outlier.maximumEjected = most }
      traffic.outlierDetection = outlier
    }
    if policy["tls", "mode"]?.peek == "ISTIO_MUTUAL" { policy["tls"]?.take() }
  }

  /// A duration as Go writes it.
  func duration(_ part: Part?) -> Duration? {
    guard let part, let text = part.peek, let duration = Duration(goText: text) else { return nil }
    part.take()
    return duration
  }

  private mutating func checkSubsets() {
    for rule in all("networking.istio.io", "DestinationRule") {
      guard let host = rule.root["spec", "host"]?.peek else { continue }
      let owner = target(of: host, from: rule.namespace, anywhere: !rule.saysNamespace)
      for subset in rule.root["spec", "subsets"]?.elements ?? [] {
        let labels = subset["labels"]?.labels ?? [:]
        let exists = pods.contains { set in
          labels.allSatisfy { set.labels[$0.key] == $0.value }
            && (owner == nil || set.namespace == owner?.namespace)
        }
        // Pods of the second track are there only while a canary runs.
        if !exists, labels[MeshLabels.track] != MeshLabels.canary {
          contradict(
            subset.place,
            "the subset \(subset["name"]?.peek ?? "") of \(rule.words) selects \(Importing.words(labels)), which no pods have: requests for it would fail"
          )
        }
      }
    }
  }
}

extension Duration {
  /// Reads a duration as Go and Istio write it, such as `1.5s`, `720h0m0s` or `250ms`; `nil` for other texts.
  init?(goText text: String) {
    var total = 0.0
    var digits = ""
    var rest = Substring(text)
    guard !text.isEmpty, text.utf8.count <= 40 else { return nil }
    let units: [(String, Double)] = [
      ("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1), ("d", 86_400), ("w", 604_800),
    ]
    while let first = rest.first {
      if first.isASCII, first.isNumber || first == "." {
        digits.append(first)
        rest = rest.dropFirst()
        continue
      }
      guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else {
        return nil
      }
      total += number * unit.1
      digits = ""
      rest = rest.dropFirst(unit.0.count)
    }
    guard digits.isEmpty, total.isFinite, total < 36_000_000 else { return nil }
    self = .milliseconds(Int64((total * 1000).rounded()))
  }
}
