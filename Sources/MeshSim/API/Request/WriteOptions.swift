import KubeModel

/// The parameters that all writes share.
struct WriteOptions: Sendable {
  /// The options type that errors name.
  enum Kind: String, Sendable {
    case create = "CreateOptions"
    case update = "UpdateOptions"
    case patch = "PatchOptions"
  }

  var isDryRun = false
  /// The field manager, or the default one.
  var manager: String
  var validation = FieldValidation.warn
  var isForced = false

  init(manager: String) { self.manager = manager }

  init(_ request: APIRequest, _ kind: Kind, isApply: Bool = false) throws(StatusError) {
    var errors = FieldErrors()
    let dryRun = request.query.all("dryRun").filter { !$0.isEmpty }
    isDryRun = DryRun.read(dryRun, &errors)
    let named = request.query["fieldManager"] ?? ""
    let force = request.query.flag("force")
    if kind == .patch {
      if !isApply, force != nil {
        errors.forbidden(FieldPath("force"), "may not be specified for non-apply patch")
      }
      if isApply, named.isEmpty { errors.required(FieldPath("fieldManager"), "is required for apply patch") }
    }
    if named.utf8.count > 128 { errors.tooLong(FieldPath("fieldManager"), maximum: 128) }
    for (position, scalar) in named.unicodeScalars.enumerated()
    where scalar.value < 0x20 || scalar.value == 0x7F {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      errors.invalid(
        FieldPath("fieldManager"), .string(named),
        "invalid character U+\(String(repeating: "0", count: 4 - digits.count))\(digits) (at position \(position))"
      )
    }
    switch request.query["fieldValidation"] {
    case "Ignore": validation = .ignore
    case "Strict": validation = .strict
    case nil, "", "Warn": validation = .warn
    case let other?:
      errors.notSupported(FieldPath("fieldValidation"), .string(other), ["", "Ignore", "Strict", "Warn"])
    }
    manager = named.isEmpty ? request.userAgentName : named
    isForced = force ?? false
    guard errors.isEmpty else { throw .invalidOptions(kind.rawValue, errors.all) }
  }
}

/// The `dryRun` of a write: `All`, or nothing.
enum DryRun {
  static func read(_ values: [String], _ errors: inout FieldErrors) -> Bool {
    if values.contains(where: { $0 != "All" }) {
      errors.notSupported(FieldPath("dryRun"), .array(values.map(JSONValue.string)), ["All"])
    }
    return !values.isEmpty
  }
}

extension StatusError {
  /// 422 for the parameters of a request.
  static func invalidOptions(_ kind: String, _ errors: [FieldError]) -> StatusError {
    .invalid(ResourceKind(group: "meta.k8s.io", version: "v1", kind: kind, plural: ""), "", errors)
  }
}
