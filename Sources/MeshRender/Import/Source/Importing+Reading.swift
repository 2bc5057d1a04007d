internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Reads all documents of all files, each by itself: what is wrong with one does not concern the others.
  mutating func read(_ files: [TopologyFile], documentLimit: Int) {
    var count = 0
    for file in files {
      let start = Place(file: file.path, line: 1, column: 1)
      let documents: [SourceNode]
      do {
        documents = try YAMLReader().documents(file.bytes, file: file.path)
      } catch let error as YAMLError {
        note(error.place, error.message + (error.remedy.map { "; \($0)" } ?? ""))
        continue
      } catch {
        note(start, "the file cannot be read")
        continue
      }
      for document in documents {
        count += 1
        guard count <= documentLimit else {
          note(document.place, "more than \(documentLimit) documents; the rest is not read")
          return
        }
        take(document, depth: 0)
      }
    }
  }

  private mutating func note(_ place: Place, _ message: String) {
    result.unread.append(Import.Note(place: place, message: message))
  }

  private mutating func take(_ node: SourceNode, depth: Int) {
    let root = Part(node: node, path: "", source: sources.count, ledger: ledger)
    guard let kind = root["kind"]?.peek, let version = root["apiVersion"]?.peek else {
      takeForeign(root)
      return
    }
    if kind.hasSuffix("List"), case .list(let items)? = node["items"]?.content, depth < 3 {
      for item in items { take(item, depth: depth + 1) }
      return
    }
    if version.hasPrefix("meshctl.dev/") {
      note(node.place, "part of a topology already; it is not imported")
      return
    }
    if ["Kustomization", "Component"].contains(kind), version.hasPrefix("kustomize") {
      note(node.place, "a kustomization is built, not read: import what `kubectl kustomize` prints")
      return
    }
    guard let object = KubeObject(node.json), !object.name.isEmpty else {
      note(node.place, "a \(kind) without a name")
      return
    }
    let hasNamespace =
      !Source.clusterKinds.contains(kind) && !(kind == "Cluster" && version == "container.v1")
    let namespace = hasNamespace ? (root["metadata", "namespace"]?.peek ?? "default") : ""
    var identity = object.reference
    identity.namespace = namespace
    if let twin = identities[identity].map({ sources[$0] }) {
      note(node.place, "\(twin.words) stands twice, first at \(twin.place); the first one counts")
      return
    }
    identities[identity] = sources.count
    byKind[kind, default: []].append(sources.count)
    sources.append(
      Source(
        root: root, object: object, namespace: namespace,
        saysNamespace: root["metadata", "namespace"] != nil))
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
