internal import KubeModel

/// How Istio is installed, and what it holds all workloads to.
public struct ServiceMesh: TopologyValue {
  /// What becomes of calls to hosts that the mesh does not know.
  public enum OutboundPolicy: String, Hashable, Sendable, CaseIterable {
    /// They pass.
    case allowAny
    /// They fail.
    case registryOnly
  }

  /// The name; also what the clusters of one mesh call it.
  public var name: String
  /// The version of Istio, such as `1.27.0`.
  public var version = "1.27.0"
  /// The namespace of the control plane; `istio-system` by default.
  public var namespace = "istio-system"
  /// The first part of each identity; `cluster.local` by default.
  public var trustDomain = ServiceMesh.defaultTrustDomain
  /// What becomes of callers without a certificate; they are refused by default.
  public var mutualTLS = MutualTLS.strict
  /// What becomes of calls to unknown hosts; they pass by default, as in Istio.
  public var outbound = OutboundPolicy.allowAny
  /// The name of the network that pods reach each other in without a gateway; the cluster's network by default.
  public var network: String?
  /// Whether the clusters are one mesh and trust each other's certificates; false by default. Calls stay in their
  /// cluster all the same.
  public var isMultiCluster = false
  /// Whether machines outside Kubernetes may join by themselves; false by default.
  public var hasAutoRegistration = false
  /// What each proxy asks of its node; 100m and 128Mi by default, as in Istio.
  public var proxyResources = ComputeResources(cpu: "100m", memory: "128Mi")
  /// Whether proxies write a line for each request; false by default.
  public var hasAccessLog = false
  /// The ingress gateways of Istio itself; none by default.
  public var ingressGateways: [IngressGateway] = []

  /// A mesh with the defaults.
  public init(name: String) { self.name = name }

  /// The trust domain of a mesh that says nothing else.
  public static let defaultTrustDomain = "cluster.local"
}

extension ServiceMesh: Formed {
  static let form = Form(
    "ServiceMesh", "How Istio is installed, and what it holds all workloads to.", blank: Self(name: "")
  ) {
    FormField.defaulted("version", \.version, .version, "The version of Istio.", default: "1.27.0")
    FormField.defaulted(
      "namespace", \.namespace, .name(.label), "The namespace of the control plane.", default: "istio-system")
    FormField.defaulted(
      "trustDomain", \.trustDomain, .name(.domain), "The first part of each identity.",
      default: defaultTrustDomain)
    FormField.defaulted(
      "mutualTLS", \.mutualTLS, .choice,
      "What becomes of callers without a certificate of the mesh: refused, or served for the time of moving in.",
      default: .strict)
    FormField.defaulted(
      "outbound", \.outbound, .choice, "What becomes of calls to hosts that the mesh does not know.",
      default: .allowAny)
    FormField.optional(
      "network", \.network, .name(.label),
      "The network that pods reach each other in without a gateway; the cluster's `network` by default.")
    FormField.defaulted(
      "multiCluster", \.isMultiCluster, .flag, property: "isMultiCluster",
      "Whether the clusters are one mesh and trust each other's certificates. Calls stay in their cluster all the same.",
      default: false)
    FormField.defaulted(
      "autoRegistration", \.hasAutoRegistration, .flag, property: "hasAutoRegistration",
      "Whether machines outside Kubernetes may join by themselves.", default: false)
    FormField.defaulted(
      "proxyResources", \.proxyResources, .form, "What each proxy asks of its node.",
      default: ComputeResources(cpu: "100m", memory: "128Mi"))
    FormField.defaulted(
      "accessLog", \.hasAccessLog, .flag, property: "hasAccessLog",
      "Whether proxies write a line for each request.",
      default: false)
    FormField.list(
      "ingressGateways", \.ingressGateways,
      .list(of: .form, unique: [Unique("gateway", key: "name") { $0.name }]),
      "The ingress gateways of Istio itself.")
  }.checked { mesh, section in
    let parts = mesh.version.split(separator: ".").compactMap { Int($0) }
    guard let major = parts.first, let minor = parts.dropFirst().first, (major, minor) < (1, 22) else {
      return
    }
    section["version"]?.report(
      .invalidValue, "Istio \(mesh.version) does not have the API that is rendered, which came with 1.22",
      remedy: "write 1.22.0 or later")
  }
}

extension Codec where Value == String {
  /// A version such as `1.27.0` or `1.27`.
  static var version: Codec {
    Codec.text("a version such as 1.27.0").verified { version, field in
      let parts = version.split(separator: ".", omittingEmptySubsequences: false)
      guard (2...3).contains(parts.count), parts.allSatisfy({ Int($0) != nil && !$0.hasPrefix("+") }) else {
        field.report(
          .invalidValue, "\(shown(version)) is not a version", remedy: "write it like \"1.27.0\", in quotes")
        return false
      }
      return true
    }
  }
}

extension Topology {
  /// The namespace of Istio's control plane.
  public var istioNamespace: String { serviceMesh?.namespace ?? "istio-system" }
}
