internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The topology as files, laid out as a person would, each with what was assumed in it.
  func laidOut() -> [Import.File] {
    var order: [String] = []
    var texts: [String: [String]] = [:]
    for document in topology.documents {
      let path = Importing.file(for: document)
      if texts[path] == nil { order.append(path) }
      texts[path, default: []].append(comments(on: document) + document.tree.yamlText)
    }
    return order.map { Import.File(path: $0, text: texts[$0, default: []].joined(separator: "---\n")) }
  }

  private static func file(for document: TopologyDocument) -> String {
    let name = document.name.topologyName
    if document.isManifest {
      return
        "manifests/\(document.namespace.map { $0 + "/" } ?? "")\(document.kind.lowercased())-\(document.name.fileName).yaml"
    }
    switch document.kind {
    case "Topology": return "topology.yaml"
    case "Network": return "network.yaml"
    case "Cluster": return "clusters.yaml"
    case "Namespace": return "namespaces.yaml"
    case "ServiceMesh": return "mesh.yaml"
    case "ExternalService": return "external-services.yaml"
    case "RedisCluster", "Database": return "data.yaml"
    case "Tracing", "Monitoring", "Logging": return "observability.yaml"
    case "Backup": return "backup.yaml"
    case "Environment": return "environments.yaml"
    case "Gateway": return "gateways/\(name).yaml"
    case "Workload": return "workloads/\(document.namespace ?? "")/\(name).yaml"
    default: return "\(document.kind.lowercased()).yaml"
    }
  }

  private func comments(on document: TopologyDocument) -> String {
    guard !document.isManifest else { return "" }
    let path = [document.kind, document.namespace, document.name].compactMap(\.self).joined(separator: "/")
    let own = result.assumptions.filter { $0.path == path || $0.path.hasPrefix(path + " ") }
    return own.map { assumption in
      let field = assumption.path.dropFirst(path.count).drop { $0 == " " }
      let text = (field.isEmpty ? "" : "\(field): ") + assumption.message
      // A comment is one line, whatever names the manifests have.
      return "# Assumed: " + text.oneLine + "\n"
    }.sorted().joined()
  }
}

extension String {
  /// The text on one line, without what could end a comment.
  var oneLine: String {
    String(
      unicodeScalars.map {
        $0.properties.generalCategory == .control || $0.value == 0x2028 || $0.value == 0x2029
          || $0.value == 0x85 ? " " : Character($0)
      })
  }

  /// The text as the name of a file.
  fileprivate var fileName: String {
    String(
      unicodeScalars.prefix(120).map { scalar in
        let isPlain =
          scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "-._".unicodeScalars.contains(scalar))
        return isPlain ? Character(scalar) : "-"
      })
  }
}
