import KubeModel
import Seams

/// Discovery in one document a group version.
enum LegacyDiscovery {
  static let coreVersions: JSONValue = [
    "kind": "APIVersions", "versions": ["v1"],
    "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:6443"]],
  ]

  static func groups(of api: ServedAPI) -> JSONValue {
    let groups = api.catalogue.groups.filter { !$0.name.isEmpty }.map(summary)
    return ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups)]
  }

  static func group(_ name: String, of api: ServedAPI) -> JSONValue? {
    guard let group = api.catalogue.groups.first(where: { $0.name == name }), !name.isEmpty else {
      return nil
    }
    var value = summary(group)
    value["kind"] = "APIGroup"
    value["apiVersion"] = "v1"
    return value
  }

  private static func summary(_ group: Catalogue.Group) -> JSONValue {
    func version(_ version: String) -> JSONValue {
      ["groupVersion": .string("\(group.name)/\(version)"), "version": .string(version)]
    }
    return [
      "name": .string(group.name), "versions": .array(group.versions.map(version)),
      "preferredVersion": version(group.preferred),
    ]
  }

  static func resources(group: String, version: String, of api: ServedAPI) -> JSONValue {
    let all = api.catalogue.resources(group: group, version: version).flatMap(entries)
      .sorted { ($0["name"]?.string ?? "") < ($1["name"]?.string ?? "") }
    var list: JSONValue = [
      "kind": "APIResourceList", "groupVersion": .string(group.isEmpty ? version : "\(group)/\(version)"),
      "resources": .array(all),
    ]
    // The oldest of the lists was made before lists had versions.
    if !group.isEmpty { list["apiVersion"] = "v1" }
    return list
  }

  private static func entries(of resource: Resource) -> [JSONValue] {
    let kind = resource.kind
    var own: JSONValue = [
      "name": .string(kind.plural), "singularName": .string(resource.singular),
      "namespaced": .bool(kind.isNamespaced), "kind": .string(kind.kind), "verbs": strings(resource.verbs),
    ]
    if !resource.shortNames.isEmpty { own["shortNames"] = strings(resource.shortNames) }
    if !resource.categories.isEmpty { own["categories"] = strings(resource.categories) }
    if resource.verbs.contains("list") {
      own["storageVersionHash"] = .string(storageHash(resource.storage))
    }
    return [own]
      + resource.subresources.map { part in
        var entry: JSONValue = [
          "name": .string("\(kind.plural)/\(part.name)"), "singularName": "",
          "namespaced": .bool(kind.isNamespaced),
          "kind": .string(part.kind), "verbs": strings(part.verbs),
        ]
        if let apiVersion = part.apiVersion {
          let words = apiVersion.split(separator: "/").map(String.init)
          if words.count == 2 { entry["group"] = .string(words[0]) }
          entry["version"] = .string(words.last ?? "")
        }
        return entry
      }
  }

  private static func strings(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }

  /// Tells clients whether two versions are stored alike.
  static func storageHash(_ kind: ResourceKind) -> String {
    let hash = StableHash.of("\(kind.group)/\(kind.version)/\(kind.kind)")
    let bytes = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: hash >> UInt64($0)) }
    return Base64.encoded(bytes) + "="
  }
}
