import KubeModel
import MeshRender
import MeshTopology

/// Everything that is rendered of a topology, for all its clusters, and what comes back of it.
enum RoundTrip {
  /// What `meshctl render --to` writes.
  static func files(of topology: Topology, clusters: [String]? = nil) -> [TopologyFile] {
    let renderer = Renderer(topology: topology)
    var files: [RenderedFile] = []
    func add(_ folder: String, _ content: [RenderedFile]) {
      files += content.map { RenderedFile(path: "\(folder)/\($0.path)", text: $0.text) }
    }
    for cluster in topology.clusters where clusters?.contains(cluster.name) ?? true {
      add(cluster.name, renderer.folder(for: cluster))
    }
    if clusters == nil { add("infrastructure", renderer.infrastructureFolder()) }
    return files.filter { $0.path.hasSuffix(".yaml") }.map {
      TopologyFile(path: $0.path, bytes: Array($0.text.utf8))
    }.sorted { $0.path < $1.path }
  }

  /// Where two topologies render differently: `CLUSTER OBJECT FIELD`, and ` is missing` or ` is new` for objects.
  static func differences(_ first: Topology, _ second: Topology) -> Set<String> {
    var lines: Set<String> = []
    for cluster in first.clusters {
      guard let other = second.cluster(named: cluster.name) else {
        lines.insert("\(cluster.name) is missing")
        continue
      }
      compare(
        cluster.name, Renderer(topology: first).objects(for: cluster).map(\.object),
        Renderer(topology: second).objects(for: other).map(\.object), into: &lines)
      let texts = Renderer(topology: second).files(for: other)
      for file in Renderer(topology: first).files(for: cluster) where !texts.contains(file) {
        lines.insert("\(cluster.name) \(file.path)")
      }
    }
    compare(
      "infrastructure", Renderer(topology: first).infrastructure().map(\.object),
      Renderer(topology: second).infrastructure().map(\.object), into: &lines)
    return lines
  }

  private static func compare(
    _ folder: String, _ left: [KubeObject], _ right: [KubeObject], into lines: inout Set<String>
  ) {
    for object in left {
      guard let twin = right.first(where: { $0.reference == object.reference }) else {
        lines.insert("\(folder) \(object.reference) is missing")
        continue
      }
      for field in fields(object.json, twin.json, "") {
        lines.insert("\(folder) \(object.reference) \(field)")
      }
    }
    for object in right where !left.contains(where: { $0.reference == object.reference }) {
      lines.insert("\(folder) \(object.reference) is new")
    }
  }

  /// The paths of what differs, as deep as both sides have the same shape.
  private static func fields(_ left: JSONValue, _ right: JSONValue, _ path: String) -> [String] {
    if left == right { return [] }
    if let one = left.object, let two = right.object {
      let keys = Set(one.members.map(\.key)).union(two.members.map(\.key))
      return keys.sorted().flatMap { key -> [String] in
        let inner = path.isEmpty ? key : "\(path).\(key)"
        guard let first = left[key], let second = right[key] else { return [inner] }
        return fields(first, second, inner)
      }
    }
    if let one = left.array, let two = right.array, one.count == two.count {
      return one.indices.flatMap { fields(one[$0], two[$0], "\(path)[\($0)]") }
    }
    return [path]
  }
}
