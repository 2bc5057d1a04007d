internal import KubeModel

extension Topology {
  /// The topology as Swift source: a value called `topology`, made with the builder.
  public func swiftText() -> String {
    let parts =
      DocumentKind.allCases.dropFirst().flatMap { sources(of: $0.type) } + overlays.map(\.source)
      + manifests.map(\.source)
    let system = SwiftSource(
      form: Topology.form, self, header: [("name", SwiftSource(SwiftSource.literal(name)))])
    var lines = ["import MeshKit", "", "let topology = " + system.lines[0]] + system.lines.dropFirst()
    lines[lines.count - 1] += ".adding {"
    lines += parts.flatMap { part in part.lines.map { "  " + $0 } } + ["}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func sources<Value: DocumentValue>(of type: Value.Type) -> [SwiftSource] {
    type.all(in: self).map { value in
      var header = [("name", SwiftSource(SwiftSource.literal(value.name)))]
      if type.kind.isNamespaced {
        header.append(("namespace", SwiftSource(SwiftSource.literal(value.headerNamespace))))
      }
      return SwiftSource(form: type.form, value, header: header)
    }
  }
}

extension Overlay {
  fileprivate var source: SwiftSource {
    var arguments = [("environment", environment), ("kind", kind), ("name", name)]
    if let namespace { arguments.append(("namespace", namespace)) }
    let labelled = arguments.map { "\($0.0): \(SwiftSource.literal($0.1))" }
    return SwiftSource(
      "Overlay(\(labelled.joined(separator: ", ")), spec: \(SwiftSource.json(spec)))")
  }
}

extension Manifest {
  fileprivate var source: SwiftSource {
    SwiftSource("Manifest(yaml: \(SwiftSource.literal(object.json.jsonText())))")
  }
}
