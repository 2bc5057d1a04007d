internal import KubeModel

extension TopologyText {
  /// Reports what is wrong between the headers of documents.
  func checkHeaders(files: [TopologyFile], reading: Reading) {
    checkNamespaces(reading: reading)
    checkSingles(reading: reading)
    checkOverlays(reading: reading)
    checkTopology(files: files, reading: reading)
  }

  private func checkNamespaces(reading: Reading) {
    let directory = reading.directory
    for document in documents where document.kind.isNamespaced && !document.namespace.isEmpty {
      guard !directory.isDeclared(.namespace, document.namespace) else { continue }
      reading.reportUnknown(
        "namespace", document.namespace, at: document.namespaceSpot, known: directory.names(of: .namespace),
        remedy: "add a document of kind Namespace called \(document.namespace)")
    }
  }

  private func checkSingles(reading: Reading) {
    for kind in DocumentKind.allCases where kind.isSingle && kind != .topology {
      let all = documents.filter { $0.kind == kind }
      for document in all.dropFirst() where document.identity != all[0].identity {
        reading.report(
          .duplicate, "a second \(kind.rawValue); the first stands at \(all[0].nameSpot.place)",
          at: document.nameSpot, remedy: "keep one: a system has one at most")
      }
    }
  }

  private func checkOverlays(reading: Reading) {
    let directory = reading.directory
    for overlay in overlays where overlay.isNamed {
      guard let environment = overlay.environment, !environment.name.isEmpty else { continue }
      if [.environment, .defaults].contains(overlay.kind) {
        reading.report(
          .contradiction, "a document of kind \(overlay.kind.rawValue) cannot differ between environments",
          at: environment.spot, remedy: "remove metadata.environment")
        continue
      }
      if !directory.isDeclared(.environment, environment.name) {
        reading.reportUnknown(
          "environment", environment.name, at: environment.spot, known: directory.names(of: .environment),
          remedy: "add a document of kind Environment called \(environment.name)")
      }
      if !directory.isDeclared(
        overlay.kind, overlay.name, namespace: overlay.kind.isNamespaced ? overlay.namespace : "")
      {
        reportBaseless(overlay, reading: reading)
      }
    }
  }

  /// Reports an overlay over nothing; the document may have the same name in another namespace.
  private func reportBaseless(_ overlay: Document, reading: Reading) {
    let namesakes = documents.filter { $0.kind == overlay.kind && $0.name == overlay.name }
    guard overlay.kind.isNamespaced, !namesakes.isEmpty else {
      reading.reportUnknown(
        overlay.kind.words, overlay.name, at: overlay.nameSpot,
        known: reading.directory.names(of: overlay.kind),
        remedy: "declare it without metadata.environment first: an overlay says what is different")
      return
    }
    reading.report(
      .unknownReference,
      "there is no \(overlay.kind.words) \(overlay.name) in the namespace \(overlay.namespace)",
      at: overlay.namespaceSpot,
      remedy: "write namespace: \(alternatives(Set(namesakes.map(\.namespace)).sorted()))")
  }

  private func checkTopology(files: [TopologyFile], reading: Reading) {
    let systems = documents.filter { $0.kind == .topology }
    if systems.isEmpty, !reading.directory.unreadable.contains(.topology) {
      let start = Place(file: files.first?.path ?? "topology", line: 1, column: 1)
      reading.report(
        .missingTopology, "no document of kind Topology declares the system", at: Spot(place: start),
        remedy: "add one with the system's name and regions")
    }
    for document in systems.dropFirst() where document.name != systems.first?.name {
      reading.report(
        .duplicate, "a second Topology; the first stands at \(systems[0].nameSpot.place)",
        at: document.nameSpot, remedy: "keep one: a topology describes one system")
    }
  }
}
