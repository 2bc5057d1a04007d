internal import KubeModel

extension Manifest {
  /// Whether a namespace is there without a word: every cluster has it by itself, or GKE or Istio makes it.
  public static func isSystemNamespace(_ name: String) -> Bool {
    ["default", "kube-node-lease", "kube-public", "kube-system"].contains(name)
      || ["istio-", "gke-", "gmp-"].contains(where: name.hasPrefix)
  }

  /// Reports objects in namespaces that neither the topology nor another object makes.
  ///
  /// - Parameter mesh: the namespace of Istio's control plane where it is not the usual one.
  static func checkNamespaces(of nodes: [SourceNode], mesh: String?, reading: Reading) {
    let objects = nodes.flatMap(\.objects)
    let made = Set(
      objects.filter { $0["apiVersion"]?.json.string == "v1" && $0["kind"]?.json.string == "Namespace" }
        .compactMap { $0["metadata"]?["name"]?.json.string })
    for object in objects {
      guard let node = object["metadata"]?["namespace"], let name = node.json.string, !made.contains(name),
        !isSystemNamespace(name), name != mesh, !reading.directory.isDeclared(.namespace, name)
      else { continue }
      let label = [object["kind"], object["metadata"]?["name"]].compactMap { $0?.json.string }
        .map(Document.short)
      let spot = Spot(place: node.place, document: label.joined(separator: "/"))
        .field("metadata", at: node.place).field("namespace", at: node.place)
      reading.reportUnknown(
        "namespace", name, at: spot, known: reading.directory.names(of: .namespace) + made.sorted(),
        remedy:
          "add a document of kind Namespace called \(Document.short(name)), or keep the object Namespace "
          + "beside it")
    }
  }
}

extension SourceNode {
  /// The object, or the objects of a `List`.
  fileprivate var objects: [SourceNode] {
    guard self["apiVersion"]?.json.string == "v1", self["kind"]?.json.string == "List",
      case .list(let items)? = self["items"]?.content
    else { return [self] }
    return items.flatMap(\.objects)
  }
}
