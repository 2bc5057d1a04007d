/// The way in for users: Kong without a database, with its routes.
///
/// What Kong does stands in one declarative file, which a change replaces as a whole, or in objects of the Gateway
/// API, which the Kong Ingress Controller reads.
public struct Gateway: TopologyValue {
  /// How the gateway's Service is reached.
  public enum ServiceType: String, Hashable, Sendable, CaseIterable {
    /// From outside, by a load balancer of the provider.
    case loadBalancer
    /// From outside, by a port of each node.
    case nodePort
    /// From within the cluster only.
    case clusterIP
  }

  /// The name; also that of its Deployment, its Service and its service account.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// Where Kong's routes, plug-ins and consumers stand; in a declarative file by default.
  public var configuration = Configuration.declarative
  /// The controller that reads objects of the Gateway API; without meaning for a declarative file.
  public var controller = Controller()
  /// The image of Kong.
  public var image: ImageReference = Gateway.defaultImage
  /// The version of Kong in the image, such as `3.9`; what the image's tag begins with by default.
  public var version: String?
  /// The number of pods; 2 by default. Without meaning when `autoscaling` is there.
  public var replicas = 2
  /// How many pods there are, by load; fixed by default.
  public var autoscaling: Autoscaling?
  /// How many pods must stay when nodes are drained; all but one of several by default.
  public var disruption: DisruptionBudget?
  /// How its pods are spread; over zones and nodes, as far as there is room, by default.
  public var spread = Spread()
  /// What a pod asks of its node.
  public var resources = Gateway.defaultResources
  /// How many processes of a pod serve requests; 2 by default, as Kong would start one for each core of the node.
  public var workerProcesses = 2
  /// The user id that Kong runs as; 1000 by default, the image's own user.
  public var runAsUser = 1000
  /// How the cluster finds out whether a pod is able to serve; whether its routes are loaded by default.
  public var health = Gateway.defaultHealth
  /// How its Service is reached; by a load balancer by default.
  public var service = ServiceType.loadBalancer
  /// Whether the load balancer has an address of the network rather than a public one; false by default.
  public var isInternal = false
  /// The addresses of its load balancers, by region; given by the provider where there is none.
  public var addresses: [String: LoadBalancerAddress] = [:]
  /// Who may reach the load balancer; everybody by default.
  public var allowedRanges: [AddressRange] = []
  /// Whether Kong sees the addresses of users: what comes from outside goes to it directly, without another
  /// node or Istio's proxy in between; true by default.
  public var preservesClientAddress = true
  /// The Secret with the certificate that Kong shows to users; one that Kong signs itself by default.
  public var certificate: String?
  /// What Kong writes about its work.
  public var log = Log()
  /// Further settings of Kong, and values that `{vault://env/…}` refers to; none by default.
  public var env: [String: EnvironmentValue] = [:]
  /// The plug-ins that the image has besides those that come with Kong; none by default.
  public var customPlugins: [String] = []
  /// What requests are taken, and who answers them.
  public var routes: [Route]
  /// Those who sign the tokens that routes ask for; none by default.
  public var issuers: [TokenIssuer] = []
  /// The callers that Kong tells apart; none by default.
  public var consumers: [Consumer] = []
  /// How many requests are served, on all routes without a limit of their own; any number by default.
  public var rateLimit: RateLimit?
  /// Which pages of other sites may call, on all routes that do not say so themselves; none by default.
  public var cors: CORS?
  /// How large a request may be, on all routes that do not say so themselves; of any size by default.
  public var requestSize: RequestSize?
  /// Further plug-ins on all routes; none by default.
  public var plugins: [Plugin] = []
  /// What Kong measures; no plug-in when everything is switched off.
  public var metrics = Metrics()
  /// The proportion of requests that are traced; what the topology's `Tracing` says by default.
  public var traceSampling: Percent?

  /// A gateway with the defaults.
  public init(name: String, namespace: String, routes: [Route] = []) {
    self.name = name
    self.namespace = namespace
    self.routes = routes
  }

  static let defaultImage: ImageReference = "kong:3.9.1"
  static let defaultResources = ComputeResources(cpu: "250m", memory: "512Mi")
  static let defaultHealth = HealthCheck(path: "/status/ready", port: .number(Gateway.statusPort)).with {
    $0.startupTime = .seconds(60)
  }
}

extension Gateway: Callee {
  /// Where the containers serve `/status` and `/metrics`, for the cluster only.
  public static let statusPort = 8100

  /// The ports of Kong's proxy: plain at 80, and with TLS at 443.
  public var ports: [Workload.Port] {
    [
      Workload.Port(name: "proxy", port: 80).with { $0.targetPort = 8000 },
      Workload.Port(name: "proxy-ssl", port: 443).with {
        $0.targetPort = 8443
        $0.protocol = .https
      },
    ]
  }
}
