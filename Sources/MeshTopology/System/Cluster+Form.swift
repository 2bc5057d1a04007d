internal import KubeModel

extension Cluster: Formed {
  static let form = Form("Cluster", "A Kubernetes cluster.", blank: Self(name: "", region: "")) {
    placeFields
    controlPlaneFields
    FormField.list(
      "nodePools", \.nodePools, .list(of: .form, unique: [Unique("node pool", key: "name") { $0.name }]),
      "The groups of equal nodes.")
  }.checked { cluster, section in
    if cluster.network == nil {
      section["subnetwork"]?.report(
        .contradiction, "a subnetwork without a network", remedy: "add network: with the network's name")
    }
    if cluster.subnetwork == nil {
      for key in ["podsRange", "servicesRange"] {
        section[key]?.report(
          .contradiction, "\(key) without a subnetwork", remedy: "add subnetwork: with the name of its subnet"
        )
      }
    }
    if let range = cluster.controlPlaneRange, !GKE.isControlPlaneRange(range) {
      section["controlPlaneRange"]?.report(
        .invalidValue, "the control plane's range must have 16 addresses, not \(range.count)",
        remedy: "write \(range.firstAddress)/28")
    }
    for (index, pool) in cluster.nodePools.enumerated() {
      let zones = cluster.zoneCount(of: pool)
      guard pool.autoscaling == nil, pool.nodes % zones != 0 else { continue }
      let fit = (pool.nodes + zones - 1) / zones * zones
      section.reading.report(
        .contradiction, "\(pool.nodes) nodes cannot be shared evenly by \(zones) zones",
        at: section.spot("nodePools", .index(index), "nodes"), remedy: "write \(fit), or name the zones")
    }
  }

  @FormBuilder<Cluster>
  private static var placeFields: [FormField<Cluster>] {
    FormField.required("region", \.region, .region, example: "asia-northeast1", "The region it runs in.")
    FormField.optional(
      "project", \.project, .name(.label), "The provider's project; that of its network by default.")
    FormField.list(
      "zones", \.zones, .list(of: .name(.label), unique: [Unique("zone", key: nil) { $0 }]),
      "The zones its nodes are in; three that the provider chooses by default.")
    FormField.optional("network", \.network, .name(of: .network), "The network its nodes are in.")
    FormField.optional(
      "subnetwork", \.subnetwork, .name(.label), "The subnet its nodes take their addresses from.")
    FormField.optional(
      "podsRange", \.podsRange, .name(.label),
      "The secondary range of the subnet that pods take their addresses from.")
    FormField.optional(
      "servicesRange", \.servicesRange, .name(.label),
      "The secondary range of the subnet that Services take their addresses from.")
    FormField.optional(
      "controlPlaneRange", \.controlPlaneRange, .ipv4Range,
      "The addresses of the control plane, a /28 that no subnet may hold.")
  }

  @FormBuilder<Cluster>
  private static var controlPlaneFields: [FormField<Cluster>] {
    FormField.defaulted(
      "privateNodes", \.hasPrivateNodes, .flag, property: "hasPrivateNodes",
      "Whether its nodes have private addresses only.", default: true)
    FormField.defaulted(
      "privateEndpoint", \.hasPrivateEndpoint, .flag, property: "hasPrivateEndpoint",
      "Whether its API server can be reached from within the network only.", default: false)
    FormField.list(
      "authorizedNetworks", \.authorizedNetworks,
      .list(of: .form, unique: [Unique("network", key: "name") { $0.name }]),
      "Who may reach its API server from outside; anyone by default.")
    FormField.defaulted(
      "releaseChannel", \.releaseChannel, .choice, "How early it gets new versions of Kubernetes.",
      default: .regular)
    FormField.optional(
      "version", \.version, .version,
      "The lowest version of Kubernetes of its control plane; the channel's by default.")
    FormField.defaulted(
      "workloadIdentity", \.hasWorkloadIdentity, .flag, property: "hasWorkloadIdentity",
      "Whether workloads act as the provider's identities without keys.", default: true)
    FormField.defaulted(
      "dataplaneV2", \.hasDataplaneV2, .flag, property: "hasDataplaneV2",
      "Whether the provider's eBPF data plane carries its traffic, which enforces NetworkPolicies. It cannot be changed later.",
      default: true)
    FormField.optional(
      "maintenance", \.maintenance, .form, "When the provider may upgrade it; at any time by default.")
  }
}

extension Cluster.AuthorizedNetwork: Formed {
  static let form = Form(
    "Cluster.AuthorizedNetwork", "Those who may reach an API server from outside.",
    blank: Self(name: "", range: "0.0.0.0/0")
  ) {
    FormField.required("name", \.name, .text(), example: "office", "Who they are, in words.")
    FormField.required("range", \.range, .ipv4Range, example: "203.0.113.0/24", "Their addresses.")
  }
}

extension Cluster.MaintenanceWindow: Formed {
  static let form = Form(
    "Cluster.MaintenanceWindow", "When the provider may upgrade a cluster, in UTC.", blank: Self(start: 0)
  ) {
    FormField.required("start", \.start, .timeOfDay, example: "\"18:00\"", "When it starts, in UTC.")
    FormField.defaulted(
      "length", \.length, .minutes(in: 240...1440), "How long it lasts; GKE takes four hours or more.",
      default: 240)
    FormField.defaulted(
      "days", \.days, daysCodec, "The days it starts on; every day by default.",
      default: Set(Weekday.allCases))
  }

  private static let daysCodec = Codec<[Weekday]>.list(
    of: .choice, atLeast: 1, unique: [Unique("day", key: nil) { $0.rawValue }]
  ).mapped({ Set($0) }, { days in Weekday.allCases.filter(days.contains) })
}

extension Codec where Value == Int {
  /// A time of day, as minutes after midnight.
  fileprivate static var timeOfDay: Codec {
    .scalar(
      .text(words: "a time such as \"18:00\"", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
      read: { field in
        guard let text = field.text() else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isDigit) }),
          let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else {
          field.report(
            .invalidValue, "\(shown(text)) is not a time of day", remedy: "write it like \"18:00\"")
          return nil
        }
        return hours * 60 + minutes
      },
      write: { .string(text(minutes: $0)) }, source: { "\($0)" })
  }

  /// A duration in whole minutes.
  fileprivate static func minutes(in range: ClosedRange<Int>) -> Codec {
    Codec<Duration>.wholeSeconds(in: .seconds(range.lowerBound * 60) ... .seconds(range.upperBound * 60))
      .mapped({ Int($0.components.seconds / 60) }, { .seconds($0 * 60) })
      .printed { "\($0)" }
  }

  private static func text(minutes: Int) -> String {
    [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
