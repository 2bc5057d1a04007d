import HTTPTypes
import KubeModel
import Seams

/// The OpenAPI documents of the API: an index, and one a group version.
enum OpenAPIDocuments {
  static func answer(_ request: APIRequest, _ parts: [String], in state: inout ClusterState)
    throws(StatusError)
    -> Answer
  {
    guard parts.count >= 2, parts[1] == "v3" else {
      guard parts == ["openapi", "v2"] else { return .pageNotFound }
      return try oldDocument(request, in: &state)
    }
    guard parts.count > 2 else { return Answer(json: index(of: state.api)) }
    let name = parts.dropFirst(2).joined(separator: "/")
    guard let (group, version) = groupVersion(name, of: state.api) else { return .pageNotFound }
    if let known = state.openAPI[name] { return Answer(bytes: known) }
    let text = OpenAPIDocument(api: state.api, group: group, version: version).json.jsonBytes()
    state.openAPI[name] = text
    return Answer(bytes: text)
  }

  private static func oldDocument(_ request: APIRequest, in state: inout ClusterState) throws(StatusError)
    -> Answer
  {
    let accepted = AcceptClause.read(request.headers[.accept] ?? "*/*").map(\.type)
    guard accepted.contains(where: { ["*/*", "application/*", "application/json"].contains($0) }) else {
      throw StatusError(code: 406, reason: "NotAcceptable", message: "406 not acceptable", details: [:])
    }
    if let known = state.openAPI["v2"] { return Answer(bytes: known) }
    let text = OpenAPIVersion2.document(of: state.api).jsonBytes()
    state.openAPI["v2"] = text
    return Answer(bytes: text)
  }

  private static func index(of api: ServedAPI) -> JSONValue {
    var paths = JSONObject()
    for group in api.catalogue.groups {
      for version in group.versions {
        let name = group.name.isEmpty ? "api/\(version)" : "apis/\(group.name)/\(version)"
        paths[name] = [
          "serverRelativeURL": .string("/openapi/v3/\(name)?hash=\(hash(of: api, group.name, version))")
        ]
      }
    }
    return ["paths": .object(paths)]
  }

  /// Changes when the document does: built-in documents never do, those of definitions with their resources.
  private static func hash(of api: ServedAPI, _ group: String, _ version: String) -> String {
    var text = ServerVersion.text + group + version
    if !ServedAPI.isBuiltIn(group: group) {
      for resource in api.catalogue.resources(group: group, version: version) {
        text += resource.kind.kind + resource.subresources.map(\.name).joined()
        text += String(api.resource(resource.kind)?.schema.structures.count ?? 0)
      }
    }
    return (StableHash.word(of: text) + StableHash.word(of: text + "/")).uppercased()
  }

  private static func groupVersion(_ name: String, of api: ServedAPI) -> (group: String, version: String)? {
    let parts = name.split(separator: "/").map(String.init)
    let (group, version): (String, String)
    switch (parts.first, parts.count) {
    case ("api", 2): (group, version) = ("", parts[1])
    case ("apis", 3): (group, version) = (parts[1], parts[2])
    default: return nil
    }
    let isServed = api.catalogue.groups.contains { $0.name == group && $0.versions.contains(version) }
    return isServed ? (group, version) : nil
  }
}
