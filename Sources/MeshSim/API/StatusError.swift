import KubeModel

/// An error as the Kubernetes API answers it: a `Status` object with an HTTP code.
struct StatusError: Error {
  let code: Int
  let reason: String
  let message: String
  var details: JSONObject?
  /// A token with which a list can go on all the same.
  var continueToken: String?
  /// How long the server tries before it gives up, in the cluster's time.
  var delay: Duration = .zero
  /// Texts of `Warning` headers: what was found before the request failed.
  var warnings: [String] = []

  var body: JSONValue {
    var status: JSONObject = [
      "kind": "Status", "apiVersion": "v1",
      "metadata": .object(continueToken.map { ["continue": .string($0)] } ?? [:]), "status": "Failure",
      "message": .string(message), "code": .int(Int64(code)),
    ]
    if !reason.isEmpty { status["reason"] = .string(reason) }
    if let details { status["details"] = .object(details) }
    return .object(status)
  }

  /// A problem of one field, as in `spec.replicas: Invalid value: -1: must be …`.
  struct Cause {
    let field: String
    let reason: String
    let message: String

    static func required(_ field: String, _ text: String = "") -> Cause {
      Cause(
        field: field, reason: "FieldValueRequired",
        message: "Required value" + (text.isEmpty ? "" : ": " + text))
    }

    static func invalid(_ field: String, _ value: JSONValue, _ text: String) -> Cause {
      Cause(
        field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value.jsonText()): \(text)")
    }
  }

  static func notFound(_ kind: ResourceKind, _ name: String) -> StatusError {
    StatusError(
      code: 404, reason: "NotFound", message: "\(kind) \"\(name)\" not found", details: details(kind, name))
  }

  /// - Parameter isGoing: whether the object that has the name is being deleted.
  static func alreadyExists(_ kind: ResourceKind, _ name: String, isGoing: Bool = false) -> StatusError {
    StatusError(
      code: 409, reason: "AlreadyExists",
      message: (isGoing ? "object is being deleted: " : "") + "\(kind) \"\(name)\" already exists",
      details: details(kind, name))
  }

  static func conflict(_ kind: ResourceKind, _ name: String, _ text: String? = nil) -> StatusError {
    let text =
      text ?? "the object has been modified; please apply your changes to the latest version and try again"
    return StatusError(
      code: 409, reason: "Conflict", message: "Operation cannot be fulfilled on \(kind) \"\(name)\": \(text)",
      details: details(kind, name))
  }

  static func invalid(_ kind: ResourceKind, _ name: String, _ causes: [Cause]) -> StatusError {
    let texts = causes.map { "\($0.field): \($0.message)" }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    var details = details(kind, name, calling: kind.kind)
    if name.isEmpty { details["name"] = nil }
    details["causes"] = .array(
      causes.map {
        ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)]
      })
    return StatusError(
      code: 422, reason: "Invalid", message: "\(qualified(kind)) \"\(name)\" is invalid: \(list)",
      details: details)
  }

  static func badRequest(_ message: String) -> StatusError {
    StatusError(code: 400, reason: "BadRequest", message: message)
  }

  static func expired(_ message: String) -> StatusError {
    StatusError(code: 410, reason: "Expired", message: message)
  }

  static func unknownPath() -> StatusError {
    StatusError(
      code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: [:]
    )
  }

  /// The router's answer to a body of a type that no route takes.
  static func unsupportedMediaType() -> StatusError {
    StatusError(
      code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: [:])
  }

  static func methodNotAllowed() -> StatusError {
    StatusError(
      code: 405, reason: "MethodNotAllowed",
      message: "the server does not allow this method on the requested resource", details: [:])
  }

  /// A deletion whose precondition names another object or another state of it.
  static func precondition(
    _ kind: ResourceKind, _ name: String, _ field: String, wanted: String, actual: String, _ hint: String
  ) -> StatusError {
    StatusError(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(qualified(kind)) \"\(name)\": the \(field) in the "
        + "precondition (\(wanted)) does not match the \(field) in record (\(actual)). \(hint)",
      details: details(kind, name, calling: kind.kind))
  }

  /// An apply that does not say who applies.
  static let managerRequired = StatusError(
    code: 422, reason: "Invalid",
    message:
      "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
    details: [
      "group": "meta.k8s.io", "kind": "PatchOptions",
      "causes": [
        [
          "reason": "FieldValueRequired", "message": "Required value: is required for apply patch",
          "field": "fieldManager",
        ]
      ],
    ])

  /// A failure of the server itself, which has no reason.
  static func internalError(_ message: String) -> StatusError {
    StatusError(code: 500, reason: "", message: message)
  }

  private static func qualified(_ kind: ResourceKind) -> String {
    kind.group.isEmpty ? kind.kind : "\(kind.kind).\(kind.group)"
  }

  static func details(_ kind: ResourceKind, _ name: String, calling word: String? = nil) -> JSONObject {
    var details = JSONObject([("name", .string(name)), ("kind", .string(word ?? kind.plural))])
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    return details
  }
}
