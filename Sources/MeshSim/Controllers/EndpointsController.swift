import KubeModel
import Seams

/// Keeps one EndpointSlice a Service, with the addresses of the pods it selects.
enum EndpointsController {
  static func selects(_ service: KubeObject, _ pod: KubeObject) -> Bool {
    guard let labels = service[path: "spec", "selector"]?.object, !labels.isEmpty else { return false }
    let pod = pod.labels
    return labels.members.allSatisfy { pod[$0.key] == $0.value.string }
  }

  /// The port that a Service's target port means: itself, or what the pods' containers call by that name.
  private static func number(of target: JSONValue, in pods: [KubeObject]) -> JSONValue? {
    guard let name = target.string else { return target }
    let containers = pods.lazy.flatMap { $0[path: "spec", "containers"]?.array ?? [] }
    let ports = containers.flatMap { $0["ports"]?.array ?? [] }
    return ports.first { $0["name"]?.string == name }?["containerPort"]
  }

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let service = state.store.get(.service, key),
      service[path: "spec", "selector"]?.object?.isEmpty == false
    else { return }
    let pods = state.store.list(.pod, namespace: key.namespace).filter { selects(service, $0) }
    let endpoints = pods.compactMap { pod -> JSONValue? in
      guard let address = pod[path: "status", "podIP"] else { return nil }
      let isReady = pod.isReadyPod
      return [
        "addresses": [address],
        "conditions": [
          "ready": .bool(isReady), "serving": .bool(pod.condition("Ready")?["status"]?.string == "True"),
          "terminating": .bool(pod.deletionTimestamp != nil),
        ],
        "targetRef": [
          "kind": "Pod", "name": .string(pod.name), "namespace": .string(key.namespace),
          "uid": .string(pod.uid),
        ],
        "nodeName": pod[path: "spec", "nodeName"] ?? .null,
      ]
    }
    let ports = (service[path: "spec", "ports"]?.array ?? []).compactMap { port -> JSONValue? in
      guard let number = number(of: port["targetPort"] ?? .null, in: pods) else { return nil }
      return ["name": port["name"] ?? "", "port": number, "protocol": port["protocol"] ?? "TCP"]
    }
    let existing = state.store.list(.endpointSlice, namespace: key.namespace)
      .first { $0.labels["kubernetes.io/service-name"] == key.name }
    var slice =
      existing
      ?? KubeObject(
        kind: .endpointSlice, namespace: key.namespace, name: "\(key.name)-\(state.newNameSuffix())")
    slice.labels = [
      "kubernetes.io/service-name": key.name,
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    ]
    slice.set("metadata", "ownerReferences", to: [DeploymentController.ownerReference(to: service)])
    slice.fields["addressType"] = "IPv4"
    slice.fields["endpoints"] = .array(endpoints)
    slice.fields["ports"] = .array(ports)
    if existing == nil {
      state.create(slice, kind: .endpointSlice, manager: nil)
    } else {
      state.update(slice, kind: .endpointSlice, manager: nil)
    }
  }
}
