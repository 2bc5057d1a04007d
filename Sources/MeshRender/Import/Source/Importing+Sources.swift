internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The objects of a document: those of a List, or itself.
  static func items(of document: SourceNode, depth: Int = 0) -> [SourceNode] {
    guard depth < 3, case .scalar(let kind)? = document["kind"]?.content, kind.text.hasSuffix("List"),
      document["apiVersion"] != nil, case .list(let items)? = document["items"]?.content
    else { return [document] }
    return items.flatMap { self.items(of: $0, depth: depth + 1) }
  }

  /// The object that a document is; `nil` for what is none or is none of the system's, which is noted.
  mutating func source(of node: SourceNode, _ files: Set<String>) -> Source? {
    let root = Part(node: node, path: "", source: 0, ledger: ledger)
    guard let kind = root["kind"]?.peek, let version = root["apiVersion"]?.peek else {
      takeForeign(root)
      return nil
    }
    if version.hasPrefix("meshctl.dev/") {
      note(node.place, "part of a topology already; it is not imported")
      return nil
    }
    if ["Kustomization", "Component"].contains(kind), version.hasPrefix("kustomize") {
      if !isPlainList(root, files) {
        note(node.place, "a kustomization is built, not read: import what `kubectl kustomize` prints")
      }
      return nil
    }
    guard let object = KubeObject(node.json), !object.name.isEmpty else {
      note(node.place, "a \(kind) without a name")
      return nil
    }
    let hasNamespace =
      !Source.clusterKinds.contains(kind) && !(kind == "Cluster" && version == "container.v1")
    return Source(
      root: root, object: object,
      namespace: hasNamespace ? (root["metadata", "namespace"]?.peek ?? "default") : "",
      saysNamespace: root["metadata", "namespace"] != nil)
  }

  /// Whether a kustomization only lists files that are imported anyway.
  private func isPlainList(_ root: Part, _ files: Set<String>) -> Bool {
    let folder = root.place.file.split(separator: "/").dropLast().joined(separator: "/")
    return root.entries.allSatisfy { entry in
      switch entry.key {
      case "apiVersion", "kind", "metadata": true
      case "resources":
        entry.value.elements.allSatisfy { resource in
          resource.peek.map { files.contains(folder.isEmpty ? $0 : "\(folder)/\($0)") } ?? false
        }
      default: false
      }
    }
  }

  /// What an object is told from others by.
  static func identity(of source: Source) -> ObjectReference {
    var identity = source.object.reference
    identity.namespace = source.namespace
    return identity
  }

  /// Notes what is no part of the import.
  mutating func note(_ place: Place, _ message: String) {
    result.unread.append(Import.Note(place: place, message: message))
  }

  /// Notes a file that is broken.
  mutating func refuse(_ place: Place, _ message: String) {
    result.unreadable.append(Import.Note(place: place, message: message))
    note(place, message)
  }

  mutating func noteTwin(_ first: Place, _ source: Source) {
    note(source.place, "\(source.words) stands twice, first at \(first); the first one counts")
  }

  /// Notes objects of one folder that stand in another one too: stages of a system, rather than its clusters.
  mutating func noteTwins(_ split: FolderSplit, _ pairs: [(first: Place, source: Source)]) {
    guard pairs.count > 1, let example = pairs.first else {
      for pair in pairs { noteTwin(pair.first, pair.source) }
      return
    }
    note(
      Place(file: split.secondPath, line: 1, column: 1),
      "\(pairs.count) objects stand in \(split.firstPath) too, such as \(example.source.words); those of "
        + "\(split.firstPath) count. Import one of the folders, and write what is different in the other as an "
        + "overlay of an environment")
  }

  private mutating func takeForeign(_ document: Part) {
    // Ledger entries of what is no object must not mix with those of objects.
    let root = Part(node: document.node, path: "", source: -1 - foreign.count, ledger: ledger)
    if root["_format_version"] != nil {
      foreign.append(Foreign(kind: .kong, root: root, words: "\(root.place.file)"))
      return
    }
    note(root.place, "no Kubernetes object: it has no apiVersion and kind")
  }
}
