/// A Kubernetes cluster, whose control plane and nodes are spread over the zones of one region.
public struct Cluster: TopologyValue {
  /// The name.
  public var name: String
  /// The region it runs in.
  public var region: String
  /// The provider's project; that of its network by default.
  public var project: String?
  /// The zones its nodes are in; three that the provider chooses by default.
  public var zones: [String] = []
  /// The network its nodes are in.
  public var network: String?
  /// The subnet its nodes take their addresses from.
  public var subnetwork: String?
  /// The secondary range of the subnet that pods take their addresses from.
  public var podsRange: String?
  /// The secondary range of the subnet that Services take their addresses from.
  public var servicesRange: String?
  /// The addresses of the control plane, which no subnet may hold.
  public var controlPlaneRange: AddressRange?
  /// Whether its nodes have private addresses only; true by default.
  public var hasPrivateNodes = true
  /// Whether its API server can be reached from within the network only; false by default.
  public var hasPrivateEndpoint = false
  /// Who may reach its API server from outside; anyone by default.
  public var authorizedNetworks: [AuthorizedNetwork] = []
  /// How early it gets new versions of Kubernetes; `regular` by default.
  public var releaseChannel = ReleaseChannel.regular
  /// The lowest version of Kubernetes of its control plane; the channel's by default.
  public var version: String?
  /// Whether workloads act as the provider's identities without keys; true by default.
  public var hasWorkloadIdentity = true
  /// Whether the provider's eBPF data plane carries its traffic, which enforces NetworkPolicies; true by
  /// default. It cannot be changed later.
  public var hasDataplaneV2 = true
  /// When the provider may upgrade it; at any time by default.
  public var maintenance: MaintenanceWindow?
  /// The groups of equal nodes.
  public var nodePools: [NodePool] = []

  /// A cluster of which only name and region are known.
  public init(name: String, region: String) {
    self.name = name
    self.region = region
  }
}

extension Cluster {
  /// The number of zones that the nodes of `pool` are spread over.
  public func zoneCount(of pool: NodePool) -> Int {
    if !pool.zones.isEmpty { return pool.zones.count }
    return zones.isEmpty ? GKE.defaultZones : zones.count
  }

  /// Those who may reach an API server from outside.
  public struct AuthorizedNetwork: TopologyValue {
    /// Who they are, in words.
    public var name: String
    /// Their addresses.
    public var range: AddressRange

    /// Creates an authorised network.
    public init(name: String, range: AddressRange) {
      self.name = name
      self.range = range
    }
  }

  /// How early a cluster gets new versions of Kubernetes.
  public enum ReleaseChannel: String, Hashable, Sendable, CaseIterable {
    /// As soon as they are out.
    case rapid
    /// Two to three months later.
    case regular
    /// When others have run them for months.
    case stable
    /// As `regular`, and supported for about two years.
    case extended
  }

  /// When the provider may upgrade a cluster, in UTC.
  public struct MaintenanceWindow: TopologyValue {
    /// A day of the week, as calendars abbreviate it (RFC 5545).
    public enum Weekday: String, Hashable, Sendable, CaseIterable {
      case monday = "MO", tuesday = "TU", wednesday = "WE", thursday = "TH", friday = "FR"
      case saturday = "SA", sunday = "SU"
    }

    /// The days it starts on; every day by default.
    public var days = Set(Weekday.allCases)
    /// When it starts, in minutes after midnight, 0...1439.
    public var start: Int
    /// How long it lasts, in minutes; four hours by default, the shortest that GKE takes.
    public var length = 240

    /// A daily window of four hours.
    public init(start: Int) { self.start = start }
  }
}
