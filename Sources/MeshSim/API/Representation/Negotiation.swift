import HTTPTypes
import KubeModel

/// What of a result a client wants to have, and how written.
struct Representation: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case whole
    case table
    case metadata
    case metadataList
  }

  var form = Form.whole
  var isYAML = false
  var isPretty = false
  /// `v1beta1` of `meta.k8s.io` for old clients.
  var metaVersion = "v1"

  /// The media type that the answer names.
  var contentType: String { isYAML ? "application/yaml" : "application/json" }
}

/// One clause of an `Accept` header.
struct AcceptClause: Hashable, Sendable {
  let type: String
  let parameters: [String: String]
  let quality: Double

  /// The clauses of a header in order of preference.
  static func read(_ header: String) -> [AcceptClause] {
    let clauses = header.split(separator: ",").compactMap { clause -> AcceptClause? in
      let parts = clause.split(separator: ";").map { $0.filter { $0 != " " } }
      guard let type = parts.first else { return nil }
      var parameters: [String: String] = [:]
      for part in parts.dropFirst() {
        let pair = part.split(separator: "=", maxSplits: 1)
        if pair.count == 2 { parameters[String(pair[0])] = String(pair[1]) }
      }
      let quality = parameters.removeValue(forKey: "q").flatMap(Double.init) ?? 1
      return AcceptClause(type: type.lowercased(), parameters: parameters, quality: quality)
    }
    return clauses.enumerated()
      .sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }.map(\.element)
  }
}

enum Negotiation {
  static let mediaTypes = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]
  private static let streamTypes = [
    "application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch",
  ]

  /// The representation that a request gets.
  ///
  /// - Parameter served: the resource whose objects are the result; without one only the plain form is there.
  /// - Throws: 406 in the words of whichever part of a real server notices first.
  static func representation(of request: APIRequest, for served: ServedResource?) throws(StatusError)
    -> Representation
  {
    var chosen = Representation(isPretty: isPretty(request))
    guard let header = request.headers[.accept], !header.isEmpty else { return chosen }
    if served?.isCustom != true {
      try checkRoute(header, isList: request.info.verb == "list" || request.info.verb == "watch")
    }
    for clause in AcceptClause.read(header) {
      guard let isYAML = isYAML(clause.type) else { continue }
      guard let name = clause.parameters["as"] else {
        chosen.isYAML = isYAML
        return chosen
      }
      guard served != nil, clause.parameters["g"] == "meta.k8s.io",
        let version = clause.parameters["v"], ["v1", "v1beta1"].contains(version),
        let form = form(name)
      else { continue }
      chosen.form = form
      chosen.isYAML = isYAML
      chosen.metaVersion = version
      return chosen
    }
    throw .notAcceptable(served?.isCustom == true ? Array(mediaTypes.prefix(2)) : mediaTypes)
  }

  private static func form(_ name: String) -> Representation.Form? {
    switch name {
    case "Table": .table
    case "PartialObjectMetadata": .metadata
    case "PartialObjectMetadataList": .metadataList
    default: nil
    }
  }

  /// Whether a clause asks for YAML rather than JSON; `nil` for what is not written here, such as protobuf.
  private static func isYAML(_ type: String) -> Bool? {
    switch type {
    case "*/*", "application/*", "application/json": false
    case "application/yaml": true
    default: nil
    }
  }

  /// The router looks at bare media types before anything else does.
  private static func checkRoute(_ header: String, isList: Bool) throws(StatusError) {
    let known = mediaTypes + (isList ? streamTypes : [])
    for clause in header.split(separator: ",") {
      let type = clause.prefix { $0 != ";" }.filter { $0 != " " }
      if type == "*/*" || known.contains(String(type)) { return }
    }
    throw StatusError(
      code: 406, reason: "NotAcceptable",
      message: "406: Not Acceptable\n\nAvailable representations: " + known.joined(separator: ", "),
      details: [:])
  }

  private static func isPretty(_ request: APIRequest) -> Bool {
    if let flag = request.query.flag("pretty") { return flag }
    let agent = request.headers[.userAgent] ?? ""
    // A person at a terminal reads it.
    return agent.hasPrefix("curl") || agent.hasPrefix("Wget") || agent.hasPrefix("Mozilla/5.0")
  }
}

extension StatusError {
  static func notAcceptable(_ types: [String]) -> StatusError {
    StatusError(
      code: 406, reason: "NotAcceptable",
      message: "only the following media types are accepted: " + types.joined(separator: ", "))
  }
}
