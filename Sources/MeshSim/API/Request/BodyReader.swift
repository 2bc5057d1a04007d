import KubeModel

/// Reads the bodies of requests: the object that is written, or the options of what is done.
enum BodyReader {
  /// The object of a create or a replacement.
  static func object(
    of request: APIRequest, for served: ServedResource, validation: FieldValidation, warnings: inout [String]
  ) throws(StatusError) -> KubeObject {
    let type = request.contentType ?? "application/json"
    guard Negotiation.mediaTypes.contains(type) else {
      throw .unknownFormat(
        accepted: served.isCustom ? Array(Negotiation.mediaTypes.prefix(2)) : Negotiation.mediaTypes)
    }
    var read = try ObjectDecoding.read(
      request.body, mediaType: type, shape: served.custom == nil ? served.shape : Shape(.anything),
      schema: served.schema, validation: served.custom == nil || validation != .strict ? validation : .warn,
      expected: (served.kind.apiVersion, served.kind.kind))
    if let custom = served.custom {
      read = try custom.read(read.value, validation: validation, problems: read.warnings)
    }
    guard let object = KubeObject(read.value) else {
      throw .badRequest(
        "the object provided is unrecognized (must be of type \(served.kind.kind)): couldn't get version/kind; "
          + "json parse error: json: cannot unmarshal array into Go value")
    }
    warnings += read.warnings
    return try KindCheck.checked(object, for: served)
  }

  /// The options in a body, which may be empty.
  static func options(of request: APIRequest, kind: String) throws(StatusError) -> JSONValue {
    let type = request.contentType ?? "application/json"
    guard Negotiation.mediaTypes.contains(type) else {
      throw .unknownFormat(accepted: Negotiation.mediaTypes)
    }
    return try ObjectDecoding.read(
      request.body, mediaType: type, shape: Schema.builtIn.root(apiVersion: "meta.k8s.io/v1", kind: kind),
      schema: .builtIn, validation: .ignore
    ).value
  }

  /// The object of a subresource with a kind of its own, such as a Scale.
  static func part(of request: APIRequest, apiVersion: String, kind: String) throws(StatusError) -> JSONValue
  {
    let type = request.contentType ?? "application/json"
    guard Negotiation.mediaTypes.contains(type) else {
      throw .unknownFormat(accepted: Negotiation.mediaTypes)
    }
    let value = try ObjectDecoding.read(
      request.body, mediaType: type, shape: Schema.builtIn.root(apiVersion: apiVersion, kind: kind),
      schema: .builtIn, validation: .ignore
    ).value
    if let found = value["kind"]?.string, !found.isEmpty, found != kind {
      let version = value["apiVersion"]?.string?.split(separator: "/").last ?? ""
      throw .badRequest("\(found) in version \"\(version)\" cannot be handled as a \(kind)")
    }
    return value
  }
}

/// Whether a body is of the kind that its path is for.
enum KindCheck {
  static func checked(_ object: KubeObject, for served: ServedResource) throws(StatusError) -> KubeObject {
    var object = object
    let kind = served.kind
    if object.kind.isEmpty, !served.isCustom || object.apiVersion.isEmpty {
      object.fields["kind"] = .string(kind.kind)
    }
    if object.apiVersion.isEmpty { object.fields["apiVersion"] = .string(kind.apiVersion) }
    guard object.kind != kind.kind || object.apiVersion != kind.apiVersion else { return object }
    if served.isCustom { throw foreign(object, for: served) }
    let version = object.apiVersion.split(separator: "/").last ?? ""
    let isKnown = Catalogue.builtIn.resource(apiVersion: object.apiVersion, kind: object.kind) != nil
    let start = "\(object.kind) in version \"\(version)\" cannot be handled as a \(kind.kind): "
    guard isKnown else {
      throw .badRequest(
        start + "no kind \"\(object.kind)\" is registered for version \"\(object.apiVersion)\" in scheme "
          + "\"pkg/api/legacyscheme/scheme.go:30\"")
    }
    throw .badRequest(
      start + "converting (\(version).\(object.kind)) to (\(ServedResource.package(of: kind)).\(kind.kind)): "
        + "unknown conversion")
  }

  /// A custom resource of another kind or version.
  private static func foreign(_ object: KubeObject, for served: ServedResource) -> StatusError {
    let kind = served.kind
    guard object.kind == kind.kind,
      object.apiVersion.hasPrefix(kind.group + "/") || object.apiVersion == kind.apiVersion
    else {
      var errors = FieldErrors()
      if object.kind != kind.kind {
        errors.invalid(FieldPath("kind"), .string(object.kind), "must be \(kind.kind)")
      }
      if object.apiVersion != kind.apiVersion {
        errors.invalid(FieldPath("apiVersion"), .string(object.apiVersion), "must be \(kind.apiVersion)")
      }
      let named = ResourceKind(
        group: kind.group, version: kind.version, kind: object.kind, plural: kind.plural)
      return .invalid(named, object.name, errors.all)
    }
    return .badRequest(
      "the API version in the data (\(object.apiVersion)) does not match the expected API version (\(kind.apiVersion))"
    )
  }
}

extension StatusError {
  static func unknownFormat(accepted: [String]) -> StatusError {
    StatusError(
      code: 415, reason: "UnsupportedMediaType",
      message: "the body of the request was in an unknown format - accepted media types include: "
        + accepted.joined(separator: ", "))
  }
}
