/// What keeps the requests of one user on one pod: a hash of something that each request carries.
///
/// Pods that come and go move about as many users as they served (Istio's `ConsistentHashLB`).
public struct Affinity: TopologyValue {
  /// The header that is hashed; one of the three is given.
  public var header: String?
  /// The cookie that is hashed, and set where it is missing.
  public var cookie: String?
  /// Whether the caller's address is hashed; false by default.
  public var isBySource = false

  /// Creates an affinity by a header.
  public init(header: String? = nil) { self.header = header }
}

extension Affinity: Formed {
  static let form = Form("Affinity", "What keeps the requests of one user on one pod.", blank: Self()) {
    FormField.optional("header", \.header, .name(.header), "The header that is hashed.")
    FormField.optional(
      "cookie", \.cookie, .name(.key), "The cookie that is hashed, and set where it is missing.")
    FormField.defaulted(
      "source", \.isBySource, .flag, property: "isBySource", "Whether the caller's address is hashed.",
      default: false)
  }.checked { affinity, section in
    if [affinity.header != nil, affinity.cookie != nil, affinity.isBySource].filter(\.self).count != 1 {
      section.report(
        .contradiction, "an affinity is by header, by cookie or by source, one of them",
        remedy: "write header: x-user-id, cookie: session, or source: true")
    }
  }
}
