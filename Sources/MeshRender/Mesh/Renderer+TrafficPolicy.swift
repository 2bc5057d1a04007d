internal import KubeModel
internal import MeshTopology

extension Renderer {
  /// How callers' proxies pick a pod, how much they may have under way, and which pods they leave out.
  func trafficPolicy(_ traffic: Traffic) -> JSONValue {
    var policy: JSONValue = ["loadBalancer": loadBalancer(traffic)]
    policy["connectionPool"] = traffic.connectionPool.flatMap(connectionPool)
    policy["outlierDetection"] = traffic.outlierDetection.map { outlier in
      [
        "consecutive5xxErrors": .int(Int64(outlier.consecutiveErrors)),
        "interval": .string(outlier.interval.istioText),
        "baseEjectionTime": .string(outlier.ejectionTime.istioText),
        "maxEjectionPercent": .int(Int64(outlier.maximumEjected)),
      ]
    }
    return policy
  }

  private func loadBalancer(_ traffic: Traffic) -> JSONValue {
    guard let affinity = traffic.affinity else { return ["simple": .string(name(of: traffic.loadBalancer))] }
    var hash = JSONObject()
    hash["httpHeaderName"] = affinity.header.map(JSONValue.string)
    // Without a time to live the cookie lasts as long as the user's session.
    hash["httpCookie"] = affinity.cookie.map { ["name": .string($0), "ttl": "0s"] }
    if affinity.isBySource { hash["useSourceIp"] = true }
    return ["consistentHash": .object(hash)]
  }

  /// What Istio calls it.
  private func name(of balancer: Traffic.LoadBalancer) -> String {
    switch balancer {
    case .leastRequest: "LEAST_REQUEST"
    case .roundRobin: "ROUND_ROBIN"
    case .random: "RANDOM"
    case .passthrough: "PASSTHROUGH"
    }
  }

  private func connectionPool(_ pool: ConnectionPool) -> JSONValue? {
    func count(_ number: Int?) -> JSONValue? { number.map { .int(Int64($0)) } }
    func time(_ duration: Duration?) -> JSONValue? { duration.map { .string($0.istioText) } }
    var json = JSONObject()
    json.set(["tcp", "maxConnections"], to: count(pool.maxConnections))
    json.set(["tcp", "connectTimeout"], to: time(pool.connectTimeout))
    json.set(["http", "http1MaxPendingRequests"], to: count(pool.http1MaxPendingRequests))
    json.set(["http", "http2MaxRequests"], to: count(pool.http2MaxRequests))
    json.set(["http", "maxRequestsPerConnection"], to: count(pool.maxRequestsPerConnection))
    json.set(["http", "idleTimeout"], to: time(pool.idleTimeout))
    return json.isEmpty ? nil : .object(json)
  }
}
