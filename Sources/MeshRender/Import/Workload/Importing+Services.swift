internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes the ports of Services over to the workloads that they select.
  mutating func placeServices() {
    for service in all("", "Service") where !settled.contains(service.index) {
      let isHeadless = service.root["spec", "clusterIP"]?.peek == "None"
      guard let target = services[service.reference]?.target,
        let set = pods.first(where: { $0.target == target }),
        var workload = workloads[target]
      else { continue }
      if isHeadless, workload.controller == .statefulSet, service.name == "\(target.name)-pods" {
        service.root["spec"]?.take()
        service.root["metadata", "labels"]?.take()
        place(service, at: target.workloadPath, "controller")
        continue
      }
      if isHeadless, workload.controller == .statefulSet {
        for key in ["clusterIP", "publishNotReadyAddresses", "selector", "type"] {
          service.root["spec", key]?.take()
        }
        service.root["spec", "ports"]?.take()
        takePorts(of: service, set: set, into: &workload)
        workloads[target] = workload
        drop(
          at: service.place, service.words, "metadata.name",
          "the pods of \(target) are found one by one under \(target.name)-pods from now on, such as \(target.name)-0.\(target.name)-pods.\(target.namespace)"
        )
        place(service, at: target.workloadPath, "controller")
        continue
      }
      if service.name != target.name {
        placeFurther(service, of: target)
        continue
      }
      takePorts(of: service, set: set, into: &workload)
      readType(of: service, into: &workload)
      workloads[target] = workload
      service.root["spec", "selector"]?.take()
      service.root["metadata", "labels"]?.take()
      place(service, at: target.workloadPath, "ports")
    }
  }

  /// A second Service of the same pods, commonly their load balancer.
  private mutating func placeFurther(_ service: Source, of target: WorkloadReference) {
    guard service.root["spec", "type"]?.peek == "LoadBalancer" else {
      keep(service, "a further Service of \(target): a workload has one, which is called like it")
      return
    }
    workloads[target]?.isExposed = true
    for key in ["type", "selector", "ports"] { service.root["spec", key]?.take() }
    service.root["metadata", "labels"]?.take()
    drop(
      at: service.place, service.words, "metadata.name",
      "the load balancer is that of the Service \(target.name) from now on")
    place(service, at: target.workloadPath, "exposed")
  }

  private mutating func readType(of service: Source, into workload: inout Workload) {
    switch service.root["spec", "type"]?.peek {
    case "LoadBalancer":
      service.root["spec", "type"]?.take()
      workload.isExposed = true
    case "NodePort":
      if let type = service.root["spec", "type"] {
        drop(
          type,
          "nodes have no ports for workloads: write exposed: true where it is to be reached from outside")
      }
    default: service.root["spec", "type"]?.take()
    }
    if let address = service.root["spec", "loadBalancerIP"] { checkAddress(address) }
  }

  /// Reports an address that is only a placeholder.
  mutating func checkAddress(_ part: Part) {
    if let text = part.peek, Address(parsing: text) == nil {
      contradict(part.place, "\(part.path) is \(text), a placeholder and no address")
    }
  }

  private mutating func takePorts(of service: Source, set: PodSet, into workload: inout Workload) {
    var ports: [Workload.Port] = []
    for part in service.root["spec", "ports"]?.elements ?? [] {
      guard ["TCP", nil].contains(part["protocol"]?.peek) else {
        drop(part, "a port of the topology speaks TCP")
        continue
      }
      part["protocol"]?.take()
      guard let number = part["port"]?.integer else { continue }
      let targetText = part["targetPort"]?.text
      let target = targetText.flatMap(set.containerPort) ?? number
      if let targetText, set.containerPort(targetText) == nil {
        contradict(part.place, "\(service.words) leads to the port \(targetText), which its pods do not have")
      }
      let given = part["name"]?.text
      let said = Importing.protocol(named: given, appProtocol: part["appProtocol"]?.text)
      let own = workload.ports.first { $0.targetPort == target }
      let kind = said ?? own?.protocol ?? Importing.protocol(ofPort: number)
      var name =
        Importing.portName(given) ?? own?.name ?? (kind == .http ? "http" : "\(kind.rawValue)-\(number)")
      if ports.contains(where: { $0.name == name }) { name = "\(kind.rawValue)-\(number)" }
      if ["metrics", "http-metrics"].contains(name), (service.root["spec", "ports"]?.elements.count ?? 0) > 1
      {
        if workload.metrics == nil { workload.metrics = MetricsEndpoint(port: target) }
      }
      ports.append(
        Workload.Port(name: name, port: number).with {
          $0.targetPort = target
          $0.protocol = kind
        })
    }
    guard !ports.isEmpty else { return }
    // Health checks name ports by what the container called them.
    let former = workload.ports
    workload.health = workload.health.map { Importing.health($0, former: former, ports: ports) }
    for port in former where !ports.contains(where: { $0.targetPort == port.targetPort }) {
      drop(
        at: set.source.place, set.source.words, "spec.template.spec.containers[].ports",
        "the port \(port.port) is in no Service; whoever scrapes or asks it directly needs metrics or health")
    }
    workload.ports = ports
  }

  private static func health(_ check: HealthCheck, former: [Workload.Port], ports: [Workload.Port])
    -> HealthCheck
  {
    var check = check
    if case .name(let name)? = check.port, let old = former.first(where: { $0.name == name }) {
      check.port = .number(old.targetPort)
    } else if check.port == nil, let first = former.first {
      check.port = .number(first.targetPort)
    }
    if case .number(let number)? = check.port, let new = ports.first(where: { $0.targetPort == number }) {
      check.port = check.path != nil && new == ports.first ? nil : .name(new.name)
    }
    return check
  }

  /// A name that ports can have (RFC 6335); `nil` for others.
  static func portName(_ name: String?) -> String? {
    guard let name, (1...15).contains(name.utf8.count), !name.hasPrefix("-"), !name.hasSuffix("-"),
      !name.contains("--"), name.utf8.contains(where: { (97...122).contains($0) }),
      name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { return nil }
    return name
  }

  /// What is spoken, by what Istio reads from names.
  static func `protocol`(named name: String?, appProtocol: String?) -> PortProtocol? {
    let word = (appProtocol ?? name?.split(separator: "-").first.map(String.init))?.lowercased()
    switch word {
    case "http", "web", "kubernetes.io/ws", "http1": return .http
    case "http2", "h2c", "kubernetes.io/h2c": return .http2
    case "grpc": return .grpc
    case "https", "tls": return .https
    case "tcp", "redis", "mysql", "mongo", "postgres", "postgresql", "kafka", "amqp": return .tcp
    default: return nil
    }
  }

  /// What is usually spoken at a port.
  static func `protocol`(ofPort port: Int) -> PortProtocol {
    switch port {
    case 443, 8443, 9443: .https
    case 22, 25, 1433, 1521, 1883, 2181, 2379, 2380, 3306, 4222, 5432, 5433, 5671, 5672, 6379, 6380, 7000,
      7001, 9042,
      9092...9094, 9300, 11211, 16379, 26257, 26379, 27017...27019:
      .tcp
    case 4317, 50051: .grpc
    default: .http
    }
  }
}
