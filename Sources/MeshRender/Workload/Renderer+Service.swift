public import KubeModel
public import MeshTopology

extension Renderer {
  /// The Service of a workload, which selects the pods of both tracks; `nil` without ports.
  public func service(for workload: Workload) -> KubeObject? {
    guard !workload.ports.isEmpty else { return nil }
    var object = object(.service, for: workload)
    object.set("spec", "type", to: workload.isExposed ? "LoadBalancer" : "ClusterIP")
    object.set("spec", "selector", to: .strings([MeshLabels.app: workload.name]))
    object.set(
      "spec", "ports",
      to: .array(
        workload.ports.map { port in
          [
            "name": .string(port.name), "port": .int(Int64(port.port)),
            "targetPort": .int(Int64(port.targetPort)), "protocol": "TCP",
            "appProtocol": .string(port.protocol.rawValue),
          ]
        }))
    return object
  }

  /// The Service by which the pods of a StatefulSet find each other, ready or not; `nil` for other workloads.
  public func headlessService(for workload: Workload) -> KubeObject? {
    guard workload.controller == .statefulSet else { return nil }
    var object = service(for: workload) ?? object(.service, for: workload)
    object.name = workload.headlessName
    object.set("spec", "type", to: nil)
    object.set("spec", "selector", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "clusterIP", to: "None")
    object.set("spec", "publishNotReadyAddresses", to: true)
    return object
  }
}
