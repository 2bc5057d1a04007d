internal import KubeModel

/// What the rules see of a Service.
struct ServiceFacts: Sendable {
  enum Target: Hashable, Sendable {
    case number(Int)
    case name(String)
  }

  struct Port: Hashable, Sendable {
    let number: Int
    let name: String
    let target: Target
    /// What is spoken, when the port's name or `appProtocol` says so.
    let kind: Spoken?
  }

  enum Spoken: Hashable, Sendable {
    case http
    case grpc
    case tcp
    /// Encrypted by the client itself: for the mesh no more than bytes.
    case tls
  }

  let name: ServiceName
  let ports: [Port]
  let selector: [(key: String, value: String)]
  let takesUnready: Bool
  /// Whether users outside reach it without the mesh's own gateway.
  let isOpen: Bool
  let externalName: String?
  let canonicalName: String

  init(_ object: KubeObject) {
    name = ServiceName(namespace: object.namespace ?? "", name: object.name)
    ports = (object[path: "spec", "ports"]?.array ?? []).map { port in
      let number = Int(port["port"]?.int ?? 0)
      let target: Target =
        switch port["targetPort"] {
        case .int(let target)? where target != 0: .number(Int(target))
        case .string(let name)? where !name.isEmpty: Int(name).map(Target.number) ?? .name(name)
        default: .number(number)
        }
      let word = port["appProtocol"]?.string ?? port["name"]?.string ?? ""
      return Port(
        number: number, name: port["name"]?.string ?? "", target: target, kind: ServiceFacts.spoken(word))
    }
    selector = (object[path: "spec", "selector"]?.object?.members ?? []).map {
      ($0.key, $0.value.string ?? "")
    }
    takesUnready = object[path: "spec", "publishNotReadyAddresses"]?.bool ?? false
    isOpen = ["LoadBalancer", "NodePort"].contains(object[path: "spec", "type"]?.string)
    externalName = object[path: "spec", "externalName"]?.string
    canonicalName = object.labels["service.istio.io/canonical-name"] ?? object.labels["app"] ?? object.name
  }

  /// The protocol by Istio's rule: the port's name up to the first hyphen; `nil` when the proxy has to find out.
  private static func spoken(_ word: String) -> Spoken? {
    switch word.lowercased().split(separator: "-").first.map(String.init) ?? "" {
    case "http", "http2", "kubernetes.io/h2c": .http
    case "grpc": .grpc
    case "https", "tls": .tls
    case "tcp", "mongo", "mysql", "redis", "postgres", "postgresql": .tcp
    default: nil
    }
  }

  func port(_ number: Int?) -> Port? {
    number.map { number in ports.first { $0.number == number } } ?? ports.first
  }

  func selects(_ pod: PodFacts) -> Bool {
    !selector.isEmpty && pod.namespace == name.namespace
      && selector.allSatisfy { pod.labels[$0.key] == $0.value }
  }
}
