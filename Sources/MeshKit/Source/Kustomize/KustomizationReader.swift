import KubeModel

/// Reads kustomizations, and says everything for which they are not built.
struct KustomizationReader {
  let tree: CommitTree
  var problems: [KustomizationProblem] = []

  init(tree: CommitTree) { self.tree = tree }

  /// Reads the kustomization of a folder; `nil` when there is none to be had.
  mutating func read(_ bytes: [UInt8], file: String) -> Kustomization? {
    let documents: [SourceNode]
    do {
      documents = try YAMLReader().documents(bytes, file: file)
    } catch let error as YAMLError {
      report(error.message, at: error.place.description, remedy: error.remedy ?? "check the file")
      return nil
    } catch {
      report("it cannot be read: \(error)", at: file, remedy: "check the file")
      return nil
    }
    guard documents.count == 1, let node = documents.first, case .mapping(let entries) = node.content else {
      report("not one mapping", at: file, remedy: "write the fields of one kustomization")
      return nil
    }
    guard let isComponent = isComponent(node) else {
      report(
        "neither a Kustomization nor a Component of kustomize.config.k8s.io", at: node.place.description,
        remedy: "give the file another name, or build it with kustomize")
      return nil
    }
    var kustomization = Kustomization(
      folder: CommitTree.folder(of: file), file: file, json: node.json, isComponent: isComponent)
    read(entries, of: KustomizationField.kustomization, path: "", into: &kustomization)
    return kustomization
  }

  private func isComponent(_ node: SourceNode) -> Bool? {
    let version = node["apiVersion"]?.json
    let isOurs = version == nil || version?.string?.hasPrefix("kustomize.config.k8s.io/") == true
    switch node["kind"]?.json {
    case nil, "Kustomization": return isOurs ? false : nil
    case "Component": return isOurs ? true : nil
    default: return nil
    }
  }

  private mutating func read(
    _ entries: [SourceNode.Entry], of fields: [String: KustomizationField], path: String,
    into kustomization: inout Kustomization
  ) {
    for entry in entries {
      let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      guard let field = fields[entry.key] else {
        let near = fields.keys.first { $0.lowercased() == entry.key.lowercased() }
        report(
          "\(quoted(entry.key)) is not a field that is built", at: entry.place.description,
          remedy: near.map { "write \($0)" } ?? "remove it")
        continue
      }
      read(entry.value, as: field, path: path, into: &kustomization)
    }
  }

  private mutating func read(
    _ node: SourceNode, as field: KustomizationField, path: String, into kustomization: inout Kustomization
  ) {
    switch (field, node.content) {
    case (.value, _): break
    case (.refused(let message, let remedy), _): report(message, at: node, path, remedy: remedy)
    case (.list(let element), .list(let nodes)):
      for (index, node) in nodes.enumerated() {
        read(node, as: element, path: "\(path)[\(index)]", into: &kustomization)
      }
    case (.object(let fields), .mapping(let entries)):
      read(entries, of: fields, path: path, into: &kustomization)
    case (.list, _) where node.json.isNull, (.object, _) where node.json.isNull: break
    case (.list, _): report("not a list", at: node, path, remedy: "write each entry on a line with a dash")
    case (.object, _): report("not a mapping", at: node, path, remedy: "write it as KEY: VALUE")
    case (_, .scalar):
      guard let text = node.json.string else {
        return report("not a path", at: node, path, remedy: "put it in quotes if it is one")
      }
      readPath(text, at: node, as: field, path: path, into: &kustomization)
    default: report("not a path", at: node, path, remedy: "name a file or folder")
    }
  }

  mutating func report(_ message: String, at node: SourceNode, _ field: String, remedy: String) {
    problems.append(KustomizationProblem(message, at: node.place, field: field, remedy: remedy))
  }

  mutating func report(_ message: String, at place: String, remedy: String) {
    problems.append(KustomizationProblem(message, at: place, remedy: remedy))
  }
}
