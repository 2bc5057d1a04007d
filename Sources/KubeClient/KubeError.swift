import KubeModel

/// A request to a cluster that did not succeed.
public struct KubeError: Error, CustomStringConvertible, Sendable {
  /// What kind of failure it is.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// The object or the resource is not there (404).
    public static let notFound = Code(description: "not found")
    /// The object is there already (409 AlreadyExists).
    public static let alreadyExists = Code(description: "already exists")
    /// The object has changed since it was read, or a precondition does not hold (409 Conflict).
    public static let conflict = Code(description: "conflict")
    /// Another field manager owns a field that the apply would change (409 with causes).
    public static let applyConflict = Code(description: "apply conflict")
    /// The object breaks the API's rules (422).
    public static let invalid = Code(description: "invalid")
    /// The request itself is malformed (400, 415).
    public static let badRequest = Code(description: "bad request")
    /// Not signed in (401).
    public static let unauthorized = Code(description: "unauthorized")
    /// Not allowed (403).
    public static let forbidden = Code(description: "forbidden")
    /// The version asked for is too old (410).
    public static let expired = Code(description: "expired")
    /// Too many requests (429).
    public static let tooManyRequests = Code(description: "too many requests")
    /// The server failed (5xx).
    public static let serverError = Code(description: "server error")
    /// No answer came.
    public static let unreachable = Code(description: "unreachable")
    /// The answer is not what the API promises.
    public static let badAnswer = Code(description: "bad answer")
  }

  /// A field that another manager owns.
  public struct FieldConflict: Hashable, Sendable {
    /// The manager's name.
    public let manager: String
    /// The field's path, such as `.spec.replicas`.
    public let field: String
  }

  /// What kind of failure it is.
  public let code: Code
  /// The server's or the transport's words.
  public let message: String
  /// The cluster's name.
  public let cluster: String
  /// What was asked for, such as `PATCH Deployment production/user-service`.
  public let request: String
  /// Whether the server may have carried out the request although it failed.
  public let mayHaveHappened: Bool
  /// For `.applyConflict`: who owns what.
  public let conflicts: [FieldConflict]

  public var description: String { "cluster \(cluster): \(request): \(message)" }

  /// Whether the same request may succeed in a moment: the server or the way to it is at fault.
  public var isTransient: Bool {
    [.tooManyRequests, .serverError, .unreachable].contains(code)
  }
}

extension KubeError {
  init(status: Int, body: JSONValue?, cluster: String, request: String) {
    let reason = body?["reason"]?.string ?? ""
    let causes = body?[path: "details", "causes"]?.array ?? []
    let conflicts = causes.filter { $0["reason"]?.string == "FieldManagerConflict" }
      .map { cause in
        FieldConflict(
          manager: KubeError.quoted(in: cause["message"]?.string ?? ""), field: cause["field"]?.string ?? "")
      }
    self.init(
      code: KubeError.code(status: status, reason: reason, hasConflicts: !conflicts.isEmpty),
      message: body?["message"]?.string ?? "HTTP status \(status)", cluster: cluster, request: request,
      mayHaveHappened: status >= 500, conflicts: conflicts)
  }

  private static func code(status: Int, reason: String, hasConflicts: Bool) -> Code {
    switch status {
    case 400, 405, 406, 413, 415: .badRequest
    case 401: .unauthorized
    case 403: .forbidden
    case 404: .notFound
    case 409: reason == "AlreadyExists" ? .alreadyExists : hasConflicts ? .applyConflict : .conflict
    case 410: .expired
    case 422: .invalid
    case 429: .tooManyRequests
    case 500...: .serverError
    default: .badAnswer
    }
  }

  /// `conflict with "kubectl" using v1` names the manager only in its text.
  private static func quoted(in text: String) -> String {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]) : text
  }
}
