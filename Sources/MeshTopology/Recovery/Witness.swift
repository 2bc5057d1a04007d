/// The third place that says which region may take writes, so that two regions that cannot see each other never
/// both do.
public struct Witness: TopologyValue {
  /// What holds the word.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A reference of the Git repository, which moves by compare-and-swap.
    case git
    /// A Lease in a cluster that is part of no failover.
    case lease
  }

  /// What holds the word.
  public var kind: Kind
  /// The cluster of the Lease.
  public var cluster: String?
  /// The namespace of the Lease; `default` by default.
  public var namespace: String?
  /// The reference of the repository; `refs/meshctl/witness` by default.
  public var reference: String?

  /// A witness at the usual place.
  public init(kind: Kind) { self.kind = kind }

  /// The reference that a witness in Git has when none is named.
  public static let defaultReference = "refs/meshctl/witness"
}

extension Witness: Formed {
  static let form = Form(
    "Witness", "The third place that says which region may take writes.", blank: Self(kind: .git)
  ) {
    FormField.required(
      "kind", \.kind, .choice, example: "git",
      "What holds the word: a reference of the repository, or a Lease.")
    FormField.optional(
      "cluster", \.cluster, .name(of: .cluster),
      "The cluster of the Lease, which must be part of no failover.")
    FormField.optional(
      "namespace", \.namespace, .name(.label), "The namespace of the Lease; `default` by default.")
    FormField.optional(
      "reference", \.reference, .text("a reference such as refs/meshctl/witness"),
      "The reference of the repository; `refs/meshctl/witness` by default.")
  }.checked { witness, section in
    switch witness.kind {
    case .git:
      for key in ["cluster", "namespace"] {
        section[key]?.report(
          .contradiction, "\(key) of a witness in Git", remedy: "remove it, or write kind: lease")
      }
      if let reference = witness.reference, !reference.hasPrefix("refs/") {
        section["reference"]?.report(
          .invalidValue, "\(shown(reference)) is not a whole reference",
          remedy: "write it like refs/meshctl/witness")
      }
    case .lease:
      section["reference"]?.report(
        .contradiction, "a reference of Git for a Lease", remedy: "remove it, or write kind: git")
      if witness.cluster == nil {
        section.report(
          .missingField, "a Lease without a cluster", remedy: "add cluster: with the name of a third cluster")
      }
    }
  }
}
