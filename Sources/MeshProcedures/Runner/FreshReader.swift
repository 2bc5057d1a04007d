import KubeClient
import KubeModel

/// An answer that is older than one seen before: a server that has fallen behind.
struct StaleRead: Error {}

/// Reads objects so that time never runs backwards: an answer older than what was seen before, or
/// written, is refused instead of believed.
struct FreshReader {
  private struct Seen {
    var version: Int64
    var absences = 0
  }

  /// How often in a row an object must be missing before its absence is believed.
  private static let absenceLimit = 3

  let client: KubeClient
  private var seen: [ObjectReference: Seen] = [:]

  init(client: KubeClient) { self.client = client }

  /// - Throws: `StaleRead`; `KubeError`.
  mutating func get(_ kind: ResourceKind, namespace: String, name: String) async throws -> KubeObject? {
    let reference = ObjectReference(
      apiVersion: kind.apiVersion, kind: kind.kind, namespace: namespace, name: name)
    let object = try await client.get(kind, namespace: namespace, name: name)
    guard let object else {
      guard var former = seen[reference] else { return nil }
      former.absences += 1
      guard former.absences >= FreshReader.absenceLimit else {
        seen[reference] = former
        throw StaleRead()
      }
      seen[reference] = nil
      return nil
    }
    // Versions are opaque in general but ordered within one resource since Kubernetes 1.35; a server
    // that gives no numbers gets no check.
    guard let version = Int64(object.resourceVersion) else { return object }
    if let former = seen[reference], former.version > version { throw StaleRead() }
    seen[reference] = Seen(version: version)
    return object
  }

  /// Remembers what a write answered.
  mutating func noteWrite(_ object: KubeObject) {
    guard let version = Int64(object.resourceVersion) else { return }
    seen[object.reference] = Seen(version: version)
  }

  /// Remembers that an object was deleted on purpose.
  mutating func noteDeletion(_ kind: ResourceKind, namespace: String, name: String) {
    seen[ObjectReference(apiVersion: kind.apiVersion, kind: kind.kind, namespace: namespace, name: name)] =
      nil
  }
}
