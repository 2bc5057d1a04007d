import KubeModel
import Seams

/// What a request's path names.
struct ResourcePath {
  let kind: ResourceKind
  /// `nil` for all namespaces, and for cluster-scoped kinds.
  let namespace: String?
  /// `nil` for the collection.
  let name: String?
  let subresource: String?

  var key: ObjectKey { ObjectKey(namespace: namespace ?? "", name: name ?? "") }

  /// Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; `nil` for what the cluster does not serve.
  init?(path: Substring) {
    var parts = path.split(separator: "/").map { ResourcePath.decoded($0) }[...]
    guard let root = parts.popFirst() else { return nil }
    var group = ""
    if root == "apis" {
      guard let name = parts.popFirst() else { return nil }
      group = name
    } else if root != "api" {
      return nil
    }
    guard let version = parts.popFirst() else { return nil }
    var namespace: String?
    if parts.first == "namespaces", parts.count >= 3 {
      parts.removeFirst()
      namespace = parts.removeFirst()
    }
    guard let plural = parts.popFirst(),
      let kind = ResourceKind.known.first(where: {
        $0.plural == plural && $0.group == group && $0.version == version
      }), kind.isNamespaced || namespace == nil
    else { return nil }
    self.kind = kind
    self.namespace = namespace
    self.name = parts.popFirst()
    self.subresource = parts.popFirst()
    if !parts.isEmpty || (kind.isNamespaced && namespace == nil && name != nil) { return nil }
  }

  private static func decoded(_ text: Substring) -> String {
    PercentEncoding.decoded(text, plusIsSpace: false) ?? String(text)
  }
}

/// The parameters after the question mark.
struct Query {
  private let values: [String: String]

  init(_ text: Substring?) {
    var values: [String: String] = [:]
    for pair in (text ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true) else { continue }
      values[name] = parts.count > 1 ? PercentEncoding.decoded(parts[1], plusIsSpace: true) ?? "" : ""
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  func isTrue(_ name: String) -> Bool { ["true", "1", "True"].contains(values[name] ?? "") }
}
