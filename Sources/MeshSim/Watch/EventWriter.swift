import KubeModel
import Seams

/// Writes the events of a watch in the form that its client asked for.
struct EventWriter: Sendable {
  let served: ServedResource
  let form: Representation.Form
  let include: IncludeObject
  private let metaVersion: String

  init(_ rendering: Rendering) {
    served = rendering.served
    form = rendering.representation.form
    include = rendering.include
    metaVersion = rendering.representation.metaVersion
  }

  /// One event of an object in storage.
  func text(_ type: String, _ stored: StoredObject, withHeaders: Bool = true, now: Timestamp) -> [UInt8] {
    let shown = served.served(stored)
    guard form == .whole else {
      return EventWriter.text(type, value(shown.object, withHeaders: withHeaders, now: now))
    }
    let members = shown.itemText
    var bytes: [UInt8] = []
    bytes.reserveCapacity(members.count + served.prefix.count + 40)
    bytes += "{\"type\":\"".utf8
    bytes += type.utf8
    bytes += "\",\"object\":".utf8
    ObjectText.append(members, prefix: served.prefix, to: &bytes)
    bytes += "}\n".utf8
    return bytes
  }

  /// Tells how far the cluster is.
  func bookmark(_ version: Int64, endsInitialEvents: Bool = false, withHeaders: Bool = false, now: Timestamp)
    -> [UInt8]
  {
    let fields: JSONObject = [
      "kind": .string(served.kind.kind), "apiVersion": .string(served.kind.apiVersion),
      "metadata": ["resourceVersion": .string(String(version))],
    ]
    var object = KubeObject(fields)
    if endsInitialEvents { object.annotations["k8s.io/initial-events-end"] = "true" }
    return EventWriter.text("BOOKMARK", value(object, withHeaders: withHeaders, now: now))
  }

  /// Tells an error, after which the stream ends.
  static func error(_ error: StatusError) -> [UInt8] { text("ERROR", error.body) }

  private func value(_ object: KubeObject, withHeaders: Bool, now: Timestamp) -> JSONValue {
    switch form {
    case .whole: return object.json
    case .metadata, .metadataList: return PartialMetadata.of(object, version: metaVersion).json
    case .table:
      var table = Table.answer(
        objects: [object], resource: served.resource, includeObject: include, withHeaders: withHeaders,
        now: now,
        listMetadata: ["resourceVersion": .string(object.resourceVersion)])
      if metaVersion != "v1" { table["apiVersion"] = .string("meta.k8s.io/\(metaVersion)") }
      return table
    }
  }

  private static func text(_ type: String, _ object: JSONValue) -> [UInt8] {
    JSONValue.object(["type": .string(type), "object": object]).jsonBytes() + [UInt8(ascii: "\n")]
  }
}
