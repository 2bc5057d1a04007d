import KubeModel

/// What a CustomResourceDefinition says, read for use.
struct CustomDefinition: Sendable {
  /// One version of the kind.
  struct Version: Sendable {
    let name: String
    let isServed: Bool
    let isStorage: Bool
    let isDeprecated: Bool
    let deprecationWarning: String?
    let schema: JSONObject?
    let hasStatus: Bool
    let scale: JSONObject?
    let columns: [JSONValue]
    let selectableFields: [String]
  }

  let name: String
  let group: String
  let plural: String
  let singular: String
  let kindName: String
  let listKind: String
  let shortNames: [String]
  let categories: [String]
  let isNamespaced: Bool
  let versions: [Version]

  /// `nil` without group, names or versions.
  init?(_ object: KubeObject) {
    guard let spec = object.fields["spec"], let group = spec["group"]?.string, let names = spec["names"],
      let plural = names["plural"]?.string, let kind = names["kind"]?.string,
      let versions = spec["versions"]?.array
    else { return nil }
    func strings(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
    name = object.name
    self.group = group
    self.plural = plural
    kindName = kind
    singular = names["singular"]?.string ?? kind.lowercased()
    listKind = names["listKind"]?.string ?? kind + "List"
    shortNames = strings(names["shortNames"])
    categories = strings(names["categories"])
    isNamespaced = spec["scope"]?.string != "Cluster"
    self.versions = versions.map { version in
      Version(
        name: version["name"]?.string ?? "", isServed: version["served"]?.bool ?? false,
        isStorage: version["storage"]?.bool ?? false, isDeprecated: version["deprecated"]?.bool ?? false,
        deprecationWarning: version["deprecationWarning"]?.string,
        schema: version["schema"]?["openAPIV3Schema"]?.object,
        hasStatus: version["subresources"]?["status"]?.object != nil,
        scale: version["subresources"]?["scale"]?.object,
        columns: version["additionalPrinterColumns"]?.array ?? [],
        selectableFields: (version["selectableFields"]?.array ?? []).compactMap { $0["jsonPath"]?.string })
    }
  }

  /// The kind as a version of it is served.
  func kind(in version: String) -> ResourceKind {
    ResourceKind(group: group, version: version, kind: kindName, plural: plural, isNamespaced: isNamespaced)
  }
}
