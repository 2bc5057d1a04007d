import HTTPTypes
public import KubeModel
public import Seams

/// A client of one cluster's Kubernetes API.
///
/// Reads are repeated on transient failures; writes never are, because a write that failed may have
/// happened: whoever asked looks again and decides (`KubeError.mayHaveHappened`).
public struct KubeClient: Sendable {
  /// The cluster's name, for errors.
  public let cluster: String
  /// How requests reach the cluster.
  public let transport: any Transport
  /// Time and randomness for back-off.
  public let world: World
  /// What the client calls itself, in the server's audit log among others.
  public var userAgent = "meshctl"
  /// How often a read is tried.
  public var readAttempts = 5
  /// The largest answer in bytes.
  public var answerLimit = 256 << 20

  /// Creates a client.
  public init(cluster: String, transport: any Transport, world: World) {
    self.cluster = cluster
    self.transport = transport
    self.world = world
  }

  // MARK: Reading

  /// One object; `nil` when it is not there.
  ///
  /// - Throws: `KubeError`.
  public func get(_ kind: ResourceKind, namespace: String? = nil, name: String) async throws -> KubeObject? {
    do {
      return try await read(path(kind, namespace, name), "GET \(describe(kind, namespace, name))")
    } catch let error as KubeError where error.code == .notFound {
      return nil
    }
  }

  /// The objects of a kind in one namespace, or in all.
  ///
  /// - Returns: the objects, each with `apiVersion` and `kind`, and the version a watch can go on from.
  /// - Throws: `KubeError`.
  public func list(
    _ kind: ResourceKind, namespace: String? = nil, labels: LabelSelector = LabelSelector()
  ) async throws -> (items: [KubeObject], resourceVersion: String) {
    var path = kind.path(namespace: namespace)
    if !labels.requirements.isEmpty { path += "?labelSelector=" + PercentEncoding.encoded(labels.query) }
    let request = "LIST \(kind)" + (namespace.map { " in \($0)" } ?? "")
    let list = try await read(path, request)
    // Go writes an empty list as null; anything else that is no list must not pass for one.
    guard let listed = list.fields["items"]?.isNull == true ? [] : list.fields["items"]?.array else {
      throw failure(.badAnswer, "the answer is not a list", request, mayHaveHappened: false)
    }
    let items = try listed.map { item in
      guard var object = KubeObject(item) else {
        throw failure(.badAnswer, "the list holds what is not an object", request, mayHaveHappened: false)
      }
      object.fields["apiVersion"] = .string(kind.apiVersion)
      object.fields["kind"] = .string(kind.kind)
      return object
    }
    return (items, list.resourceVersion)
  }

  // MARK: Writing

  /// Creates an object.
  ///
  /// - Throws: `KubeError`, `.alreadyExists` among others.
  public func create(_ object: KubeObject, kind: ResourceKind, manager: String) async throws -> KubeObject {
    let path = kind.path(namespace: object.namespace) + "?fieldManager=" + PercentEncoding.encoded(manager)
    return try await write(.post, path, object.json, "application/json", "POST \(object.reference)")
  }

  /// Replaces an object; with `metadata.resourceVersion` only if it is still at that version.
  ///
  /// - Throws: `KubeError`, `.conflict` when the version has moved on.
  public func replace(_ object: KubeObject, kind: ResourceKind, manager: String) async throws -> KubeObject {
    let path = path(kind, object.namespace, object.name) + "?fieldManager=" + PercentEncoding.encoded(manager)
    return try await write(.put, path, object.json, "application/json", "PUT \(object.reference)")
  }

  /// Applies a configuration (server-side apply).
  ///
  /// - Parameters:
  ///   - object: what `manager` wants to own, and nothing else; with `metadata.resourceVersion` the apply
  ///     happens only if the object is still at that version.
  ///   - isForced: takes the fields that others own.
  /// - Throws: `KubeError`, `.applyConflict` with the owners when others own a field.
  public func apply(
    _ object: KubeObject, kind: ResourceKind, manager: String, isForced: Bool = false
  ) async throws -> KubeObject {
    var path = path(kind, object.namespace, object.name) + "?fieldManager=" + PercentEncoding.encoded(manager)
    if isForced { path += "&force=true" }
    return try await write(
      .patch, path, object.json, "application/apply-patch+yaml", "APPLY \(object.reference)")
  }

  /// Changes an object by a JSON merge patch (RFC 7396).
  ///
  /// - Throws: `KubeError`.
  public func mergePatch(
    _ kind: ResourceKind, namespace: String? = nil, name: String, _ patch: JSONValue, manager: String
  ) async throws -> KubeObject {
    let path = path(kind, namespace, name) + "?fieldManager=" + PercentEncoding.encoded(manager)
    return try await write(
      .patch, path, patch, "application/merge-patch+json", "PATCH \(describe(kind, namespace, name))")
  }

  /// Deletes an object, in the background as far as its dependants go.
  ///
  /// - Parameters:
  ///   - uid: deletes only the object with this uid.
  ///   - resourceVersion: deletes only the object at this version.
  /// - Returns: false when it was not there.
  /// - Throws: `KubeError`, `.conflict` when a precondition does not hold.
  @discardableResult
  public func delete(
    _ kind: ResourceKind, namespace: String? = nil, name: String, uid: String? = nil,
    resourceVersion: String? = nil
  ) async throws -> Bool {
    var preconditions = JSONObject()
    preconditions["uid"] = uid.map(JSONValue.string)
    preconditions["resourceVersion"] = resourceVersion.map(JSONValue.string)
    let options: JSONValue = [
      "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Background",
      "preconditions": .object(preconditions),
    ]
    do {
      _ = try await write(
        .delete, path(kind, namespace, name), options, "application/json",
        "DELETE \(describe(kind, namespace, name))")
      return true
    } catch let error as KubeError where error.code == .notFound {
      return false
    }
  }

  // MARK: Exchanges

  private func read(_ path: String, _ request: String) async throws -> KubeObject {
    var attempt = 1
    while true {
      do {
        return try await exchange(TransportRequest(head: head(.get, path)), request)
      } catch let error as KubeError where error.isTransient && attempt < readAttempts {
        let ceiling = Duration.milliseconds(100 << min(attempt, 6))
        try await world.clock.sleep(for: world.random.duration(in: ceiling / 2...ceiling))
        attempt += 1
      }
    }
  }

  private func write(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue, _ type: String, _ request: String
  ) async throws -> KubeObject {
    var head = head(method, path)
    head.headerFields[.contentType] = type
    return try await exchange(TransportRequest(head: head, body: body.jsonBytes()), request)
  }

  private func exchange(_ exchange: TransportRequest, _ request: String) async throws -> KubeObject {
    let status: Int
    let bytes: [UInt8]
    do {
      let response = try await transport.send(exchange)
      status = response.head.status.code
      bytes = try await response.body.collect(limit: answerLimit)
    } catch let error as TransportError {
      // A body that is too large once is too large again.
      let code: KubeError.Code = error.code == .bodyTooLarge ? .badAnswer : .unreachable
      throw failure(code, error.message, request, mayHaveHappened: error.wasSent)
    }
    let body = try? JSONValue(json: bytes)
    guard (200..<300).contains(status) else {
      throw KubeError(status: status, body: body, cluster: cluster, request: request)
    }
    guard let object = body.flatMap(KubeObject.init(_:)) else {
      throw failure(.badAnswer, "the answer is not a JSON object", request, mayHaveHappened: true)
    }
    return object
  }

  func failure(_ code: KubeError.Code, _ message: String, _ request: String, mayHaveHappened: Bool)
    -> KubeError
  {
    KubeError(
      code: code, message: message, cluster: cluster, request: request, mayHaveHappened: mayHaveHappened,
      conflicts: [])
  }

  func head(_ method: HTTPRequest.Method, _ path: String) -> HTTPRequest {
    HTTPRequest(
      method: method, scheme: nil, authority: nil, path: path,
      headerFields: [.accept: "application/json", .userAgent: userAgent])
  }

  private func path(_ kind: ResourceKind, _ namespace: String?, _ name: String) -> String {
    kind.path(namespace: namespace) + "/" + PercentEncoding.encoded(name)
  }

  private func describe(_ kind: ResourceKind, _ namespace: String?, _ name: String) -> String {
    ObjectReference(apiVersion: kind.apiVersion, kind: kind.kind, namespace: namespace, name: name)
      .description
  }
}
