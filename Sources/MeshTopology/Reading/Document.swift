internal import KubeModel

/// A document whose header is known: its kind, its name, and a spec that is still to be read.
struct Document {
  let kind: DocumentKind
  /// The name; empty when it is missing or wrong, which has then been reported.
  let name: String
  /// The namespace of a workload; empty when it is missing or wrong.
  let namespace: String
  /// Where the document starts.
  let spot: Spot
  /// Where the name stands.
  let nameSpot: Spot
  /// Where the namespace stands.
  let namespaceSpot: Spot
  /// The spec, if there is one.
  let spec: Field?

  /// Reads the header; `nil` when the document is of no kind that a topology has.
  init?(_ node: SourceNode, reading: Reading) {
    let label = [node["kind"], node["metadata"]?["name"]].compactMap { $0?.json.string }.map(Document.short)
    let spot = Spot(place: node.place, document: label.joined(separator: "/"))
    let root = Field(node: node, spot: spot, reading: reading)
    guard case .mapping = node.content else {
      root.reportType(
        expected: "a mapping", remedy: "a document has apiVersion, kind, metadata and spec")
      reading.noteUnreadable(nil)
      return nil
    }
    if Document.reportRawManifest(root) { return nil }
    guard Document.checkVersion(of: root), let kind = Document.kind(of: root) else {
      reading.noteUnreadable((node["kind"]?.json.string).flatMap(DocumentKind.init))
      return nil
    }
    self.kind = kind
    self.spot = spot

    var name: (text: String, spot: Spot) = ("", spot)
    var namespace: (text: String, spot: Spot) = ("", spot)
    var spec: Field?
    _ = root.section { section in
      _ = (section["apiVersion"], section["kind"])
      spec = section["spec"]
      _ = section.required("metadata", example: "{name: …}")?.section { metadata in
        if let field = metadata.required("name", example: "user-service") {
          name = (field.name(kind.nameRule) ?? "", field.spot)
        }
        if kind == .workload, let field = metadata.required("namespace", example: "production") {
          namespace = (field.name(.label) ?? "", field.spot)
        }
      }
    }
    (self.name, nameSpot) = name
    (self.namespace, namespaceSpot) = namespace
    self.spec = spec
    if !isNamed { reading.noteUnreadable(kind) }
  }

  /// What tells the document from others: kind, namespace and name.
  var identity: [String] { [kind.rawValue, namespace, name] }

  /// Whether name and namespace are there and valid.
  var isNamed: Bool { !name.isEmpty && (kind != .workload || !namespace.isEmpty) }

  /// Reads the spec, which must be there.
  func readSpec<Value>(example: String, reading: Reading, _ read: (Section) -> Value?) -> Value? {
    guard let spec else {
      reading.report(.missingField, "spec is missing", at: spot, remedy: "add it, such as spec: \(example)")
      return nil
    }
    return spec.section(read)
  }

  private static func checkVersion(of root: Field) -> Bool {
    guard let node = root.node["apiVersion"] else {
      root.report(
        .missingField, "apiVersion is missing", remedy: "add apiVersion: \(TopologyReader.apiVersion)")
      return false
    }
    let field = Field(
      node: node, spot: root.spot.field("apiVersion", at: node.place), reading: root.reading)
    guard let version = field.text() else { return false }
    if version == TopologyReader.apiVersion { return true }
    field.report(
      .unknownVersion, "unknown apiVersion \(shown(version))",
      remedy: "did you mean \(TopologyReader.apiVersion)?")
    return false
  }

  /// Reports a Kubernetes object; an `apiVersion` that is nearly right is not taken for one.
  private static func reportRawManifest(_ root: Field) -> Bool {
    guard let node = root.node["apiVersion"], let version = node.json.string,
      !version.hasPrefix("meshctl.dev/"),
      Suggestion.nearest(to: version, in: [TopologyReader.apiVersion]) == nil
    else { return false }
    let kind = root.node["kind"]?.json.string ?? "object"
    root.reading.report(
      .rawManifest, "this is a Kubernetes \(short(kind)) of \(short(version)), not part of a topology",
      at: root.spot.field("apiVersion", at: node.place),
      remedy: "declare it as a Workload, or keep it elsewhere and name the folder of the topology with "
        + "--path; raw manifests come later")
    return true
  }

  private static func kind(of root: Field) -> DocumentKind? {
    let kinds = DocumentKind.allCases.map(\.rawValue)
    guard let node = root.node["kind"] else {
      root.report(.missingField, "kind is missing", remedy: "add kind: \(alternatives(kinds))")
      return nil
    }
    let field = Field(node: node, spot: root.spot.field("kind", at: node.place), reading: root.reading)
    guard let text = field.text() else { return nil }
    if let kind = DocumentKind(rawValue: text) { return kind }
    field.report(
      .unknownKind, "unknown kind \(shown(text))",
      remedy: Suggestion.remedy(
        for: text, in: kinds, otherwise: "the kinds are \(alternatives(kinds, last: "and"))"))
    return nil
  }

  private static func short(_ text: String) -> String { String(shown(text).dropFirst().dropLast()) }
}
