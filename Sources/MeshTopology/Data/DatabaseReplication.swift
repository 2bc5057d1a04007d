/// How a database in the regions that stand by follows the one that takes writes.
public struct DatabaseReplication: TopologyValue {
  /// By which way writes get there.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// From the archive: behind by up to the archive's timeout, and needs no connection between regions.
    case archive
    /// From server to server, with the archive for what was missed: behind by little.
    case streaming
  }

  /// By which way writes get there.
  public var kind: Kind
  /// The lag above which a failover is not made without an explicit word; one minute by default.
  public var maximumLag: Duration = .seconds(60)
  /// The names by which the database of each region is reached from the others, for streaming; none by default.
  public var hosts: [String: String] = [:]

  /// Replication without hosts.
  public init(kind: Kind) { self.kind = kind }
}

extension DatabaseReplication: Formed {
  static let form = Form(
    "DatabaseReplication", "How a database in the regions that stand by follows the one that takes writes.",
    blank: Self(kind: .archive)
  ) {
    FormField.required(
      "kind", \.kind, .choice, example: "archive",
      "By which way writes get there: from the archive, or from server to server with the archive for what was missed."
    )
    FormField.defaulted(
      "maximumLag", \.maximumLag, .wholeSeconds(in: .seconds(1) ... .seconds(86_400)),
      "The lag above which a failover is not made without an explicit word.", default: .seconds(60))
    FormField.defaulted(
      "hosts", \.hosts, .map(.label, .name(.domain)),
      "The DNS names by which the database of each region is reached from the others; needed for `streaming`.",
      default: [:])
  }.checked { replication, section in
    if replication.kind == .streaming, replication.hosts.isEmpty {
      section["kind"]?.report(
        .missingField, "streaming between regions needs a name to connect to in each",
        remedy: "add hosts: {asia-northeast1: db.asia-northeast1.example.com, …}, or write kind: archive")
    }
    if replication.kind == .archive {
      section["hosts"]?.report(
        .contradiction, "hosts, but writes come from the archive",
        remedy: "remove hosts, or write kind: streaming")
    }
  }
}
