import KubeModel

/// The endpoints of one Service: pods with their conditions, and the ports that they serve on.
enum EndpointForm {
  /// One pod behind a Service.
  struct Endpoint {
    let value: JSONValue
    let ports: JSONValue
  }

  static func selects(_ service: KubeObject, _ pod: KubeObject) -> Bool {
    guard let labels = service[path: "spec", "selector"]?.object, !labels.isEmpty else { return false }
    let pod = pod[path: "metadata", "labels"]
    return labels.members.allSatisfy { pod?[$0.key] == $0.value }
  }

  /// - Returns: `nil` for a pod that has no address (of the family) or is over.
  static func endpoint(_ pod: KubeObject, of service: KubeObject, node: KubeObject?, isIPv6: Bool)
    -> Endpoint?
  {
    guard !pod.isFinishedPod, let address = address(of: pod, isIPv6: isIPv6) else { return nil }
    let publishesAll = service[path: "spec", "publishNotReadyAddresses"]?.bool == true
    let serves = pod.hasReadyCondition
    let isTerminating = pod.deletionTimestamp != nil
    var value: JSONObject = [
      "addresses": [.string(address)],
      "conditions": [
        "ready": .bool(publishesAll || (serves && !isTerminating)), "serving": .bool(serves),
        "terminating": .bool(isTerminating),
      ],
      "targetRef": [
        "kind": "Pod", "name": .string(pod.name), "namespace": .string(pod.namespace ?? ""),
        "uid": .string(pod.uid),
      ],
    ]
    if let name = pod.nodeName { value["nodeName"] = .string(name) }
    if let zone = node?.zone { value["zone"] = .string(zone) }
    if let hostname = pod[path: "spec", "hostname"]?.string, !hostname.isEmpty,
      pod[path: "spec", "subdomain"]?.string == service.name, pod.namespace == service.namespace
    {
      value["hostname"] = .string(hostname)
    }
    return Endpoint(value: .object(value), ports: ports(of: service, on: pod))
  }

  /// `null` for a Service without ports.
  static func ports(of service: KubeObject, on pod: KubeObject) -> JSONValue {
    let ports = (service[path: "spec", "ports"]?.array ?? []).compactMap { port -> JSONValue? in
      guard let number = number(of: port, on: pod) else { return nil }
      var value: JSONValue = [
        "name": port["name"] ?? "", "port": .int(number), "protocol": port["protocol"] ?? "TCP",
      ]
      if let application = port["appProtocol"] { value["appProtocol"] = application }
      return value
    }
    return ports.isEmpty ? .null : .array(ports)
  }

  /// The port that a Service's target port means: itself, or what a container calls by that name.
  private static func number(of port: JSONValue, on pod: KubeObject) -> Int64? {
    let target = port["targetPort"] ?? .null
    guard let name = target.string else {
      let number = target.int ?? 0
      return number == 0 ? port["port"]?.int : number
    }
    let containers =
      (pod[path: "spec", "containers"]?.array ?? [])
      + (pod[path: "spec", "initContainers"]?.array ?? []).filter { $0["restartPolicy"]?.string == "Always" }
    for container in containers {
      for candidate in container["ports"]?.array ?? []
      where candidate["name"]?.string == name
        && (candidate["protocol"] ?? "TCP") == (port["protocol"] ?? "TCP")
      {
        return candidate["containerPort"]?.int
      }
    }
    return nil
  }

  private static func address(of pod: KubeObject, isIPv6: Bool) -> String? {
    let all = (pod[path: "status", "podIPs"]?.array ?? []).compactMap { $0["ip"]?.string }
    return (all.isEmpty ? [pod[path: "status", "podIP"]?.string].compactMap { $0 } : all)
      .first { $0.contains(":") == isIPv6 && !$0.isEmpty }
  }
}
