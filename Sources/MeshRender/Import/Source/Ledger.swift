/// Which fields of which objects have been read into the topology.
final class Ledger {
  private var taken: [Int: Set<String>] = [:]

  /// Notes that a field, with all below it, is accounted for.
  func take(_ path: String, of source: Int) { taken[source, default: []].insert(path) }

  /// Whether a field, without those around it, is accounted for.
  func isTaken(_ path: String, of source: Int) -> Bool { taken[source]?.contains(path) ?? false }
}
