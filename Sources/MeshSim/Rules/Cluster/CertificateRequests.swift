import KubeModel

extension KindRules {
  static let certificateRequests: KindRules = {
    var rules = KindRules()
    rules.dropStatus()
    // What was asked for stays as it was; the rest is written through parts.
    rules.prepareForUpdate = { object, live in
      object.fields["spec"] = live.fields["spec"]
      object.fields["status"] = live.fields["status"]
    }
    rules.validate = { object, live, errors in
      guard live == nil else { return }
      CertificateRequestCheck.check(object.fields["spec"] ?? .null, &errors)
    }
    rules.validateStatus = { object, live, errors in
      CertificateRequestCheck.checkConditions(object, live, isApproval: false, &errors)
    }
    rules.validateParts = [
      "approval": { CertificateRequestCheck.checkConditions($0, $1, isApproval: true, &$2) }
    ]
    return rules
  }()
}

/// Checks what a CertificateSigningRequest asks for, and what is decided about it.
enum CertificateRequestCheck {
  private static let usages = [
    "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment",
    "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system",
    "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc",
    "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
  ]

  static func check(_ spec: JSONValue, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    let text = SecretBytes.decode(spec.text("request"))
    if !text.starts(with: "-----BEGIN CERTIFICATE REQUEST-----".utf8) {
      errors.invalid(
        path["request"], .string(spec.text("request")), "PEM block type must be CERTIFICATE REQUEST")
    }
    if spec.texts("usages").isEmpty { errors.required(path["usages"], "usages is required") }
    var seen: Set<String> = []
    for (index, usage) in spec.texts("usages").enumerated() {
      let place = path["usages"][index]
      if !usages.contains(usage) { errors.notSupported(place, .string(usage), usages) }
      if !seen.insert(usage).inserted { errors.duplicate(place, .string(usage)) }
    }
    checkSigner(spec.text("signerName"), path["signerName"], &errors)
    if let seconds = spec.number("expirationSeconds"), seconds < 600 {
      errors.invalid(
        path["expirationSeconds"], .int(seconds),
        "may not specify a duration less than 600 seconds (10 minutes)")
    }
  }

  private static func checkSigner(_ name: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard !name.isEmpty else { return errors.required(path) }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      return errors.invalid(
        path, .string(name),
        "must be a fully qualified domain and path of the form 'example.com/signer-name'")
    }
    if parts[0].split(separator: ".").count < 2 {
      errors.invalid(
        path, .string(String(parts[0])), "should be a domain with at least two segments separated by dots")
    }
  }

  /// A decision stands once it is made, and only one of the two.
  static func checkConditions(
    _ object: KubeObject, _ live: KubeObject, isApproval: Bool, _ errors: inout FieldErrors
  ) {
    let path = FieldPath("status.conditions")
    let conditions = object[path: "status", "conditions"]?.array ?? []
    var seen: Set<String> = []
    for (index, condition) in conditions.enumerated() {
      let place = path[index]
      let (type, status) = (condition.text("type"), condition.text("status"))
      if type.isEmpty { errors.required(place["type"]) }
      let allowed =
        ["Approved", "Denied", "Failed"].contains(type) ? ["True"] : ["False", "True", "Unknown"]
      if status.isEmpty {
        errors.required(place["status"])
      } else if !allowed.contains(status) {
        errors.notSupported(place["status"], .string(status), allowed)
      }
      let opposite = ["Approved": "Denied", "Denied": "Approved"][type]
      if let opposite, seen.contains(opposite) {
        errors.invalid(
          place["type"], .string(type), "Approved and Denied conditions are mutually exclusive")
      }
      if !seen.insert(type).inserted { errors.duplicate(place["type"], .string(type)) }
    }
    for type in ["Approved", "Denied", "Failed"] {
      let old = (live[path: "status", "conditions"]?.array ?? []).filter { $0.text("type") == type }
      let new = conditions.filter { $0.text("type") == type }
      if new.count < old.count {
        errors.forbidden(path, "updates may not remove a condition of type \"\(type)\"")
      } else if new.count > old.count, !isApproval, type != "Failed" {
        errors.forbidden(path, "updates may not add a condition of type \"\(type)\"")
      } else if new.count == old.count, new != old, !isApproval || type == "Failed" {
        errors.forbidden(path, "updates may not modify a condition of type \"\(type)\"")
      }
    }
  }
}
