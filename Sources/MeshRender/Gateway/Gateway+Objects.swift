internal import KubeModel
internal import MeshTopology

/// What the Kong Ingress Controller reads of a gateway, and what Kong needs from Secrets for it.
struct GatewayObjects {
  /// The objects, of the gateway's namespace, of those that routes lead to, and of the cluster.
  var objects: [RenderedObject] = []
  /// What references such as `{vault://env/redis-password-0}` lead to, by the names of variables.
  var passwords: [String: EnvironmentValue] = [:]
}

extension Gateway {
  /// The class of the gateway and of its consumers, which no other gateway of the cluster has.
  var className: String { "\(namespace).\(name)" }

  /// The gateway as objects of the Gateway API and of Kong; the same gateway always gives the same objects.
  func objects(in topology: Topology) -> GatewayObjects {
    var secrets = KongSecrets()
    var network = [gatewayClass(in: topology), gatewayObject(in: topology)]
    var configuration: [KubeObject] = []
    for route in routes {
      let plugins = plugins(of: route, in: topology, &secrets).map {
        pluginObject($0, name: "\(name).\(route.name).\($0.name)", in: topology)
      }
      configuration += plugins
      network += [routeObject(route, plugins: plugins.map(\.name), in: topology)].compactMap(\.self)
    }
    for consumer in consumers {
      let prefix = "\(name).\(consumer.objectName)"
      let plugins = plugins(of: consumer, in: topology, &secrets).map {
        pluginObject($0, name: "\(prefix).\($0.name)", in: topology)
      }
      configuration += plugins
      configuration += consumerObjects(consumer, name: prefix, plugins: plugins.map(\.name), in: topology)
    }
    configuration += globalPlugins(in: topology, &secrets).map { clusterPluginObject($0, in: topology) }
    network += backendObjects(in: topology)
    return GatewayObjects(
      objects: network.map { RenderedObject(object: $0, workload: reference, concern: .network) }
        + configuration.map { RenderedObject(object: $0, workload: reference, concern: .configuration) },
      passwords: secrets.passwords)
  }

  /// An object of the gateway's, in its namespace unless another one or none is named.
  func object(_ kind: ResourceKind, _ name: String, in topology: Topology) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: kind.isNamespaced ? namespace : nil, name: name)
    object.labels = [MeshLabels.app: self.name].merging(Renderer.systemLabels(of: topology)) { own, _ in own }
    return object
  }

  private func gatewayClass(in topology: Topology) -> KubeObject {
    var object = object(.gatewayClass, className, in: topology)
    // The controller only takes classes whose data plane it does not have to make itself.
    object.annotations = ["konghq.com/gatewayclass-unmanaged": "true"]
    object.set("spec", "controllerName", to: "konghq.com/kic-gateway-controller")
    return object
  }

  private func gatewayObject(in topology: Topology) -> KubeObject {
    var object = object(.gateway, name, in: topology)
    // The controller writes this annotation where it is missing, and would be taken for somebody who meddles.
    object.annotations = ["konghq.com/publish-service": "\(namespace)/\(name)"]
    object.set("spec", "gatewayClassName", to: .string(className))
    // Whoever may only write to other namespaces opens no route to users.
    let ownRoutes: JSONValue = ["namespaces": ["from": "Same"]]
    var listeners: [JSONValue] = [
      ["name": "http", "port": 80, "protocol": "HTTP", "allowedRoutes": ownRoutes]
    ]
    if let certificate {
      listeners.append([
        "name": "https", "port": 443, "protocol": "HTTPS", "allowedRoutes": ownRoutes,
        "tls": [
          "mode": "Terminate",
          "certificateRefs": [["group": "", "kind": "Secret", "name": .string(certificate)]],
        ],
      ])
    }
    object.set("spec", "listeners", to: .array(listeners))
    return object
  }
}
