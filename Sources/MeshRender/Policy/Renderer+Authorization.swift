public import KubeModel
public import MeshTopology

extension Renderer {
  /// What holds for all pods of a namespace: mutual TLS where they are part of the mesh, and no traffic at all
  /// but what further policies allow where the topology says so.
  func policies(of namespace: Namespace) -> [KubeObject] {
    var objects: [KubeObject] = []
    if namespace.hasIstioInjection {
      var object = KubeObject(kind: .peerAuthentication, namespace: namespace.name, name: "default")
      object.labels = systemLabels
      object.set("spec", "mtls", "mode", to: .string(mutualTLS(in: namespace).istioName))
      objects.append(object)
    }
    if namespace.deniesByDefault {
      var object = KubeObject(kind: .networkPolicy, namespace: namespace.name, name: "default-deny")
      object.labels = systemLabels
      object.set("spec", "podSelector", to: [:])
      object.set("spec", "policyTypes", to: ["Ingress", "Egress"])
      objects.append(object)
    }
    return objects
  }

  /// The PeerAuthentication of a workload that users reach from outside, who have no certificate of the mesh:
  /// its ports take plain connections too. `nil` for all others, which go by their namespace.
  public func peerAuthentication(for workload: Workload) -> KubeObject? {
    let namespace = namespace(of: workload)
    guard workload.isExposed, namespace.hasIstioInjection, mutualTLS(in: namespace) == .strict else {
      return nil
    }
    var object = object(.peerAuthentication, for: workload)
    object.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "mtls", "mode", to: .string(MutualTLS.strict.istioName))
    let ports = workload.ports.map { ("\($0.targetPort)", JSONValue.object(["mode": "PERMISSIVE"])) }
    object.set("spec", "portLevelMtls", to: .object(JSONObject(ports)))
    return object
  }

  /// The AuthorizationPolicy of a workload: each of its callers, known by its certificate, may do what the
  /// topology says, and nobody else anything.
  ///
  /// - Returns: `nil` outside the mesh, where callers cannot be told apart.
  public func authorizationPolicy(for workload: Workload) -> KubeObject? {
    let namespace = namespace(of: workload)
    guard namespace.hasIstioInjection, !workload.ports.isEmpty, mutualTLS(in: namespace) == .strict else {
      return nil
    }
    var object = object(.authorizationPolicy, for: workload)
    object.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "action", to: "ALLOW")
    // Without any rule the policy still stands, and denies everything.
    let rules = exposedRules(of: workload) + callerRules(of: workload)
    if !rules.isEmpty { object.set("spec", "rules", to: .array(rules)) }
    return object
  }

  private func exposedRules(of workload: Workload) -> [JSONValue] {
    guard workload.isExposed else { return [] }
    let ports = workload.ports.map { JSONValue.string("\($0.targetPort)") }
    return [["to": [["operation": ["ports": .array(ports)]]]]]
  }

  /// One rule for callers that may do the same.
  private func callerRules(of workload: Workload) -> [JSONValue] {
    var principals: [JSONValue: Set<String>] = [:]
    for caller in callers(of: workload) {
      guard let port = workload.port(caller.call.port), isMeshed(caller.workload) else { continue }
      principals[operation(caller.call, on: port), default: []].insert(principal(of: caller.workload))
    }
    if workload.reference == topology.tracing?.collector {
      principals[["ports": ["4317", "4318"]], default: []].insert("*")
    }
    if let metrics = workload.metrics, let prometheus = topology.monitoring?.prometheus, isMeshed(prometheus)
    {
      principals[["ports": [.string("\(metrics.port)")]], default: []].insert(principal(of: prometheus))
    }
    let rules = principals.map { operation, names -> (String, JSONValue) in
      let rule: JSONValue = [
        "from": [["source": ["principals": .array(names.sorted().map(JSONValue.string))]]],
        "to": [["operation": operation]],
      ]
      return (operation.jsonText(), rule)
    }
    return rules.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func operation(_ call: Call, on port: Workload.Port) -> JSONValue {
    var operation: JSONValue = ["ports": [.string("\(port.targetPort)")]]
    // In TCP there are no methods and paths; a rule that names them would never match.
    guard port.protocol.isRouted else { return operation }
    if !call.methods.isEmpty { operation["methods"] = .array(call.methods.map { .string($0.rawValue) }) }
    if !call.paths.isEmpty { operation["paths"] = .array(call.paths.map(JSONValue.string)) }
    return operation
  }

  private func isMeshed(_ reference: WorkloadReference) -> Bool {
    namespace(named: reference.namespace).hasIstioInjection
  }

  /// The identity in a workload's certificate, as Istio writes it.
  func principal(of reference: WorkloadReference) -> String {
    let domain = topology.serviceMesh?.trustDomain ?? ServiceMesh.defaultTrustDomain
    return "\(domain)/ns/\(reference.namespace)/sa/\(serviceAccount(of: reference))"
  }

  private func mutualTLS(in namespace: Namespace) -> MutualTLS {
    namespace.mutualTLS ?? topology.serviceMesh?.mutualTLS ?? .strict
  }
}

extension MutualTLS {
  /// What Istio calls it.
  fileprivate var istioName: String { self == .strict ? "STRICT" : "PERMISSIVE" }
}
