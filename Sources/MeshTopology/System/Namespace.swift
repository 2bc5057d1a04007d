/// A namespace and the rules that hold for every pod in it.
public struct Namespace: TopologyValue {
  /// A level of the Pod Security Standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
  public enum PodSecurity: String, Hashable, Sendable, CaseIterable {
    /// Anything goes.
    case privileged
    /// No known way to gain privileges.
    case baseline
    /// Hardened: no root, no capabilities, the default seccomp profile.
    case restricted
  }

  /// The name.
  public var name: String
  /// The level that the API server enforces; `restricted` by default.
  public var podSecurity: PodSecurity = .restricted
  /// Whether pods get the Istio proxy and so are part of the mesh; true by default.
  public var hasIstioInjection = true
  /// What workloads make of callers without a certificate; what the mesh says by default.
  public var mutualTLS: MutualTLS?
  /// Whether pods that no workload accounts for may neither call nor be called; false by default.
  public var deniesByDefault = false

  /// A namespace with the defaults.
  public init(name: String) { self.name = name }
}

extension Namespace: Formed {
  static let form = Form(
    "Namespace", "A namespace and the rules that hold for every pod in it.", blank: Self(name: "")
  ) {
    FormField.defaulted(
      "podSecurity", \.podSecurity, .choice,
      "The level of the Pod Security Standards that the API server enforces.",
      default: .restricted)
    FormField.defaulted(
      "istioInjection", \.hasIstioInjection, .flag, property: "hasIstioInjection",
      "Whether pods get the Istio proxy and so are part of the mesh.", default: true)
    FormField.optional(
      "mutualTLS", \.mutualTLS, .choice,
      "What workloads make of callers without a certificate; what the `ServiceMesh` says by default.")
    FormField.defaulted(
      "denyByDefault", \.deniesByDefault, .flag, property: "deniesByDefault",
      "Whether pods that no workload of the topology accounts for may neither call nor be called.",
      default: false)
  }
}
