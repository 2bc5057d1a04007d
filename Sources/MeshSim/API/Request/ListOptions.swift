import KubeModel

/// The parameters of lists and watches.
struct ListOptions: Sendable {
  enum Match: String, Sendable {
    case notOlderThan = "NotOlderThan"
    case exact = "Exact"
  }

  /// As written; empty for the newest.
  var resourceVersion = ""
  var match: Match?
  var limit: Int64 = 0
  var continueToken = ""
  var timeout: Int64?
  var sendsInitialEvents: Bool?
  var allowsBookmarks = false

  init(_ request: APIRequest) throws(StatusError) {
    let query = request.query
    let isWatch = request.info.verb == "watch"
    resourceVersion = query["resourceVersion"] ?? ""
    limit = try query.integer("limit") ?? 0
    timeout = try query.integer("timeoutSeconds")
    continueToken = query["continue"] ?? ""
    sendsInitialEvents = query.flag("sendInitialEvents")
    allowsBookmarks = query.isTrue("allowWatchBookmarks")
    let errors = ListOptions.problems(
      match: query["resourceVersionMatch"] ?? "", version: resourceVersion,
      sendsInitialEvents: sendsInitialEvents,
      continueToken: continueToken, isWatch: isWatch)
    guard errors.isEmpty else { throw .invalidOptions("ListOptions", errors.all) }
    match = query["resourceVersionMatch"].flatMap(Match.init)
  }

  /// The rules for how the version parameters go together (`ValidateListOptions`).
  private static func problems(
    match: String, version: String, sendsInitialEvents: Bool?, continueToken: String, isWatch: Bool
  ) -> FieldErrors {
    var errors = FieldErrors()
    let path = FieldPath("resourceVersionMatch")
    if isWatch {
      if sendsInitialEvents != nil {
        if match != Match.notOlderThan.rawValue {
          errors.forbidden(path, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
        }
        if !match.isEmpty, match != Match.notOlderThan.rawValue {
          errors.notSupported(path, .string(match), [Match.notOlderThan.rawValue])
        }
        if !continueToken.isEmpty {
          errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided")
        }
      } else if !match.isEmpty {
        errors.forbidden(
          path, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
      }
      return errors
    }
    if !match.isEmpty {
      if version.isEmpty {
        errors.forbidden(path, "resourceVersionMatch is forbidden unless resourceVersion is provided")
      }
      if !continueToken.isEmpty {
        errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided")
      }
      if Match(rawValue: match) == nil {
        errors.notSupported(path, .string(match), ["Exact", "NotOlderThan", ""])
      }
      if match == Match.exact.rawValue, version == "0" {
        errors.forbidden(path, "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"")
      }
    }
    if sendsInitialEvents != nil {
      errors.forbidden(FieldPath("sendInitialEvents"), "sendInitialEvents is forbidden for list")
    }
    return errors
  }
}
