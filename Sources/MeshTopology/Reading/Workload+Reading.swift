internal import KubeModel

extension Workload {
  /// Reads the parts that need no other document, and checks them against each other.
  ///
  /// - Returns: whether all ports could be read.
  mutating func readParts(_ spec: Section) -> Bool {
    replicas = spec["replicas"]?.integer(in: 0...5000) ?? replicas
    let portsField = spec["ports"]
    ports = portsField.map(Workload.readPorts) ?? []
    health = spec["health"]?.section { HealthCheck($0, ports: ports) }
    resources = spec["resources"]?.section { ComputeResources($0) }
    env = spec["env"].map(Workload.readEnv) ?? [:]
    serviceAccount = spec["serviceAccount"]?.name(.domain) ?? serviceAccount
    runAsUser = spec["runAsUser"].flatMap(Workload.readUser)
    isExposed = spec["exposed"]?.flag() ?? isExposed
    autoscaling = spec["autoscaling"]?.section { Autoscaling($0) }
    traffic = spec["traffic"]?.section { Traffic($0) }
    rollout = spec["rollout"]?.section { RolloutPolicy($0, canaryWeight: traffic?.canaryWeight) }
    checkScaling(spec)
    // A list with a wrong port does not say what the right one would have allowed.
    let hasAllPorts = portsField == nil || portsField?.elementCount == ports.count
    if hasAllPorts { checkPorts(spec) }
    return hasAllPorts
  }

  private static func readPorts(_ field: Field) -> [Port] {
    var names = Names()
    var numbers = Names()
    return field.elements().compactMap { element in
      element.section { section -> Port? in
        let name = section.readName("name", example: "http", thing: "port name", names: &names, rule: .port)
        let numberField = section.required("port", example: "8080")
        let number = numberField?.integer(in: 1...65535)
        if let numberField, let number {
          numbers.add("\(number)", thing: "port", at: numberField.spot, reading: field.reading)
        }
        var port = Port(name: name ?? "", port: number ?? 0)
        port.targetPort = section["targetPort"]?.integer(in: 1...65535) ?? port.targetPort
        port.protocol = section["protocol"]?.choice(PortProtocol.self) ?? port.protocol
        return name == nil || number == nil ? nil : port
      }
    }
  }

  private static func readUser(_ field: Field) -> Int? {
    let user = field.integer(in: 1...2_147_483_647)
    if user == Workload.proxyUser {
      field.report(
        .invalidValue, "\(Workload.proxyUser) is the user of Istio's proxy, whose traffic bypasses the mesh",
        remedy: "choose another number, such as 1000")
    }
    return user
  }

  private static func readEnv(_ field: Field) -> [String: String] {
    var env: [String: String] = [:]
    for entry in field.entries() {
      if !NameRule.variable.allows(entry.name) {
        field.reading.report(
          .invalidName, "\(shown(entry.name)) is not a valid name here", at: entry.nameSpot,
          remedy: "use \(NameRule.variable.words)")
      }
      env[entry.name] = entry.value.text(atMost: 128 * 1024)
    }
    return env
  }

  private func checkScaling(_ spec: Section) {
    guard let field = spec["autoscaling"] else { return }
    spec["replicas"]?.report(
      .contradiction, "replicas beside autoscaling: the autoscaler decides how many pods there are",
      remedy: "remove replicas, and set autoscaling.min")
    if spec["resources"] == nil {
      field.report(
        .contradiction, "autoscaling without resources: use is measured in percent of what a pod requests",
        remedy: "add resources with cpu and memory")
    }
  }

  private func checkPorts(_ spec: Section) {
    if isExposed, ports.isEmpty {
      spec["exposed"]?.report(.contradiction, "exposed, but without any port", remedy: "declare ports")
    }
    guard !hasRoutedPort else { return }
    let remedy = "declare a port with protocol http, http2 or grpc"
    spec["rollout"]?.report(
      .contradiction, "a rollout shifts HTTP requests, but no port speaks HTTP", remedy: remedy)
    guard let traffic = spec["traffic"] else { return }
    for key in ["subsets", "headerRoutes", "timeout", "retries"] {
      guard let node = traffic.node[key] else { continue }
      spec.reading.report(
        .contradiction, "\(key) of traffic are about HTTP requests, but no port speaks HTTP",
        at: traffic.spot.field(key, at: node.place), remedy: remedy)
    }
  }
}
