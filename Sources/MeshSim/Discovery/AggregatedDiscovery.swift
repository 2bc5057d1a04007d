import HTTPTypes
import KubeModel

/// Discovery of all groups in one document.
enum AggregatedDiscovery {
  private static let mediaType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

  static func isWanted(_ request: APIRequest) -> Bool {
    for clause in AcceptClause.read(request.headers[.accept] ?? "") {
      guard clause.type == "application/json" else { continue }
      guard let form = clause.parameters["as"] else { return false }
      if form == "APIGroupDiscoveryList", clause.parameters["g"] == "apidiscovery.k8s.io",
        clause.parameters["v"] == "v2"
      {
        return true
      }
    }
    return false
  }

  static func answer(_ api: ServedAPI, isCore: Bool) -> Answer {
    let groups = api.catalogue.groups.filter { $0.name.isEmpty == isCore }
    let document: JSONValue = [
      "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:],
      "items": .array(groups.map { item($0, of: api) }),
    ]
    return Answer(contentType: mediaType, bytes: document.jsonBytes())
  }

  private static func item(_ group: Catalogue.Group, of api: ServedAPI) -> JSONValue {
    let versions = group.versions.map { version -> JSONValue in
      let resources = api.catalogue.resources(group: group.name, version: version)
        .sorted { $0.kind.plural < $1.kind.plural }
      return [
        "version": .string(version), "resources": .array(resources.map(entry)), "freshness": "Current",
      ]
    }
    return [
      "metadata": group.name.isEmpty
        ? ["creationTimestamp": .null] : ["name": .string(group.name), "creationTimestamp": .null],
      "versions": .array(versions),
    ]
  }

  private static func entry(_ resource: Resource) -> JSONValue {
    let kind = resource.kind
    var entry: JSONValue = [
      "resource": .string(kind.plural),
      "responseKind": [
        "group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind),
      ],
      "scope": kind.isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(resource.singular),
      "verbs": .array(resource.verbs.map(JSONValue.string)),
    ]
    if !resource.shortNames.isEmpty {
      entry["shortNames"] = .array(resource.shortNames.map(JSONValue.string))
    }
    if !resource.categories.isEmpty {
      entry["categories"] = .array(resource.categories.map(JSONValue.string))
    }
    let parts = resource.subresources.sorted { $0.name < $1.name }.map { part -> JSONValue in
      let words = (part.apiVersion ?? kind.apiVersion).split(separator: "/").map(String.init)
      return [
        "subresource": .string(part.name),
        "responseKind": [
          "group": .string(words.count == 2 ? words[0] : ""), "version": .string(words.last ?? ""),
          "kind": .string(part.kind),
        ],
        "verbs": .array(part.verbs.map(JSONValue.string)),
      ]
    }
    if !parts.isEmpty { entry["subresources"] = .array(parts) }
    return entry
  }
}
