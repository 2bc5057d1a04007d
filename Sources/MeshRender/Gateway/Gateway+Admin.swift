internal import KubeModel
internal import MeshTopology

/// Kong's Admin API, which its controller reaches and nobody else.
extension Gateway {
  /// What lets the controller reach the Admin API of each pod of Kong, and read the namespaces of callees.
  func adminObjects(in topology: Topology) -> [RenderedObject] {
    var objects = [
      RenderedObject(object: adminService(in: topology), workload: reference, concern: .network),
      RenderedObject(
        object: adminPolicy(in: topology, "Ingress", of: name, peer: controllerName), workload: reference,
        concern: .policy),
      RenderedObject(
        object: adminPolicy(in: topology, "Egress", of: controllerName, peer: name), workload: reference,
        concern: .policy),
    ]
    if topology.namespace(named: namespace)?.hasIstioInjection ?? true {
      objects.append(
        RenderedObject(object: adminAuthorization(in: topology), workload: reference, concern: .policy))
    }
    return objects + foreignRoles(in: topology)
  }

  private func adminService(in topology: Topology) -> KubeObject {
    var object = object(.service, adminServiceName, in: topology)
    object.set("spec", "clusterIP", to: "None")
    // Kong is ready when it has routes, which only the controller gives it.
    object.set("spec", "publishNotReadyAddresses", to: true)
    object.set("spec", "selector", to: .strings([MeshLabels.app: name]))
    let port = JSONValue.int(Int64(Gateway.adminPort))
    object.set(
      "spec", "ports",
      to: [
        // The controller finds the port by this name, and calls pods by their addresses, which are no host names.
        [
          "name": "admin-tls", "port": port, "targetPort": port, "protocol": "TCP", "appProtocol": "tcp",
        ]
      ])
    return object
  }

  private func adminPolicy(
    in topology: Topology, _ direction: String, of pods: String, peer: String
  ) -> KubeObject {
    var object = object(.networkPolicy, "\(pods)-admin", in: topology)
    object.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: pods]))
    object.set("spec", "policyTypes", to: [.string(direction)])
    let peers: JSONValue = [["podSelector": ["matchLabels": [MeshLabels.app: .string(peer)]]]]
    let rule: JSONValue = [
      direction == "Ingress" ? "from" : "to": peers,
      "ports": [["protocol": "TCP", "port": .int(Int64(Gateway.adminPort))]],
    ]
    object.set("spec", direction.lowercased(), to: [rule])
    return object
  }

  /// Where a policy says already who may reach Kong, one that lets the controller in; elsewhere one that keeps all
  /// others out, since one that lets somebody in would shut out Kong's users.
  private func adminAuthorization(in topology: Topology) -> KubeObject {
    let domain = topology.serviceMesh?.trustDomain ?? ServiceMesh.defaultTrustDomain
    let principal = JSONValue.string("\(domain)/ns/\(namespace)/sa/\(controllerName)")
    let isClosed = Renderer(topology: topology).authorizationPolicy(for: workload(in: topology)) != nil
    var object = object(.authorizationPolicy, adminServiceName, in: topology)
    object.set("spec", "selector", "matchLabels", to: .strings([MeshLabels.app: name]))
    object.set("spec", "action", to: isClosed ? "ALLOW" : "DENY")
    object.set(
      "spec", "rules",
      to: [
        [
          "from": [["source": [isClosed ? "principals" : "notPrincipals": [principal]]]],
          "to": [["operation": ["ports": [.string("\(Gateway.adminPort)")]]]],
        ]
      ])
    return object
  }

  /// The roles by which the controller reads other namespaces than its own, bound to its one service account.
  private func foreignRoles(in topology: Topology) -> [RenderedObject] {
    let renderer = Renderer(topology: topology)
    return readNamespaces(in: topology).dropFirst().flatMap { callees -> [RenderedObject] in
      let reader = controllerWorkload(in: topology).with {
        $0.namespace = callees
        $0.permissions = GatewayPermissions.callees
      }
      return renderer.roles(for: reader).map { role in
        var role = role
        // A namesake of another namespace may have routes that lead here too.
        role.name = "\(className)-controller"
        if role.kind == ResourceKind.roleBinding.kind {
          role.set("roleRef", "name", to: .string(role.name))
          role.set(
            "subjects",
            to: [
              [
                "kind": "ServiceAccount", "name": .string(controllerName), "namespace": .string(namespace),
              ]
            ])
        }
        return RenderedObject(object: role, workload: reference, concern: .access)
      }
    }
  }
}
