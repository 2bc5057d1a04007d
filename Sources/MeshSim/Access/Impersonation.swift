import HTTPTypes
import KubeModel

/// On whose behalf a request is made, by its `Impersonate-…` headers.
struct Impersonation {
  private let name: String
  private let uid: String
  private let groups: [String]
  /// In ascending order of their keys.
  private let extra: [(key: String, values: [String])]

  /// Nil for a request on the sender's own behalf.
  ///
  /// - Throws: 500 where groups, a uid or extra values come without a user, as a real server does.
  init?(_ headers: HTTPFields) throws(StatusError) {
    var values: [String: [String]] = [:]
    for field in headers where field.name.canonicalName.hasPrefix("impersonate-") {
      values[field.name.canonicalName, default: []].append(field.value)
    }
    guard !values.isEmpty else { return nil }
    name = values["impersonate-user"]?.first ?? ""
    uid = values["impersonate-uid"]?.first ?? ""
    groups = values["impersonate-group"] ?? []
    let prefix = "impersonate-extra-"
    extra = values.filter { $0.key.hasPrefix(prefix) }
      .map { (Impersonation.decoded(String($0.key.dropFirst(prefix.count))), $0.value) }
      .sorted { $0.0 < $1.0 }
    guard name.isEmpty else { return }
    guard uid.isEmpty, groups.isEmpty, extra.isEmpty else {
      throw .internalError("requested \(PolicyRule.quoted(groups)) without impersonating a user")
    }
    return nil
  }

  /// The impersonated user, where `requester` may impersonate each part of it.
  func user(by requester: UserInfo, in state: ClusterState) throws(StatusError) -> UserInfo {
    func require(
      _ resource: String, _ name: String, group: String = "", subresource: String = "", namespace: String = ""
    )
      throws(StatusError)
    {
      var attributes = RequestAttributes(user: requester, verb: "impersonate", group: group, version: "v1")
      attributes.resource = resource
      attributes.subresource = subresource
      attributes.name = name
      attributes.namespace = namespace
      try Authorizer().require(attributes, in: state)
    }
    var user = UserInfo(name: name, uid: uid, groups: groups)
    if let account = user.serviceAccount {
      try require("serviceaccounts", account.name, namespace: account.namespace)
      if groups.isEmpty { user.groups = ServiceAccountTokens.groups(namespace: account.namespace) }
    } else {
      try require("users", name)
    }
    for group in groups { try require("groups", group) }
    for (key, values) in extra {
      for value in values {
        try require("userextras", value, group: "authentication.k8s.io", subresource: key)
      }
      user.extra[key] = values
    }
    if !uid.isEmpty { try require("uids", uid, group: "authentication.k8s.io") }
    let wanted = name == UserInfo.anonymous.name ? "system:unauthenticated" : "system:authenticated"
    if !user.groups.contains(where: { $0 == "system:authenticated" || $0 == "system:unauthenticated" }) {
      user.groups.append(wanted)
    }
    return user
  }

  /// Reads `%2f` and the like, which header names need for slashes.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
