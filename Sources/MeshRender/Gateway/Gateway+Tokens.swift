internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// What verifies tokens at the workloads behind routes that ask for one.
  ///
  /// Not at the gateway itself: its own proxy sees nothing of requests with TLS, which Kong ends, and a policy
  /// about tokens would refuse all of them. At the callee nothing depends on how Kong reads a path either.
  func tokenPolicies(in topology: Topology) -> [RenderedObject] {
    var callees: [WorkloadReference] = []
    for route in routes {
      guard case .token = route.authentication, !callees.contains(route.to) else { continue }
      callees.append(route.to)
    }
    return callees.flatMap { callee -> [RenderedObject] in
      let routes = routes.filter { $0.to == callee }
      return [
        requestAuthentication(for: callee, routes, topology), tokenPolicy(for: callee, routes, topology),
      ].map {
        RenderedObject(object: $0, workload: callee, concern: .policy)
      }
    }
  }

  private func object(_ kind: ResourceKind, for callee: WorkloadReference, _ topology: Topology) -> KubeObject
  {
    var object = KubeObject(kind: kind, namespace: callee.namespace, name: "\(callee.name)-\(name)-tokens")
    object.labels = [MeshLabels.app: callee.name].merging(Renderer.systemLabels(of: topology)) { own, _ in own
    }
    object.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: callee.name]))
    return object
  }

  /// Verifies signature, issuer, audience and life of whatever token there is.
  private func requestAuthentication(
    for callee: WorkloadReference, _ routes: [Route], _ topology: Topology
  ) -> KubeObject {
    let used = issuers.filter { issuer in routes.contains { $0.tokenCheck?.issuer == issuer.name } }
    var object = object(.requestAuthentication, for: callee, topology)
    object.set(
      "spec", "jwtRules",
      to: .array(
        used.map { issuer in
          var rule: JSONValue = ["issuer": .string(issuer.issuer), "forwardOriginalToken": true]
          rule["jwksUri"] = issuer.jwksURI.map(JSONValue.string)
          if !issuer.audiences.isEmpty { rule["audiences"] = .array(issuer.audiences.map(JSONValue.string)) }
          return rule
        }))
    return object
  }

  /// Refuses what the gateway hands on without the token that its route asks for.
  private func tokenPolicy(for callee: WorkloadReference, _ routes: [Route], _ topology: Topology)
    -> KubeObject
  {
    let domain = topology.serviceMesh?.trustDomain ?? ServiceMesh.defaultTrustDomain
    let principal = JSONValue.array([.string("\(domain)/ns/\(namespace)/sa/\(name)")])
    var object = object(.authorizationPolicy, for: callee, topology)
    object.set("spec", "action", to: "DENY")
    // Where all routes ask for the same, paths and methods need not be told apart.
    let isUniform = routes.allSatisfy { !$0.needsOther(than: routes[0]) }
    var rules: [JSONValue] = []
    for route in isUniform ? [routes[0]] : routes {
      guard let check = route.tokenCheck, let issuer = issuers.first(where: { $0.name == check.issuer })
      else { continue }
      let to = isUniform ? nil : route.operation.map { JSONValue.array([["operation": $0]]) }
      var rule: JSONValue = [
        "from": [
          ["source": ["principals": principal, "notRequestPrincipals": [.string("\(issuer.issuer)/*")]]]
        ]
      ]
      rule["to"] = to
      rules.append(rule)
      for scope in check.scopes {
        var rule: JSONValue = [
          "from": [["source": ["principals": principal]]],
          "when": [
            ["key": .string("request.auth.claims[\(issuer.scopeClaim)]"), "notValues": [.string(scope)]]
          ],
        ]
        rule["to"] = to
        rules.append(rule)
      }
    }
    object.set("spec", "rules", to: .array(rules))
    return object
  }
}

extension Gateway.Route {
  fileprivate var tokenCheck: Gateway.TokenCheck? {
    if case .token(let check) = authentication { check } else { nil }
  }

  /// The requests of the route as the callee sees them; `nil` for all.
  fileprivate var operation: JSONValue? {
    var operation = JSONObject()
    if !methods.isEmpty { operation["methods"] = .array(methods.map { .string($0.rawValue) }) }
    if !paths.isEmpty, !stripsPath {
      operation["paths"] = .array(paths.map { .string(RoutePath.start(of: $0) + "*") })
    }
    return operation.isEmpty ? nil : .object(operation)
  }
}
