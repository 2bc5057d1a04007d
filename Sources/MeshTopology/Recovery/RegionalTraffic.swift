/// How users reach the region that serves them, by a name that a failover turns to another region.
public struct RegionalTraffic: TopologyValue {
  /// What directs the users.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A record of the DNS, which ExternalDNS keeps.
    case dns
  }

  /// The DNS name that users know.
  public var host: String
  /// What directs them; the DNS by default.
  public var kind = Kind.dns
  /// How long resolvers remember the address, in whole seconds; one minute by default.
  public var ttl: Duration = .seconds(60)
  /// The namespace of the record's object; that of the mesh's control plane by default.
  public var namespace: String?
  /// The address that each region is entered by; those of the gateway by default.
  public var addresses: [String: String] = [:]
  /// What tells the record from others of the same name, for providers that choose between several; none by default.
  public var identifier: String?
  /// Settings of the DNS provider; none by default.
  public var providerSettings: [Setting] = []

  /// A setting that one DNS provider knows.
  public struct Setting: TopologyValue {
    /// The name, such as `aws/weight`.
    public var name: String
    /// The value.
    public var value: String

    /// Creates a setting.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Traffic by a record with the defaults.
  public init(host: String) { self.host = host }
}

extension RegionalTraffic: Formed {
  static let form = Form(
    "RegionalTraffic", "How users reach the region that serves them.", blank: Self(host: "")
  ) {
    FormField.required(
      "host", \.host, .name(.domain), example: "shop.example.com", "The DNS name that users know.")
    FormField.defaulted("kind", \.kind, .choice, "What directs them: a record of the DNS.", default: .dns)
    FormField.defaulted(
      "ttl", \.ttl, .wholeSeconds(in: .seconds(1) ... .seconds(86_400)),
      "How long resolvers remember the address; a failover takes that long for users at least.",
      default: .seconds(60))
    FormField.optional(
      "namespace", \.namespace, .name(of: .namespace),
      "The namespace of the record's object; that of the mesh's control plane by default.")
    FormField.defaulted(
      "addresses", \.addresses, .map(.label, .address),
      "The address that each region is entered by; those of the gateway by default.", default: [:])
    FormField.optional(
      "identifier", \.identifier, .text("a word"),
      "What tells the record from others of the same name, for providers that choose between several.")
    FormField.list(
      "providerSettings", \.providerSettings,
      .list(of: .form, unique: [Unique("setting", key: "name") { $0.name }]),
      "Settings of the DNS provider.")
  }
}

extension RegionalTraffic.Setting: Formed {
  static let form = Form(
    "RegionalTraffic.Setting", "A setting that one DNS provider knows.", blank: Self(name: "", value: "")
  ) {
    FormField.required("name", \.name, .text(), example: "aws/weight", "The name.")
    FormField.required("value", \.value, .setting, example: "100", "The value.")
  }
}
