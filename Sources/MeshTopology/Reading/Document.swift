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
  /// The environment that an overlay holds in, and where it stands; `nil` for what holds everywhere.
  let environment: (name: String, spot: Spot)?
  /// The spec, if there is one.
  private(set) var spec: Field?

  /// Reads the header; `nil` when the document is of no kind that a topology has.
  init?(_ node: SourceNode, reading: Reading) {
    let label = [node["kind"], node["metadata"]?["name"]].compactMap { $0?.json.string }.map(Document.short)
    let spot = Spot(place: node.place, document: label.joined(separator: "/"))
    let root = Field(node: node, spot: spot, reading: reading)
    guard case .mapping = node.content else {
      root.reportType(
        expected: "a mapping", remedy: "a document has apiVersion, kind, metadata and spec")
      reading.directory.noteUnreadable(nil)
      return nil
    }
    guard Document.checkVersion(of: root), let kind = Document.kind(of: root) else {
      reading.directory.noteUnreadable((node["kind"]?.json.string).flatMap(DocumentKind.init))
      return nil
    }
    self.kind = kind
    self.spot = spot

    var name: (text: String, spot: Spot) = ("", spot)
    var namespace: (text: String, spot: Spot) = ("", spot)
    var environment: (name: String, spot: Spot)?
    var spec: Field?
    _ = root.section { section in
      _ = (section["apiVersion"], section["kind"])
      spec = section["spec"]
      _ = section.required("metadata", example: "{name: …}")?.section { metadata in
        if let field = metadata.required("name", example: "user-service") {
          name = (field.name(kind.nameRule) ?? "", field.spot)
        }
        if kind.isNamespaced, let field = metadata.required("namespace", example: "production") {
          namespace = (field.name(.label) ?? "", field.spot)
        }
        if let field = metadata["environment"] {
          environment = (field.name(.label) ?? "", field.spot)
        }
      }
    }
    self.environment = environment
    (self.name, nameSpot) = name
    (self.namespace, namespaceSpot) = namespace
    self.spec = spec
    if !isNamed { reading.directory.noteUnreadable(kind) }
  }

  /// The document with another spec, read for `reading`.
  func with(spec node: SourceNode?, reading: Reading) -> Document {
    var document = self
    document.spec = node.map { node in
      Field(
        node: node, spot: spec?.spot ?? spot.field("spec", at: node.place), reading: reading,
        keyPlace: spec?.keyPlace)
    }
    return document
  }

  /// What tells the document from others: kind, namespace and name.
  var identity: [String] { [kind.rawValue, namespace, name] }

  /// Whether name and namespace are there and valid.
  var isNamed: Bool { !name.isEmpty && (!kind.isNamespaced || !namespace.isEmpty) }

  /// Reads the spec into the type of its kind; `nil` after reporting why that cannot be used.
  func read<Value: DocumentValue>(_ type: Value.Type, reading: Reading) -> Declared<Value>? {
    reading.namespace = namespace
    let problemsBefore = reading.problemCount
    let start = Value(header: self)
    var value: Value?
    if let spec {
      value = spec.section { Value.form.read($0, over: start) }
    } else if kind.mayLackSpec {
      value = start
    } else {
      reading.report(
        .missingField, "spec is missing", at: self.spot, remedy: "add it, such as spec: \(kind.example)")
    }
    return value.map { Declared(value: $0, document: self, isSound: reading.problemCount == problemsBefore) }
  }

  /// The spot of a part of the spec, or of the nearest part around it that is there.
  func spot(_ path: PathPart...) -> Spot {
    guard let spec else { return spot }
    return spec.node.spot(spec.spot, path[...])
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

  static func short(_ text: String) -> String { String(shown(text).dropFirst().dropLast()) }
}
