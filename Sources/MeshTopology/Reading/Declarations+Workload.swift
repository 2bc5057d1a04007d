extension Declarations {
  /// Reads the spec of a Workload document.
  mutating func readWorkload(_ document: Document, reading: Reading) {
    checkIdentity(document, reading: reading)
    let reference = WorkloadReference(namespace: document.namespace, name: document.name)
    var found: [DeclaredCall] = []
    let workload = document.readSpec(example: "{image: …}", reading: reading) { spec -> Workload? in
      let image = spec.required("image", example: "gcr.io/project/user-service:1.4.2")?.image()
      // The rest is read all the same, so that all its problems are found.
      var workload = Workload(
        name: document.name, namespace: document.namespace, image: image ?? .unreadable)
      if !workload.readParts(spec) { partialWorkloads.insert(reference) }
      found = readCalls(spec["calls"], caller: reference)
      workload.calls = found.map(\.call)
      return image == nil ? nil : workload
    }
    calls += found
    if let workload { workloads.append(workload) }
  }

  private func checkIdentity(_ document: Document, reading: Reading) {
    if Workload.reservedNames.contains(document.name) {
      reading.report(
        .invalidName,
        "no workload can be called \(document.name): meshctl rollout \(document.name) means a subcommand",
        at: document.nameSpot, remedy: "choose a name such as \(document.name)-service")
    }
    if !document.namespace.isEmpty, !isDeclared(.namespace, document.namespace) {
      reading.reportUnknown(
        "namespace", document.namespace, at: document.namespaceSpot, known: names(of: .namespace),
        remedy: "add a document of kind Namespace called \(document.namespace)")
    }
  }
}
