public import KubeModel

/// A document of a topology as it would be written.
public struct TopologyDocument: Sendable {
  /// The kind, such as `Workload`.
  public let kind: String
  /// The name in the header.
  public let name: String
  /// The namespace in the header; `nil` for kinds without one.
  public let namespace: String?
  /// The whole document.
  public let tree: YAMLTree
}

extension Topology {
  /// The documents that declare the topology, in the order in which they are best read.
  public var documents: [TopologyDocument] {
    DocumentKind.allCases.flatMap { documents(of: $0.type) } + overlays.map(\.document)
      + manifests.map(\.document)
  }

  /// The topology as one file of YAML, which reads back as the same topology.
  public func yamlText() -> String { documents.map(\.tree.yamlText).joined(separator: "---\n") }

  private func documents<Value: DocumentValue>(of type: Value.Type) -> [TopologyDocument] {
    type.all(in: self).map { value in
      let namespace = type.kind.isNamespaced ? value.headerNamespace : nil
      var metadata: [(String, YAMLTree)] = [("name", .scalar(.string(value.name)))]
      if let namespace { metadata.append(("namespace", .scalar(.string(namespace)))) }
      var entries: [(String, YAMLTree)] = [
        ("apiVersion", .scalar(.string(TopologyReader.apiVersion))),
        ("kind", .scalar(.string(type.kind.rawValue))), ("metadata", .mapping(metadata)),
      ]
      if case .mapping(let fields) = type.form.write(value), !fields.isEmpty || !type.kind.mayLackSpec {
        entries.append(("spec", .mapping(fields)))
      }
      return TopologyDocument(
        kind: type.kind.rawValue, name: value.name, namespace: namespace, tree: .mapping(entries))
    }
  }
}

extension Overlay {
  fileprivate var document: TopologyDocument {
    var metadata: [(String, YAMLTree)] = [("name", .scalar(.string(name)))]
    if let namespace { metadata.append(("namespace", .scalar(.string(namespace)))) }
    metadata.append(("environment", .scalar(.string(environment))))
    let tree = YAMLTree.mapping([
      ("apiVersion", .scalar(.string(TopologyReader.apiVersion))), ("kind", .scalar(.string(kind))),
      ("metadata", .mapping(metadata)), ("spec", .scalar(spec)),
    ])
    return TopologyDocument(kind: kind, name: name, namespace: namespace, tree: tree)
  }
}

extension Manifest {
  fileprivate var document: TopologyDocument {
    TopologyDocument(
      kind: object.kind, name: object.name, namespace: object.namespace, tree: .scalar(object.json))
  }
}
