import KubeModel
import Seams

/// Who asks for a certificate, and who may approve or sign it.
enum CertificateAdmission {
  static func admit(
    _ object: inout KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState
  ) throws(StatusError) {
    if old == nil {
      let user = attributes.user.json()
      for field in ["username", "uid", "groups", "extra"] { object.set("spec", field, to: user[field]) }
      return
    }
    if let old { stamp(&object, old: old, now: state.now) }
    let verb: String
    switch attributes.subresource {
    case "approval": verb = "approve"
    case "status" where object[path: "status", "certificate"] != old?[path: "status", "certificate"]:
      verb = "sign"
    default: return
    }
    let signer = object[path: "spec", "signerName"]?.string ?? ""
    var question = RequestAttributes(user: attributes.user, verb: verb, group: attributes.group, version: "*")
    question.resource = "signers"
    let domain = (signer.split(separator: "/").first.map(String.init) ?? "") + "/*"
    for name in [signer, domain] {
      question.name = name
      if Authorizer().decide(question, in: state).isAllowed { return }
    }
    throw .forbidden(
      group: attributes.group, resource: attributes.resource, name: object.name,
      "user not permitted to \(verb) requests with signerName \"\(signer)\"")
  }

  /// Conditions say when they came to be, and when they were last written.
  private static func stamp(_ object: inout KubeObject, old: KubeObject, now: Timestamp) {
    guard let conditions = object[path: "status", "conditions"]?.array, !conditions.isEmpty else { return }
    let known = old[path: "status", "conditions"]?.array ?? []
    let stamped = conditions.map { condition in
      var condition = condition
      if !condition.has("lastUpdateTime") { condition["lastUpdateTime"] = .string(now.rfc3339) }
      guard !condition.has("lastTransitionTime") else { return condition }
      let same = known.first { $0["type"] == condition["type"] && $0["status"] == condition["status"] }
      condition["lastTransitionTime"] =
        same.flatMap { $0.has("lastTransitionTime") ? $0["lastTransitionTime"] : nil }
        ?? .string(now.rfc3339)
      return condition
    }
    object.set("status", "conditions", to: .array(stamped))
  }
}
