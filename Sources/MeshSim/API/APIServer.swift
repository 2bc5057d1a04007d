import HTTPTypes
import KubeModel
import Seams

/// The Kubernetes API over the state of a cluster: one request in, one answer out.
///
/// Every request goes the same way: authenticate, authorize, route, negotiate, decode, and then what its verb does.
enum APIServer {
  /// The largest body of a request, as in a real server.
  static let bodyLimit = 3 << 20

  /// Answers a request; every error is an answer too.
  ///
  /// - Parameter isTrusted: whether a request that says nothing of its user is the administrator's.
  static func answer(_ request: TransportRequest, isTrusted: Bool = true, in state: inout ClusterState)
    -> Answer
  {
    do throws(StatusError) {
      let (request, served) = try admitted(APIRequest(request), isTrusted: isTrusted, in: state)
      guard request.info.isResource else { return try NonResourcePaths.answer(request, in: &state) }
      guard let served else { return try unknownResource(request, in: state) }
      guard request.body.count <= bodyLimit else { throw .tooLarge }
      var answer = try answer(request, served, in: &state)
      if let deprecation = served.deprecation { answer.warnings.insert(deprecation, at: 0) }
      if let failure = state.journal?.failure, !request.info.isReading { throw .notKept(failure) }
      return answer
    } catch {
      return Answer(error)
    }
  }

  /// The request with its user, if that one may do it, and the resource that it is about.
  static func admitted(_ request: APIRequest, isTrusted: Bool, in state: ClusterState) throws(StatusError)
    -> (APIRequest, ServedResource?)
  {
    var request = request
    request.user = try Authenticator(isTrusted: isTrusted).authenticate(request.headers, in: state)
    let decision = Authorizer().decide(RequestAttributes(request), in: state)
    guard decision.isAllowed else { throw .forbidden(request, decision) }
    guard request.info.isResource else { return (request, nil) }
    let served = state.api.resource(
      group: request.info.group, version: request.info.version, plural: request.info.plural)
    return (request, served)
  }

  private static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let info = request.info
    // Objects in a namespace are named with it, and cluster-scoped ones without.
    if served.kind.isNamespaced ? info.namespace.isEmpty && !info.name.isEmpty : isMisplaced(info, served) {
      throw .unknownPath()
    }
    guard info.subresource.isEmpty else {
      return try Subresources.answer(request, served, in: &state)
    }
    guard served.resource.verbs.contains(info.verb), request.method != .head else {
      throw .methodNotAllowed()
    }
    // All namespaces together are only read.
    if served.kind.isNamespaced, info.namespace.isEmpty, !["list", "watch"].contains(info.verb) {
      throw .methodNotAllowed()
    }
    if ComputedObjects.contains(served.kind) {
      return try ComputedObjects.answer(request, served, in: state)
    }
    switch (info.verb, info.name.isEmpty) {
    case ("get", false): return try get(request, served, in: state)
    case ("list", true): return try list(request, served, in: state)
    case ("watch", _): return try watch(request, served, in: &state)
    case ("create", true): return try create(request, served, in: &state)
    case ("update", false): return try replace(request, served, in: &state)
    case ("patch", false): return try patch(request, served, in: &state)
    case ("delete", false): return try delete(request, served, in: &state)
    case ("deletecollection", true): return try deleteCollection(request, served, in: &state)
    default: throw .methodNotAllowed()
    }
  }

  private static func isMisplaced(_ info: RequestInfo, _ served: ServedResource) -> Bool {
    !info.namespace.isEmpty && (served.kind != .namespace || info.namespace != info.name)
  }

  /// Kubernetes' own groups answer for everything below them; of others nothing is known.
  private static func unknownResource(_ request: APIRequest, in state: ClusterState) throws(StatusError)
    -> Answer
  {
    guard ServedAPI.isBuiltIn(group: request.info.group) else { return .pageNotFound }
    throw .unknownPath()
  }
}

extension StatusError {
  static let tooLarge = StatusError(
    code: 413, reason: "RequestEntityTooLarge",
    message: "Request entity too large: limit is \(APIServer.bodyLimit)", details: [:])

  /// 500 for what has happened but will not outlive the process.
  static func notKept(_ failure: ClusterFileError) -> StatusError {
    StatusError(
      code: 500, reason: "InternalError",
      message: "Internal error occurred: the state of the embedded cluster is not kept: \(failure)",
      details: [:])
  }

  /// 403 for what the rules do not grant.
  static func forbidden(_ request: APIRequest, _ decision: Decision) -> StatusError {
    let (info, user) = (request.info, request.user.name)
    guard info.isResource else {
      return StatusError(
        code: 403, reason: "Forbidden",
        message: "forbidden: User \"\(user)\" cannot \(info.verb) path \"\(info.path)\"", details: [:])
    }
    let resource = info.subresource.isEmpty ? info.plural : "\(info.plural)/\(info.subresource)"
    var message =
      "User \"\(user)\" cannot \(info.verb) resource \"\(resource)\" in API group \"\(info.group)\""
    message += info.namespace.isEmpty ? " at the cluster scope" : " in the namespace \"\(info.namespace)\""
    if !decision.reason.isEmpty { message += ": \(decision.reason)" }
    let qualified = info.group.isEmpty ? info.plural : "\(info.plural).\(info.group)"
    var details: JSONObject = ["kind": .string(info.plural)]
    if !info.name.isEmpty { details["name"] = .string(info.name) }
    if !info.group.isEmpty { details["group"] = .string(info.group) }
    return StatusError(
      code: 403, reason: "Forbidden",
      message: qualified + (info.name.isEmpty ? "" : " \"\(info.name)\"") + " is forbidden: " + message,
      details: details)
  }
}
