import KubeModel

/// The resources that a CustomResourceDefinition declares.
struct CustomKind: Sendable {
  /// The name of the definition: `PLURAL.GROUP`.
  let name: String
  /// The versions that are served, in the order of the definition.
  let versions: [CustomVersion]
  /// The shapes of the objects of all served versions, for merging and ownership.
  let schema: Schema
  /// The version that objects are stored as.
  let storage: ResourceKind

  /// Reads a stored definition; `nil` for one that does not say what it defines.
  init?(definition: KubeObject) {
    guard let definition = CustomDefinition(definition),
      let stored = definition.versions.first(where: \.isStorage)
    else { return nil }
    name = definition.name
    storage = definition.kind(in: stored.name)
    var builder = CustomShapes()
    var versions: [CustomVersion] = []
    for version in definition.versions where version.isServed {
      let kind = definition.kind(in: version.name)
      builder.add(version.schema, as: kind)
      versions.append(CustomVersion(version, of: definition, storage: storage))
    }
    self.versions = versions
    schema = builder.schema
  }

  /// One a served version.
  var resources: [Resource] { versions.map(\.resource) }

  /// The rules of the first served version.
  var rules: KindRules { versions.first?.rules ?? KindRules() }

  func version(_ name: String) -> CustomVersion? { versions.first { $0.resource.kind.version == name } }
}
