/// A namespace and the rules that hold for every pod in it.
public struct Namespace: Hashable, Sendable {
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

  /// A namespace with the defaults.
  public init(name: String) { self.name = name }
}
