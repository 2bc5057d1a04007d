import KubeModel
import Seams

/// Tokens of service accounts: what `serviceaccounts/token` hands out.
///
/// They have the claims that Kubernetes gives them. A real server signs them with a private key; an embedded one
/// signs with a secret made from the cluster's name and seed, so they prove nothing outside of it.
enum ServiceAccountTokens {
  static let issuer = "https://kubernetes.default.svc.cluster.local"
  private static let shortest: Int64 = 600
  private static let longest: Int64 = 1 << 32

  static func groups(namespace: String) -> [String] {
    ["system:serviceaccounts", "system:serviceaccounts:\(namespace)"]
  }

  /// Answers a TokenRequest.
  ///
  /// - Throws: 422 for a life too short or too long, 409 for a bound object with another uid.
  static func issue(_ request: JSONValue, for account: KubeObject, in state: inout ClusterState)
    throws(StatusError) -> KubeObject
  {
    let namespace = account.namespace ?? ""
    let asked = (request[path: "spec", "audiences"]?.array ?? []).compactMap(\.string)
    let audiences = asked.isEmpty ? [issuer] : asked
    let life = request[path: "spec", "expirationSeconds"]?.int ?? 3_600
    try check(life: life, request)
    let expiry = state.now + .seconds(life)
    let issued = Int64(state.now.seconds)
    var bound: JSONObject = [
      "namespace": .string(namespace),
      "serviceaccount": ["name": .string(account.name), "uid": .string(account.uid)],
    ]
    let reference = request[path: "spec", "boundObjectRef"]
    if let reference, reference.object != nil {
      let (field, object) = try boundObject(reference, namespace: namespace, in: state)
      bound[field] = object
    }
    let claims: JSONValue = [
      "aud": .array(audiences.map(JSONValue.string)), "exp": .int(issued + life), "iat": .int(issued),
      "iss": .string(issuer), "jti": .string(state.newUID()), "kubernetes.io": .object(bound),
      "nbf": .int(issued),
      "sub": .string("system:serviceaccount:\(namespace):\(account.name)"),
    ]
    let answer: JSONObject = [
      "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1",
      "metadata": [
        "name": .string(account.name), "namespace": .string(namespace),
        "creationTimestamp": .string(state.now.rfc3339),
      ],
      "spec": [
        "audiences": .array(audiences.map(JSONValue.string)), "expirationSeconds": .int(life),
        "boundObjectRef": reference ?? .null,
      ],
      "status": [
        "token": .string(WebToken.signed(claims, key: key(of: state))),
        "expirationTimestamp": .string(expiry.rfc3339),
      ],
    ]
    return KubeObject(answer)
  }

  /// The user that a token stands for; nil for a token that is forged or over, or whose account is gone.
  static func user(of token: String, audiences: [String] = [], in state: ClusterState) -> UserInfo? {
    guard let claims = WebToken.claims(of: token, key: key(of: state)),
      let bound = claims["kubernetes.io"], let namespace = bound["namespace"]?.string,
      let name = bound[path: "serviceaccount", "name"]?.string, let expiry = claims["exp"]?.int,
      Timestamp(seconds: expiry) > state.now,
      let account = state.store.get(.serviceAccount, ObjectKey(namespace: namespace, name: name)),
      account.uid == bound[path: "serviceaccount", "uid"]?.string
    else { return nil }
    let wanted = audiences.isEmpty ? [issuer] : audiences
    guard (claims["aud"]?.array ?? []).contains(where: { $0.string.map(wanted.contains) ?? false }) else {
      return nil
    }
    var extra = ["authentication.kubernetes.io/credential-id": ["JTI=" + (claims["jti"]?.string ?? "")]]
    if let pod = bound["pod"] {
      let podName = pod["name"]?.string ?? ""
      let live = state.store.get(.pod, ObjectKey(namespace: namespace, name: podName))
      guard live?.uid == pod["uid"]?.string else { return nil }
      extra["authentication.kubernetes.io/pod-name"] = [podName]
      extra["authentication.kubernetes.io/pod-uid"] = [live?.uid ?? ""]
    }
    return UserInfo(
      name: "system:serviceaccount:\(namespace):\(name)", uid: account.uid,
      groups: groups(namespace: namespace),
      extra: extra)
  }

  private static func key(of state: ClusterState) -> [UInt8] {
    SHA256.hash(Array("service accounts of \(state.name), \(state.seed)".utf8))
  }

  private static func check(life: Int64, _ request: JSONValue) throws(StatusError) {
    let kind = ResourceKind(
      group: "authentication.k8s.io", version: "v1", kind: "TokenRequest", plural: "tokenrequests")
    let text =
      life < shortest
      ? "may not specify a duration less than 10 minutes"
      : life > longest ? "may not specify a duration larger than 2^32 seconds" : ""
    guard !text.isEmpty else { return }
    throw .invalid(
      kind, request[path: "metadata", "name"]?.string ?? "",
      [StatusError.Cause.invalid("spec.expirationSeconds", .int(life), text)])
  }

  private static func boundObject(_ reference: JSONValue, namespace: String, in state: ClusterState)
    throws(StatusError) -> (String, JSONValue)
  {
    let name = reference["name"]?.string ?? ""
    let kind: ResourceKind
    switch (reference["apiVersion"]?.string, reference["kind"]?.string) {
    case ("v1", "Pod"): kind = .pod
    case ("v1", "Secret"): kind = .secret
    case ("v1", "Node"): kind = .node
    default:
      throw .badRequest(
        "cannot bind token for serviceaccount to object of type \(reference["kind"]?.string ?? "")")
    }
    let key = ObjectKey(namespace: kind.isNamespaced ? namespace : "", name: name)
    guard let object = state.store.get(kind, key) else { throw .notFound(kind, name) }
    if let uid = reference["uid"]?.string, !uid.isEmpty, uid != object.uid {
      throw .conflict(
        kind, name,
        "the UID in the bound object reference (\(uid)) does not match the UID in record. "
          + "The object might have been deleted and then recreated")
    }
    return (kind.kind.lowercased(), ["name": .string(name), "uid": .string(object.uid)])
  }
}
