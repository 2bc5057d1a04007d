import KubeModel

extension KustomizationReader {
  /// Only what is built into kustomize and reads no files may configure it; all else is a program.
  mutating func checkPlugin(_ node: SourceNode, at place: Place, field: String) {
    let kind = node["kind"]?.json.string ?? ""
    var metadata: [String] = []
    if case .mapping(let entries)? = node["metadata"]?.content { metadata = entries.map(\.key) }
    guard node["apiVersion"]?.json == "builtin", Self.builtIn.contains(kind),
      Set(metadata).isSubset(of: ["name", "namespace"])
    else {
      problems.append(
        KustomizationProblem(
          "\(quoted(kind)) is a plug-in, and plug-ins are not run", at: place, field: field,
          remedy: "use the kustomization's own fields, or \(Self.builtIn.joined(separator: ", "))"))
      return
    }
  }

  private static let builtIn = [
    "AnnotationsTransformer", "HashTransformer", "ImageTagTransformer", "LabelTransformer",
    "NamespaceTransformer", "PrefixTransformer", "ReplicaCountTransformer", "SuffixTransformer",
  ]

  /// Whether a text is no path but what could be in the file; `https://host/a: b` is a mapping too, and would
  /// be fetched.
  static func isText(_ text: String) -> Bool {
    guard text.hasPrefix("{") || text.contains("\n"),
      let documents = try? YAMLReader().documents(Array(text.utf8), file: "")
    else { return false }
    return !documents.isEmpty && documents.allSatisfy { $0["kind"]?.json.string != nil }
  }
}
