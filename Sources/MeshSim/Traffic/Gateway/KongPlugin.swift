internal import KubeModel

/// A plug-in of Kong.
struct KongPlugin: Sendable {
  let name: String
  let service: String?
  let route: String?
  let isEnabled: Bool
  let config: JSONValue

  /// - Returns: `nil` for one that holds for single consumers only.
  init?(_ json: JSONValue) {
    guard json["consumer"] == nil || json["consumer"]?.isNull == true else { return nil }
    name = json["name"]?.string ?? ""
    service = json["service"]?.string ?? json[path: "service", "name"]?.string
    route = json["route"]?.string ?? json[path: "route", "name"]?.string
    isEnabled = json["enabled"]?.bool ?? true
    config = json["config"] ?? [:]
  }

  /// Plug-ins that let in only clients they know.
  private static let authentication: Set<String> = [
    "key-auth", "basic-auth", "jwt", "hmac-auth", "oauth2", "ldap-auth", "openid-connect", "session",
  ]

  /// The answer that it gives instead of the service; `nil` when it lets the request pass. Limits on rates are not
  /// asked here, as they depend on what came before.
  func answer(to request: ClientRequest) -> (status: Int, reason: String)? {
    switch name {
    case _ where KongPlugin.authentication.contains(name):
      let takesAnonymous = config["anonymous"]?.string?.isEmpty == false
      return request.consumer == nil && !takesAnonymous ? (401, "Unauthorized") : nil
    case "acl": return request.consumer == nil ? (401, "Unauthorized") : nil
    case "request-termination":
      return (Int(config["status_code"]?.int ?? 503), config["message"]?.string ?? "Service unavailable")
    case "bot-detection":
      let agent = request.headers["user-agent"] ?? ""
      return config.strings("deny").contains { TextMatch.isWhole($0, agent) } ? (403, "Forbidden") : nil
    default: return nil
    }
  }

  /// The limits of `rate-limiting`: how many requests in how many seconds.
  var limits: [RateLimit] {
    guard name == "rate-limiting" || name == "rate-limiting-advanced" else { return [] }
    let isShared = (config["policy"]?.string ?? "local") != "local"
    let isByService = ["service", "path"].contains(config["limit_by"]?.string)
    let status = Int(config["error_code"]?.int ?? 429)
    return [("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400)].compactMap { field, seconds in
      guard let count = config[field]?.number, count > 0 else { return nil }
      return RateLimit(
        count: count, seconds: Int64(seconds), isShared: isShared, isForAll: isByService, status: status)
    }
  }
}

/// So many requests in each window of time.
struct RateLimit: Hashable, Sendable {
  let count: Double
  let seconds: Int64
  /// Whether all pods of the gateway count together.
  let isShared: Bool
  /// Whether all consumers count together.
  let isForAll: Bool
  let status: Int
}
