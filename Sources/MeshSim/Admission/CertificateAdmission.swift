import KubeModel

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

}
