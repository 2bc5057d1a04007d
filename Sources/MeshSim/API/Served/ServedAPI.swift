import KubeModel

/// Everything that a cluster serves, by path.
struct ServedAPI: Sendable {
  private(set) var catalogue: Catalogue
  private var byPath: [String: [String: ServedResource]] = [:]
  private var custom: [String: CustomKind] = [:]

  /// What a cluster serves from the start.
  static let builtIn = ServedAPI()

  private init() {
    catalogue = .builtIn
    for resource in catalogue.all {
      insert(
        ServedResource(
          resource, schema: .builtIn,
          rules: resource.kind.group == "apiextensions.k8s.io"
            ? CustomDefinitionRules.rules : KindRules.of(resource.kind)))
    }
    // The kinds of the operators that procedures work with are there without being defined first.
    for kind in ResourceKind.known
    where catalogue.resource(apiVersion: kind.apiVersion, kind: kind.kind) == nil {
      serve(ServedResource(.generic(kind), schema: .builtIn, rules: .generic, isGeneric: true))
    }
    for resource in [Resource.nodeMetrics, .podMetrics] {
      serve(ServedResource(resource, schema: .builtIn, rules: .generic))
    }
  }

  /// The resource that a path names.
  func resource(group: String, version: String, plural: String) -> ServedResource? {
    byPath[group.isEmpty ? version : "\(group)/\(version)"]?[plural]
  }

  func resource(_ kind: ResourceKind) -> ServedResource? {
    byPath[kind.apiVersion]?[kind.plural]
  }

  /// The resource of a kind.
  func resource(apiVersion: String, kind: String) -> ServedResource? {
    catalogue.resource(apiVersion: apiVersion, kind: kind).flatMap { resource($0.kind) }
  }

  /// The kind under which objects of a kind are stored.
  func storage(apiVersion: String, kind: String) -> ResourceKind? {
    catalogue.resource(apiVersion: apiVersion, kind: kind)?.storage
  }

  /// Whether a group is one of Kubernetes' own.
  static func isBuiltIn(group: String) -> Bool { Catalogue.builtIn.groups.contains { $0.name == group } }

  func hasGroup(_ name: String) -> Bool { catalogue.groups.contains { $0.name == name } }

  // MARK: Custom resources

  /// Whether a definition's resources are served.
  func serves(_ definition: String) -> Bool { custom[definition] != nil }

  /// The definition behind a custom resource.
  func customKind(group: String, plural: String) -> CustomKind? { custom["\(plural).\(group)"] }

  /// Serves the resources of a definition, in place of those it had before.
  mutating func serve(_ definition: CustomKind) {
    withdraw(definition.name)
    custom[definition.name] = definition
    for version in definition.versions {
      serve(
        ServedResource(version.resource, schema: definition.schema, rules: version.rules, custom: version))
    }
  }

  /// Serves the resources of a definition no longer.
  mutating func withdraw(_ name: String) {
    let dot = name.firstIndex(of: ".") ?? name.endIndex
    let (plural, group) = (String(name[..<dot]), String(name[dot...].dropFirst()))
    custom[name] = nil
    for version in catalogue.groups.first(where: { $0.name == group })?.versions ?? [] {
      guard let known = byPath["\(group)/\(version)"]?.removeValue(forKey: plural) else { continue }
      catalogue.remove(known.kind)
    }
    setVersions(ofGroup: group)
  }

  private mutating func serve(_ served: ServedResource) {
    catalogue.add(served.resource)
    insert(served)
    setVersions(ofGroup: served.kind.group)
  }

  private mutating func insert(_ served: ServedResource) {
    byPath[served.kind.apiVersion, default: [:]][served.kind.plural] = served
  }

  /// The versions of a custom group: those that any of its resources has, the most stable and newest first.
  private mutating func setVersions(ofGroup group: String) {
    let versions = Set(
      byPath.values.flatMap { $0.values.map(\.kind) }.filter { $0.group == group }.map(\.version))
    catalogue.setVersions(versions.sorted(by: VersionOrder.precedes), ofGroup: group)
  }
}

/// The order of API versions: stable before beta before alpha, then the higher numbers first.
enum VersionOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (rank(left), rank(right))
    guard let a, let b else { return a != nil || (b == nil && left < right) }
    return a > b
  }

  private static func rank(_ version: String) -> (stability: Int, major: Int, minor: Int)? {
    guard version.hasPrefix("v") else { return nil }
    for (word, stability) in [("alpha", 0), ("beta", 1)] {
      guard let range = version.firstRange(of: word) else { continue }
      guard let major = Int(version[..<range.lowerBound].dropFirst()),
        let minor = Int(version[range.upperBound...])
      else { return nil }
      return (stability, major, minor)
    }
    return Int(version.dropFirst()).map { (2, $0, 0) }
  }
}

extension Resource {
  /// A resource that is served without a definition.
  static func generic(_ kind: ResourceKind) -> Resource {
    Resource(
      kind: kind, singular: kind.kind.lowercased(),
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
      columns: [Resource.Column(name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp")],
      storage: kind)
  }
}
