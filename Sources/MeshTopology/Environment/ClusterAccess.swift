/// Where a cluster is to be found.
public enum ClusterAccess: Hashable, Sendable {
  /// In this process.
  case embedded
  /// Under a context of the kubeconfig; the current one for `nil`.
  case kubeconfig(context: String?)

  /// What the YAML form and every output call it.
  public var kind: String {
    switch self {
    case .embedded: "embedded"
    case .kubeconfig: "kubeconfig"
    }
  }
}
