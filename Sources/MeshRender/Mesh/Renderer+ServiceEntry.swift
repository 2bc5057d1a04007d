public import KubeModel
public import MeshTopology

extension Renderer {
  /// The ServiceEntry of something outside the clusters, by which the mesh knows it.
  public func serviceEntry(for service: ExternalService) -> KubeObject {
    var object = KubeObject(kind: .serviceEntry, namespace: service.namespace, name: service.name)
    object.labels = systemLabels
    object.set("spec", "hosts", to: .array(service.hosts.map(JSONValue.string)))
    // By its name alone a proxy cannot tell one TCP service from another at the same port.
    let isNamed = service.ports.allSatisfy { $0.protocol != .tcp }
    if !isNamed, service.addresses != ExternalService.anyAddress {
      object.set("spec", "addresses", to: .array(service.addresses.map { .string($0.description) }))
    }
    object.set("spec", "location", to: "MESH_EXTERNAL")
    object.set("spec", "resolution", to: "DNS")
    object.set(
      "spec", "ports",
      to: .array(
        service.ports.map { port in
          [
            "number": .int(Int64(port.port)), "name": .string(port.name),
            "protocol": .string(port.protocol.rawValue.uppercased()),
          ]
        }))
    return object
  }
}
