internal import KubeModel

extension Network: Formed {
  static let form = Form("Network", "A private network: what GCP calls a VPC network.", blank: Self(name: ""))
  {
    FormField.optional(
      "project", \.project, .name(.label), "The provider's project; known from elsewhere by default.")
    FormField.required(
      "subnets", \.subnets, .list(of: .form, unique: [Unique("subnet", key: "name") { $0.name }]),
      example: "[{name: …, region: …, range: 10.0.1.0/24}]",
      "The subnets. A network has no range of its own.")
    FormField.defaulted(
      "nat", \.nat, AddressTranslation.codec,
      "How nodes without public addresses reach the internet, or `none`. Without it no image comes from outside the provider.",
      default: AddressTranslation())
    FormField.optional(
      "privateServicesRange", \.privateServicesRange, .ipv4Range,
      "The addresses that the provider's managed services get in this network.")
    FormField.list(
      "reservedAddresses", \.reservedAddresses,
      .list(of: .form, unique: [Unique("address", key: "name") { "\($0.region ?? "")/\($0.name)" }]),
      "The public addresses that are kept for this system.")
  }
}

extension Subnet: Formed {
  static let form = Form(
    "Subnet", "A part of a network in one region.", blank: Self(name: "", region: "", range: "0.0.0.0/0")
  ) {
    FormField.required("name", \.name, .name(.label), example: "gke-subnet", "The name.")
    FormField.required("region", \.region, .region, example: "asia-northeast1", "The region.")
    FormField.required(
      "range", \.range, .ipv4Range, example: "10.0.1.0/24",
      "The primary range, which nodes take their addresses from.")
    FormField.optional("purpose", \.purpose, .text(), "What the subnet is for, in words.")
    FormField.list(
      "secondaryRanges", \.secondaryRanges,
      .list(of: .form, unique: [Unique("secondary range", key: "name") { $0.name }]),
      "Further ranges, which pods and Services take their addresses from.")
  }
}

extension Subnet.SecondaryRange: Formed {
  static let form = Form(
    "Subnet.SecondaryRange", "A further range of a subnet.", blank: Self(name: "", range: "0.0.0.0/0")
  ) {
    FormField.required(
      "name", \.name, .name(.label), example: "pods-range", "The name that clusters refer to.")
    FormField.required("range", \.range, .ipv4Range, example: "10.1.0.0/16", "The addresses.")
  }
}

extension AddressTranslation: Formed {
  static let form = Form(
    "AddressTranslation", "How nodes without public addresses reach the internet.", blank: Self()
  ) {
    FormField.defaulted(
      "addresses", \.addresses, .integer(in: 0...100),
      "The number of reserved addresses in each region, for others to put on their lists.", default: 0)
    FormField.defaulted(
      "portsPerNode", \.portsPerNode, .integer(in: 64...65_536),
      "The number of ports kept for each node, and so of its connections to one destination at a time.",
      default: 64)
  }

  /// The settings, or `none`.
  static let codec = Codec<AddressTranslation?>(
    read: { field in
      if case .scalar(let scalar) = field.node.content, scalar.text == "none" { return .some(nil) }
      return field.section { form.read($0) }.map { .some($0) }
    },
    write: { $0.map { form.write($0) } ?? .scalar("none") },
    source: { $0.map { SwiftSource(form: form, $0) } ?? SwiftSource("nil") },
    shape: { .either([.choice(["none"]), .form(form.description)]) })
}

extension ReservedAddress: Formed {
  static let form = Form(
    "ReservedAddress", "A public address that is kept for this system.", blank: Self(name: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "kong-ingress", "The name.")
    FormField.optional(
      "region", \.region, .region, "The region of the load balancer that may have it; none for a global one.")
  }
}

extension Codec where Value == AddressRange {
  /// A range of IPv4 addresses, which is all that the rendered infrastructure has.
  static var ipv4Range: Codec {
    Codec.addressRange.verified { range, field in
      guard range.family != .ipv4 else { return true }
      field.report(.invalidValue, "\(range) is not an IPv4 range", remedy: "write it like 10.1.0.0/16")
      return false
    }
  }
}
