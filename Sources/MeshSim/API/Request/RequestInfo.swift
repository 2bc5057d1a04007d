import HTTPTypes
import KubeModel
import Seams

/// What a request asks for, from its method and path alone, by the rules of Kubernetes' `RequestInfo`.
struct RequestInfo: Hashable, Sendable {
  /// The path, decoded.
  var path: String
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the method in lower case for
  /// paths that name no resource.
  var verb: String
  /// Whether the path names a resource of some group version, known or not.
  var isResource = false
  var group = ""
  var version = ""
  var plural = ""
  var subresource = ""
  /// Empty for cluster-scoped paths and for all namespaces.
  var namespace = ""
  /// Empty for collections.
  var name = ""
  /// What follows the subresource, as in `proxy/metrics`.
  var rest: [String] = []
  /// Whether the path asks for a watch by the old form `/api/v1/watch/…`.
  var isLegacyWatch = false

  /// Whether the request changes nothing.
  var isReading: Bool { ["get", "list", "watch"].contains(verb) }

  init(method: HTTPRequest.Method, path: String, query: Query) {
    verb = method.rawValue.lowercased()
    self.path = path
    guard let parts = RequestInfo.segments(of: path) else { return }
    self.path = "/" + parts.joined(separator: "/")
    read(parts[...], method: method, query: query)
  }

  private mutating func read(_ segments: ArraySlice<String>, method: HTTPRequest.Method, query: Query) {
    var parts = segments
    guard parts.count >= 3, let root = parts.popFirst(), root == "api" || root == "apis" else { return }
    if root == "apis" {
      guard parts.count >= 3 else { return }
      group = parts.removeFirst()
    }
    version = parts.removeFirst()
    isResource = true
    verb = RequestInfo.verb(of: method)
    if parts.first == "watch", parts.count > 1 {
      parts.removeFirst()
      isLegacyWatch = true
      verb = "watch"
    }
    // `namespaces/NAME/status` and `finalize` are parts of the namespace, everything else is in it.
    if parts.first == "namespaces", parts.count > 1 {
      let third = parts.dropFirst(2).first
      if let third, third != "status", third != "finalize" {
        namespace = parts[parts.startIndex + 1]
        parts = parts.dropFirst(2)
      } else if group.isEmpty {
        namespace = parts[parts.startIndex + 1]
      }
    }
    plural = parts.popFirst() ?? ""
    name = parts.popFirst() ?? ""
    subresource = parts.popFirst() ?? ""
    rest = Array(parts)
    refineVerb(query)
  }

  /// A read without a name is a list or a watch, and a deletion without one is that of a collection.
  private mutating func refineVerb(_ query: Query) {
    guard name.isEmpty else { return }
    switch verb {
    case "get": verb = query.isTrue("watch") ? "watch" : "list"
    case "delete": verb = "deletecollection"
    default: break
    }
  }

  private static func verb(of method: HTTPRequest.Method) -> String {
    switch method {
    case .post: "create"
    case .get, .head: "get"
    case .put: "update"
    case .patch: "patch"
    case .delete: "delete"
    default: method.rawValue.lowercased()
    }
  }

  /// The decoded parts between slashes; `nil` when one is no text.
  private static func segments(of path: String) -> [String]? {
    var parts: [String] = []
    for part in path.split(separator: "/") {
      guard let text = PercentEncoding.decoded(part, plusIsSpace: false) else { return nil }
      parts.append(text)
    }
    return parts
  }

  /// Where the named object is stored.
  var key: ObjectKey {
    ObjectKey(namespace: plural == "namespaces" && group.isEmpty ? "" : namespace, name: name)
  }
}
