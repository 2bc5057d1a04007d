/// Something outside the clusters that workloads call.
public struct ExternalService: TopologyValue, Callee {
  /// The name that calls use.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// Its DNS names.
  public var hosts: [String]
  /// Its ports; 443 with `https` by default.
  public var ports: [Workload.Port]
  /// The addresses it may have, for the NetworkPolicy; all public ones by default.
  public var addresses: [AddressRange] = ExternalService.anyAddress

  /// A service at the port of HTTPS.
  public init(name: String, namespace: String, hosts: [String] = []) {
    self.name = name
    self.namespace = namespace
    self.hosts = hosts
    ports = ExternalService.https
  }

  /// Every address.
  public static let anyAddress: [AddressRange] = ["0.0.0.0/0"]

  static let https: [Workload.Port] = [Workload.Port(name: "https", port: 443).with { $0.protocol = .https }]
}

extension ExternalService: Formed {
  static let form = Form(
    "ExternalService", "Something outside the clusters that workloads call.",
    blank: Self(name: "", namespace: "")
  ) {
    FormField.required(
      "hosts", \.hosts, .list(of: .name(.domain), atLeast: 1, unique: [Unique("host", key: nil) { $0 }]),
      example: "[api.stripe.com]", "Its DNS names.")
    FormField.defaulted("ports", \.ports, Workload.Port.list, "Its ports.", default: https)
    FormField.defaulted(
      "addresses", \.addresses, .list(of: .addressRange, atLeast: 1),
      "The addresses it may have; a NetworkPolicy knows no names.",
      default: anyAddress)
  }
}
