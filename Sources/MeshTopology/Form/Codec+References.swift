internal import KubeModel

extension Codec where Value == String {
  /// The name of a declared document.
  static func name(of kind: DocumentKind) -> Codec {
    Codec.name(kind.nameRule).verified { name, field in
      if !field.reading.directory.isDeclared(kind, name) {
        field.reportUnknown(
          kind.words, name, known: field.reading.directory.names(of: kind),
          remedy: "add a document of kind \(kind.rawValue) called \(name)")
      }
      return true
    }
  }

  /// The name of a declared region.
  static var region: Codec {
    Codec.name(.label).verified { name, field in
      let known = field.reading.directory.regions
      // Without regions the Topology document is to blame, and has been.
      if !known.isEmpty, !known.contains(name) {
        field.reportUnknown(
          "region", name, known: known, remedy: "the Topology declares \(alternatives(known, last: "and"))")
      }
      return true
    }
  }
}

extension Codec where Value == WorkloadReference {
  /// Something that can be called: `NAME` in the namespace of the document, or `NAMESPACE/NAME`.
  static var callee: Codec {
    Codec<WorkloadReference>(
      read: { $0.workloadReference(namespace: $0.reading.namespace) },
      write: { .scalar(.string($0.description)) },
      source: { SwiftSource(SwiftSource.literal($0.description)) },
      shape: { .special(words: "NAME, or NAMESPACE/NAME in another namespace", pattern: nil) }
    ).verified { target, field in
      let directory = field.reading.directory
      if !directory.isCallable(target) {
        field.report(
          .unknownReference, "there is no workload \(target.name) in the namespace \(target.namespace)",
          remedy: directory.nearestCallable(to: target, from: field.reading.namespace).map {
            "did you mean \($0)?"
          }
            ?? "declare a Workload of that name")
      }
      return true
    }
  }
}

extension Field {
  /// Reads `name` or `namespace/name`.
  func workloadReference(namespace: String) -> WorkloadReference? {
    guard let text = text() else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let reference = WorkloadReference(
      namespace: parts.count == 2 ? parts[0] : namespace, name: parts.last ?? "")
    guard parts.count <= 2, parts.allSatisfy(NameRule.label.allows) else {
      report(
        .invalidValue, "\(shown(text)) is not the name of a workload",
        remedy: "write NAME, or NAMESPACE/NAME for a workload in another namespace")
      return nil
    }
    return reference
  }
}
