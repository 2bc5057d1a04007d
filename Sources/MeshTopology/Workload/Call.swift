/// An edge of the call graph: one workload calls another.
///
/// It becomes a NetworkPolicy rule at both ends and a rule of authorization at the callee's.
public struct Call: TopologyValue {
  /// A method of HTTP.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
  }

  /// Who is called.
  public var to: WorkloadReference
  /// The port that is called; the callee's first one by default.
  public var port: PortReference?
  /// How many calls the caller makes for each request it receives, 0 or more; 1 by default.
  public var perRequest = 1.0
  /// The methods that are allowed; all by default.
  public var methods: [Method] = []
  /// The paths that are allowed, each exact, or a prefix that ends with `*`; all by default.
  public var paths: [String] = []

  /// A call with the defaults.
  public init(to callee: WorkloadReference) { to = callee }
}

extension Call: Formed {
  static let form = Form(
    "Call", "An edge of the call graph: one workload calls another.", blank: Self(to: "")
  ) {
    FormField.required("to", \.to, .callee, example: "database-service", "Who is called.")
    FormField.optional(
      "port", \.port, .portReference, "The callee's port, by name or number; its first one by default.")
    FormField.defaulted(
      "perRequest", \.perRequest, .number(in: 0...1000),
      "How many calls the caller makes for each request it receives.", default: 1)
    FormField.list(
      "methods", \.methods, .list(of: .choice, unique: [Unique("method", key: nil) { $0.rawValue }]),
      "The HTTP methods that are allowed; all by default.")
    FormField.list(
      "paths", \.paths, .list(of: .policyPath, unique: [Unique("path", key: nil) { $0 }]),
      "The paths that are allowed, each exact, or a prefix that ends with `*`; all by default.")
  }

  /// The calls of one caller.
  static let list = Codec<[Call]>.list(
    of: .form,
    unique: [
      Unique("call to", key: "to", remedy: "keep one, with the sum of both as perRequest") { call in
        "\(call.to)" + (call.port.map { ":\($0)" } ?? "")
      }
    ])
}

extension Codec where Value == String {
  /// A path as an AuthorizationPolicy of Istio takes it; one that it refuses would take the whole policy along.
  static var policyPath: Codec {
    Codec.path("/api/users/*").verified { path, field in
      let segments = path.split(separator: "/", omittingEmptySubsequences: false)
      for (index, segment) in segments.enumerated() where segment.contains(where: { "{}".contains($0) }) {
        guard segment != "{*}", segment != "{**}" || index != segments.count - 1 else { continue }
        field.report(
          .invalidValue, "\(shown(segment)) is no part of a path that Istio understands",
          remedy: "write {*} for one part, or {**} or a final * for all that follows")
        return false
      }
      return true
    }
  }
}
