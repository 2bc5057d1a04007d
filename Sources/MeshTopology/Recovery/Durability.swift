/// Whether what a store holds must outlive a disaster.
public enum Durability: String, Hashable, Sendable, CaseIterable {
  /// It must: replication or backups have to cover it.
  case kept
  /// It can be made anew from elsewhere, as a cache can.
  case rebuildable
}
