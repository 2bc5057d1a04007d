import KubeModel
import Seams

/// Resources that are asked and not kept: what may be done, by whom, and who one is.
enum AccessReviews {
  /// Answers a review.
  ///
  /// - Throws: 422 or 400 for a question that is none.
  static func answer(
    _ object: KubeObject, kind: ResourceKind, attributes: RequestAttributes, in state: ClusterState
  )
    throws(StatusError) -> KubeObject
  {
    var answer = object
    if answer.fields["metadata"] == nil { answer.fields["metadata"] = [:] }
    switch kind.kind {
    case "SelfSubjectAccessReview":
      try check(object, kind: kind.kind)
      answer.fields["status"] = decision(on: object, user: attributes.user, in: state)
    case "SubjectAccessReview", "LocalSubjectAccessReview":
      try check(object, kind: kind.kind)
      try checkNamespace(object, kind: kind.kind, attributes)
      answer.fields["status"] = decision(on: object, user: subject(of: object), in: state)
    case "SelfSubjectRulesReview":
      let namespace = object[path: "spec", "namespace"]?.string ?? ""
      guard !namespace.isEmpty else {
        throw .badRequest("no namespace on request")
      }
      answer.fields["status"] = rules(of: attributes.user, namespace: namespace, in: state)
    case "SelfSubjectReview":
      answer.set("metadata", "creationTimestamp", to: .string(state.now.rfc3339))
      answer.fields["status"] = ["userInfo": attributes.user.json()]
    case "TokenReview": answer.fields["status"] = try tokenStatus(object, in: state)
    default: break
    }
    return answer
  }

  // MARK: Decisions

  private static func decision(on object: KubeObject, user: UserInfo, in state: ClusterState) -> JSONValue {
    var attributes = RequestAttributes(user: user, verb: "")
    if let resource = object[path: "spec", "resourceAttributes"], resource.object != nil {
      func text(_ field: String) -> String { resource[field]?.string ?? "" }
      attributes.verb = text("verb")
      attributes.group = text("group")
      attributes.version = text("version")
      attributes.resource = text("resource")
      attributes.subresource = text("subresource")
      attributes.name = text("name")
      attributes.namespace = text("namespace")
    } else {
      attributes.isResource = false
      attributes.verb = object[path: "spec", "nonResourceAttributes", "verb"]?.string ?? ""
      attributes.path = object[path: "spec", "nonResourceAttributes", "path"]?.string ?? ""
    }
    let decision = Authorizer().decide(attributes, in: state)
    var status: JSONObject = ["allowed": .bool(decision.isAllowed)]
    if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
    return .object(status)
  }

  private static func subject(of object: KubeObject) -> UserInfo {
    let spec = object.fields["spec"]
    var user = UserInfo(name: spec?["user"]?.string ?? "", uid: spec?["uid"]?.string ?? "")
    user.groups = (spec?["groups"]?.array ?? []).compactMap(\.string)
    return user
  }

  private static func rules(of user: UserInfo, namespace: String, in state: ClusterState) -> JSONValue {
    let held = state.access.index.rules(heldBy: user, namespace: namespace)
    return [
      "incomplete": false,
      "resourceRules": .array(held.filter { !$0.resources.isEmpty }.map(\.json)),
      "nonResourceRules": .array(held.filter { !$0.nonResourceURLs.isEmpty }.map(\.json)),
    ]
  }

  private static func tokenStatus(_ object: KubeObject, in state: ClusterState) throws(StatusError)
    -> JSONValue
  {
    let token = object[path: "spec", "token"]?.string ?? ""
    guard !token.isEmpty else { throw .badRequest("token is required for TokenReview in authentication") }
    let audiences = (object[path: "spec", "audiences"]?.array ?? []).compactMap(\.string)
    let known =
      state.access.tokens[token] ?? ServiceAccountTokens.user(of: token, audiences: audiences, in: state)
    guard let known else {
      return ["user": [:], "error": "[invalid bearer token, token lookup failed]"]
    }
    let shown = audiences.isEmpty ? [ServiceAccountTokens.issuer] : audiences
    return [
      "authenticated": true, "user": known.authenticated.json(),
      "audiences": .array(shown.map(JSONValue.string)),
    ]
  }

  // MARK: Checks

  private static func check(_ object: KubeObject, kind: String) throws(StatusError) {
    let spec = FieldPath("spec")
    var errors = FieldErrors()
    let resource = object[path: "spec", "resourceAttributes"].flatMap { $0.isNull ? nil : $0 }
    let other = object[path: "spec", "nonResourceAttributes"].flatMap { $0.isNull ? nil : $0 }
    switch (resource, other) {
    case (.some, let other?):
      errors.invalid(
        spec["nonResourceAttributes"], other, "cannot be specified in combination with resourceAttributes")
    case (nil, nil):
      errors.invalid(
        spec["resourceAttributes"], .null,
        "exactly one of nonResourceAttributes or resourceAttributes must be specified")
    default: break
    }
    if kind != "SelfSubjectAccessReview", (object[path: "spec", "user"]?.string ?? "").isEmpty,
      (object[path: "spec", "groups"]?.array ?? []).isEmpty
    {
      errors.invalid(spec["user"], "", "at least one of user or group must be specified")
    }
    if kind == "LocalSubjectAccessReview", other != nil {
      errors.forbidden(spec["nonResourceAttributes"], "disallowed on this kind of request")
    }
    guard !errors.isEmpty else { return }
    // A real server forgets the kind here.
    let texts = errors.all.map { "\($0.field): \($0.message)" }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    let causes = errors.all.map { error -> JSONValue in
      [
        "reason": .string(error.reason.rawValue), "message": .string(error.message),
        "field": .string(error.field),
      ]
    }
    throw StatusError(
      code: 422, reason: "Invalid", message: ".authorization.k8s.io \"\" is invalid: \(list)",
      details: ["group": "authorization.k8s.io", "causes": .array(causes)])
  }

  private static func checkNamespace(_ object: KubeObject, kind: String, _ attributes: RequestAttributes)
    throws(StatusError)
  {
    guard kind == "LocalSubjectAccessReview",
      object[path: "spec", "resourceAttributes", "namespace"]?.string ?? "" != attributes.namespace
    else { return }
    throw .badRequest("spec.resourceAttributes.namespace must match namespace: \(attributes.namespace)")
  }
}
