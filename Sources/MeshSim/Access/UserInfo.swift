import KubeModel

/// Who sends a request.
struct UserInfo: Hashable, Sendable {
  var name: String
  var uid = ""
  var groups: [String] = []
  var extra: [String: [String]] = [:]

  static let anonymous = UserInfo(name: "system:anonymous", groups: ["system:unauthenticated"])
  /// Whoever uses an embedded cluster from inside its process.
  static let administrator = UserInfo(
    name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"])

  /// Whether every right is held without any rule.
  var isSuperuser: Bool { groups.contains("system:masters") }

  /// Namespace and name of the service account that this user is.
  var serviceAccount: (namespace: String, name: String)? {
    guard name.hasPrefix("system:serviceaccount:") else { return nil }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[2].isEmpty, !parts[3].isEmpty else { return nil }
    return (String(parts[2]), String(parts[3]))
  }

  /// As reviews show a user.
  ///
  /// - Parameter nameField: `username` in authentication.k8s.io.
  func json(nameField: String = "username") -> JSONValue {
    var fields: JSONObject = [nameField: .string(name)]
    if !uid.isEmpty { fields["uid"] = .string(uid) }
    if !groups.isEmpty { fields["groups"] = .array(groups.map(JSONValue.string)) }
    if !extra.isEmpty {
      fields["extra"] = .object(
        JSONObject(extra.map { ($0.key, .array($0.value.map(JSONValue.string))) }))
    }
    return .object(fields)
  }
}

/// What a request wants to do.
struct RequestAttributes: Hashable, Sendable {
  var user: UserInfo
  var verb: String
  var group = ""
  var version = ""
  var resource = ""
  var subresource = ""
  var name = ""
  var namespace = ""
  var path = ""
  var isResource = true

  /// Why the request may not be made, as a forbidden answer says it.
  var refusal: String {
    guard isResource else { return "User \"\(user.name)\" cannot \(verb) path \"\(path)\"" }
    let what = subresource.isEmpty ? resource : "\(resource)/\(subresource)"
    let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
    return "User \"\(user.name)\" cannot \(verb) resource \"\(what)\" in API group \"\(group)\" \(place)"
  }
}

/// Whether a request may be made.
struct Decision: Sendable {
  let isAllowed: Bool
  /// The binding that allows it, or what kept a rule from being found.
  let reason: String
}

extension StatusError {
  /// 403 for one object of a resource, or for the resource where `name` is empty.
  static func forbidden(group: String, resource: String, name: String, _ reason: String) -> StatusError {
    var details: JSONObject = ["kind": .string(resource)]
    if !name.isEmpty { details["name"] = .string(name) }
    if !group.isEmpty { details["group"] = .string(group) }
    let qualified = group.isEmpty ? resource : "\(resource).\(group)"
    return StatusError(
      code: 403, reason: "Forbidden",
      message: qualified + (name.isEmpty ? "" : " \"\(name)\"") + " is forbidden: " + reason, details: details
    )
  }
}
