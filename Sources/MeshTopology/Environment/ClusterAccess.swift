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

extension ClusterAccess {
  private enum Kind: String, CaseIterable {
    case embedded
    case kubeconfig
  }

  private struct Written: Formed {
    var kind = Kind.embedded
    var context: String?
    static let form = Form("ClusterAccess", "Where a cluster is to be found.", blank: Self()) {
      FormField.required(
        "kind", \.kind, .choice, example: "embedded", "In this process, or under a context of the kubeconfig."
      )
      FormField.optional(
        "context", \.context, .text("a name"), "The kubeconfig's context; the current one by default.")
    }.checked { access, section in
      if access.kind == .embedded {
        section["context"]?.report(
          .contradiction, "an embedded cluster has no context",
          remedy: "remove context, or write kind: kubeconfig")
      }
    }
  }

  private static let written = Codec<Written>.form

  /// A kind, with a context where the kind has one.
  static let codec = Codec<ClusterAccess>(
    read: { field in
      written.read(field).map { $0.kind == .embedded ? .embedded : .kubeconfig(context: $0.context) }
    },
    write: { access in
      switch access {
      case .embedded: written.write(Written())
      case .kubeconfig(let context): written.write(Written(kind: .kubeconfig, context: context))
      }
    },
    source: { access in
      switch access {
      case .embedded: SwiftSource(".embedded")
      case .kubeconfig(let context):
        SwiftSource(".kubeconfig(context: \(context.map(SwiftSource.literal) ?? "nil"))")
      }
    },
    shape: { written.shape() })
}
