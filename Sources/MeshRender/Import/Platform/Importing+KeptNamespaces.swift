internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Declares the namespaces of objects that are kept, where no manifest makes them. Nothing is known of their rules,
  /// so they get none.
  mutating func declareKeptNamespaces() {
    let kept = result.kept.map(\.object).filter { $0.kind != "Secret" }
    var known = Set(topology.namespaces.map(\.name))
    known.formUnion(kept.filter { $0.kind == "Namespace" }.map(\.name))
    known.insert(topology.istioNamespace)
    for name in Set(kept.compactMap(\.namespace)).sorted()
    where !known.contains(name) && !Manifest.isSystemNamespace(name) {
      topology.namespaces.append(
        Namespace(name: name).with {
          $0.podSecurity = .privileged
          $0.hasIstioInjection = false
        })
      assume("Namespace/\(name)", Importing.withoutRules)
    }
  }

  /// Takes them out again where nothing is kept after all.
  mutating func removeEmptyNamespaces() {
    let used = Set(topology.manifests.compactMap(\.object.namespace))
    let made = result.assumptions.filter { $0.message == Importing.withoutRules }
    let empty = made.filter { !used.contains(String($0.path.dropFirst("Namespace/".count))) }
    topology.namespaces.removeAll { namespace in empty.contains { $0.path == "Namespace/\(namespace.name)" } }
    result.assumptions.removeAll(where: empty.contains)
  }

  private static let withoutRules = "no manifest makes it, though some are in it: it has no rules"
}
