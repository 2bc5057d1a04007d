import KubeModel
import Seams

/// Writes results in the form that a client asked for.
struct Rendering: Sendable {
  let representation: Representation
  let served: ServedResource
  let now: Timestamp
  var include = IncludeObject.metadata

  init(_ request: APIRequest, _ served: ServedResource, now: Timestamp) throws(StatusError) {
    representation = try Negotiation.representation(of: request, for: served)
    self.served = served
    self.now = now
    guard representation.form == .table else { return }
    include = try IncludeObject(query: request.query["includeObject"])
  }

  /// One object, as it is served.
  func answer(_ object: KubeObject, status: Int = 200) throws(StatusError) -> Answer {
    if representation.form == .whole, !representation.isYAML, !representation.isPretty {
      return Answer(status: status, bytes: object.json.jsonBytes())
    }
    return answer(try shown(object), status: status)
  }

  /// One object in storage, from its kept text where that will do.
  func answer(_ stored: StoredObject, status: Int = 200) throws(StatusError) -> Answer {
    if representation.form == .whole, !representation.isYAML, !representation.isPretty {
      return Answer(status: status, bytes: ObjectText.whole(served.served(stored), prefix: served.prefix))
    }
    return answer(try shown(served.served(stored.object)), status: status)
  }

  /// A value that is no object of the resource, such as a Status.
  func answer(_ value: JSONValue, status: Int = 200) -> Answer {
    let bytes: [UInt8]
    if representation.isYAML {
      bytes = Array(value.yamlText().utf8)
    } else if representation.isPretty {
      bytes = Array(value.jsonText(isPretty: true).utf8) + [UInt8(ascii: "\n")]
    } else {
      bytes = value.jsonBytes()
    }
    return Answer(status: status, contentType: representation.contentType, bytes: bytes)
  }

  private func shown(_ object: KubeObject) throws(StatusError) -> JSONValue {
    switch representation.form {
    case .whole: return object.json
    case .metadata: return PartialMetadata.of(object, version: representation.metaVersion).json
    case .metadataList:
      throw .wrongForm(
        "you requested PartialObjectMetadataList, but the requested object is not a list (\(typeName))")
    case .table:
      return table([object], metadata: ["resourceVersion": .string(object.resourceVersion)])
    }
  }

  func table(_ objects: [KubeObject], metadata: JSONValue?, withHeaders: Bool = true) -> JSONValue {
    var table = Table.answer(
      objects: objects, resource: served.resource, includeObject: include, withHeaders: withHeaders, now: now,
      listMetadata: metadata)
    if representation.metaVersion != "v1" {
      table["apiVersion"] = .string("meta.k8s.io/\(representation.metaVersion)")
    }
    return table
  }

  /// A list: `metadata` is that of the list.
  func answer(_ objects: [StoredObject], metadata: JSONObject) throws(StatusError) -> Answer {
    var metadata = JSONValue.object(metadata)
    switch representation.form {
    case .metadata:
      throw .wrongForm(
        "you requested PartialObjectMetadata, but the requested object is a list (\(typeName)List)")
    case .metadataList:
      let all = objects.map { served.served($0.object) }
      return answer(PartialMetadata.list(all, metadata: metadata, version: representation.metaVersion))
    case .table: return answer(table(objects.map { served.served($0.object) }, metadata: metadata))
    case .whole: break
    }
    // Lists of custom resources always say where they go on, even when that is nowhere.
    if served.isCustom, metadata["continue"] == nil { metadata["continue"] = "" }
    guard !representation.isYAML, !representation.isPretty else {
      return answer(list(objects, metadata: metadata))
    }
    var head = Array(
      "{\"kind\":\"\(served.kind.kind)List\",\"apiVersion\":\"\(served.kind.apiVersion)\",\"metadata\":".utf8)
    head += metadata.jsonBytes()
    head += Array(",\"items\":[".utf8)
    return Answer(
      .list(
        ListText(
          head: head, itemPrefix: served.isCustom ? served.prefix : [], items: objects.map(served.served))))
  }

  private func list(_ objects: [StoredObject], metadata: JSONValue) -> JSONValue {
    let items = objects.map { stored -> JSONValue in
      var fields = served.served(stored.object).fields
      if !served.isCustom {
        // Items of built-in lists carry neither; the list's own kind tells.
        fields["apiVersion"] = nil
        fields["kind"] = nil
      }
      return .object(fields)
    }
    return [
      "kind": .string(served.kind.kind + "List"), "apiVersion": .string(served.kind.apiVersion),
      "metadata": metadata, "items": .array(items),
    ]
  }

  /// What messages call the objects' type.
  private var typeName: String {
    served.isCustom
      ? "*unstructured.Unstructured" : "*\(ServedResource.package(of: served.kind)).\(served.kind.kind)"
  }
}

extension StatusError {
  fileprivate static func wrongForm(_ message: String) -> StatusError {
    StatusError(code: 406, reason: "NotAcceptable", message: message)
  }
}

extension ServedResource {
  /// The name that Kubernetes' own types have for a group.
  static func package(of kind: ResourceKind) -> String {
    kind.group.isEmpty ? "core" : String(kind.group.prefix { $0 != "." })
  }
}
