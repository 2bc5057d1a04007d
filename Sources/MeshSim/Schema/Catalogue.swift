import KubeModel

/// The resources that an API serves, by path and by kind.
struct Catalogue: Sendable {
  /// A group with its versions.
  struct Group: Sendable {
    let name: String
    /// In the order in which the server lists them.
    var versions: [String]
    var preferred: String
  }

  /// In the order in which the server lists them.
  private(set) var groups: [Group] = []
  private var byPath: [String: [Resource]] = [:]
  private var byKind: [String: Resource] = [:]

  /// What Kubernetes 1.36 serves by itself.
  static let builtIn = Catalogue(groups: BuiltInResources.groups, resources: BuiltInResources.resources)

  private init(groups: String, resources: String) {
    let known = (try? JSONValue(json: groups))?.array ?? []
    self.groups = known.map { group in
      Group(
        name: group["group"]?.string ?? "", versions: group["versions"]?.strings ?? [],
        preferred: group["preferred"]?.string ?? "")
    }
    for record in (try? JSONValue(json: resources))?.array ?? [] { add(Resource(record)) }
  }

  /// The resource that a path names.
  func resource(group: String, version: String, plural: String) -> Resource? {
    resources(group: group, version: version).first { $0.kind.plural == plural }
  }

  /// The resource of a kind.
  func resource(apiVersion: String, kind: String) -> Resource? { byKind["\(apiVersion)/\(kind)"] }

  /// The resources of a group version, in the order in which the server lists them.
  func resources(group: String, version: String) -> [Resource] {
    byPath[group.isEmpty ? version : "\(group)/\(version)"] ?? []
  }

  /// All resources, group by group.
  var all: [Resource] {
    groups.flatMap { group in
      group.versions.flatMap { resources(group: group.name, version: $0) }
    }
  }

  /// Serves a resource of a custom group, in place of one of the same path.
  mutating func add(_ resource: Resource) {
    let apiVersion = resource.kind.apiVersion
    var known = byPath[apiVersion] ?? []
    known.removeAll { $0.kind.plural == resource.kind.plural }
    known.append(resource)
    byPath[apiVersion] = known
    byKind["\(apiVersion)/\(resource.kind.kind)"] = resource
  }

  /// Serves a resource no longer.
  mutating func remove(_ kind: ResourceKind) {
    byPath[kind.apiVersion]?.removeAll { $0.kind.plural == kind.plural }
    byKind["\(kind.apiVersion)/\(kind.kind)"] = nil
  }

  /// Sets a group's versions, the preferred one first; none removes the group.
  mutating func setVersions(_ versions: [String], ofGroup name: String) {
    let index = groups.firstIndex { $0.name == name }
    switch (index, versions.first) {
    case (let index?, let preferred?):
      groups[index] = Group(name: name, versions: versions, preferred: preferred)
    case (let index?, nil): groups.remove(at: index)
    case (nil, let preferred?): groups.append(Group(name: name, versions: versions, preferred: preferred))
    case (nil, nil): break
    }
  }
}

extension Resource {
  /// Reads a record of the facts about the built-in resources.
  fileprivate init(_ record: JSONValue) {
    let kind = ResourceKind(
      group: record["group"]?.string ?? "", version: record["version"]?.string ?? "",
      kind: record["kind"]?.string ?? "", plural: record["plural"]?.string ?? "",
      isNamespaced: record["namespaced"]?.bool ?? true)
    self.kind = kind
    singular = record["singular"]?.string ?? ""
    shortNames = record["shortNames"]?.strings ?? []
    categories = record["categories"]?.strings ?? []
    verbs = record["verbs"]?.strings ?? []
    subresources = (record["subresources"]?.array ?? []).map { sub in
      Subresource(
        name: sub["name"]?.string ?? "", kind: sub["kind"]?.string ?? "",
        apiVersion: sub["apiVersion"]?.string,
        verbs: sub["verbs"]?.strings ?? [])
    }
    columns = (record["columns"]?.array ?? []).map { column in
      Column(
        name: column["name"]?.string ?? "", type: column["type"]?.string ?? "",
        format: column["format"]?.string ?? "", priority: column["priority"]?.int ?? 0)
    }
    // One object, two faces.
    switch (kind.group, kind.version, kind.kind) {
    case ("autoscaling", "v1", "HorizontalPodAutoscaler"): storage = .horizontalPodAutoscaler
    case ("events.k8s.io", "v1", "Event"): storage = .event
    default: storage = kind
    }
  }
}

extension JSONValue {
  fileprivate var strings: [String] { (array ?? []).compactMap(\.string) }
}
