/// The labels that rendered objects carry, and their values.
public enum MeshLabels {
  /// Names the workload; what Services and NetworkPolicies select by.
  public static let app = "app"
  /// Tells a workload's two sets of pods apart: `stable` or `canary`.
  public static let track = "track"
  /// The value of `track` for the pods that serve between rollouts.
  public static let stable = "stable"
  /// The value of `track` for the pods of a new version that is on trial.
  public static let canary = "canary"
  /// The image's version; what Istio's metrics tell versions apart by.
  public static let version = "version"
  /// The recommended label for the workload's name.
  public static let name = "app.kubernetes.io/name"
  /// The recommended label for one instance of it.
  public static let instance = "app.kubernetes.io/instance"
  /// The recommended label for its version.
  public static let appVersion = "app.kubernetes.io/version"
  /// The recommended label for the system it belongs to.
  public static let partOf = "app.kubernetes.io/part-of"
  /// The recommended label for the tool that owns the object.
  public static let managedBy = "app.kubernetes.io/managed-by"
  /// The value of `managedBy`.
  public static let meshctl = "meshctl"
  /// The Pod Security level of a namespace that the API server enforces.
  public static let podSecurityEnforce = "pod-security.kubernetes.io/enforce"
  /// Whether a namespace's pods get the Istio proxy: `enabled` or `disabled`.
  public static let istioInjection = "istio-injection"
  /// A namespace's own name, set by the API server.
  public static let namespaceName = "kubernetes.io/metadata.name"

  /// `text` as a label's value may be: at most 63 of `A-Za-z0-9._-`, with a letter or digit at both ends.
  ///
  /// Other characters become `-`; nothing usable becomes `unknown`.
  public static func value(_ text: String) -> String {
    let allowed = text.utf8.map { $0.isAlphanumeric || "._-".utf8.contains($0) ? $0 : UInt8(ascii: "-") }
    let start = allowed.drop { !$0.isAlphanumeric }.prefix(63)
    guard let end = start.lastIndex(where: \.isAlphanumeric) else { return "unknown" }
    return String(decoding: start[...end], as: UTF8.self)
  }
}
