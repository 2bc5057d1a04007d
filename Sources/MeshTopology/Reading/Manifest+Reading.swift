internal import KubeModel

extension Manifest {
  /// Whether a document is a Kubernetes object rather than part of a topology; an `apiVersion` that is nearly
  /// right is not taken for one.
  static func isManifest(_ node: SourceNode) -> Bool {
    guard let version = node["apiVersion"]?.json.string else { return false }
    return !version.hasPrefix("meshctl.dev/")
      && Suggestion.nearest(to: version, in: [TopologyReader.apiVersion]) == nil
  }

  /// Reads an object, or the objects of a `List`.
  static func read(_ node: SourceNode, reading: Reading) -> [Manifest] {
    if node["apiVersion"]?.json.string == "v1", node["kind"]?.json.string == "List",
      case .list(let items)? = node["items"]?.content
    {
      return items.flatMap { read($0, reading: reading) }
    }
    let kind = node["kind"]?.json.string
    let label = [kind, node["metadata"]?["name"]?.json.string].compactMap(\.self).map(Document.short)
    let spot = Spot(place: node.place, document: label.joined(separator: "/"))
    func report(_ code: Problem.Code, _ message: String, at spot: Spot, remedy: String) -> [Manifest] {
      reading.report(code, message, at: spot, remedy: remedy)
      return []
    }
    guard case .mapping = node.content, let kind, !kind.isEmpty else {
      return report(.missingField, "a Kubernetes object without a kind", at: spot, remedy: "add kind: …")
    }
    guard let name = node["metadata"]?["name"]?.json.string, !name.isEmpty else {
      return report(
        .missingField, "a \(Document.short(kind)) without a name", at: spot, remedy: "add metadata: {name: …}"
      )
    }
    if let known = ResourceKind.known(apiVersion: node["apiVersion"]?.json.string ?? "", kind: kind),
      known.isNamespaced, node["metadata"]?["namespace"] == nil
    {
      return report(
        .missingField, "a \(kind) without a namespace", at: spot,
        remedy: "add namespace: to its metadata, so that it does not depend on who applies it")
    }
    if kind == "Kustomization" {
      return report(
        .rawManifest, "a kustomization is built, not read", at: spot,
        remedy: "keep it in a file called kustomization.yaml in a folder of its own")
    }
    for key in ["data", "stringData"] where kind == "Secret" {
      guard node[key] != nil else { continue }
      return report(
        .rawManifest, "a Secret with what is secret in it: whoever reads the repository knows it",
        at: Spot(place: spot.place, document: spot.document).field(key, at: node[key]?.place ?? spot.place),
        remedy: "change it, and keep an ExternalSecret or SealedSecret here instead")
    }
    guard let object = KubeObject(node.json) else { return [] }
    let manifest = Manifest(object)
    let annotation = node["metadata"]?["annotations"]?[Manifest.clustersAnnotation]
    for cluster in manifest.clusters ?? [] where !reading.directory.isDeclared(.cluster, cluster) {
      reading.reportUnknown(
        "cluster", cluster, at: Spot(place: annotation?.place ?? spot.place, document: spot.document),
        known: reading.directory.names(of: .cluster), remedy: "name declared clusters, joined by commas")
    }
    return [manifest]
  }
}
