internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Makes a workload of each set of pods that is nothing else, and of what others name without declaring it.
  mutating func placeWorkloads() {
    for set in pods where set.role == .workload { placeWorkload(set) }
    for set in pods where set.role == .version {
      keep(
        set.source,
        "a further version of \(set.target.namespace)/\(versionOwner(of: set)), which has one Deployment in the topology: its Service still selects these pods"
      )
    }
    placeAutoscalers()
    placeBudgets()
    placeServices()
    placeAccounts()
    placePermissions()
  }

  private func versionOwner(of set: PodSet) -> String {
    services.first { service in
      let selector = service.value.source?.root["spec", "selector"]?.labels ?? [:]
      return service.key.namespace == set.namespace && !selector.isEmpty
        && selector.allSatisfy { set.labels[$0.key] == $0.value }
    }?.value.target.name ?? set.source.name
  }

  private mutating func placeWorkload(_ set: PodSet) {
    let source = set.source
    guard let container = set.container, let spec = set.spec, let image = container["image"] else {
      keep(source, "it has no container with an image")
      return
    }
    guard let reference = imageReference(image, for: set.target) else {
      keep(source, "\(image.path) is no image at one version")
      return
    }
    var workload = Workload(name: set.target.name, namespace: set.target.namespace, image: reference)
    switch source.kind {
    case "StatefulSet": workload.controller = .statefulSet
    case "DaemonSet": workload.controller = .daemonSet
    default: workload.controller = .deployment
    }
    if let replicas = source.root["spec", "replicas"]?.integer { workload.replicas = replicas }
    readIdentity(spec, container, into: &workload)
    readContainer(container, of: set, into: &workload)
    readPlacement(spec, of: set, into: &workload)
    readVolumes(of: set, into: &workload)
    readOthers(of: set, main: container, into: &workload)
    readAnnotations(of: set, into: &workload)
    takeLabels(of: set)
    workloads[workload.reference] = workload
    place(source, at: workload.reference.workloadPath)
  }

  /// Labels that rendering gives pods itself.
  func takeLabels(of set: PodSet) {
    for path in [
      set.source.root["spec", "selector"], set.source.root["spec", "template", "metadata", "labels"],
      set.source.root["metadata", "labels"], set.source.root["spec", "serviceName"],
      set.source.root["spec", "template", "metadata", "name"],
    ] {
      path?.take()
    }
  }

  /// An image at one version; without one it is `latest`, as for Kubernetes.
  mutating func imageReference(_ part: Part, for target: WorkloadReference) -> ImageReference? {
    guard let text = part.text else { return nil }
    if let image = ImageReference(parsing: text) { return image }
    guard let image = ImageReference(parsing: text + ":latest") else { return nil }
    assume(target.workloadPath + " image", "\(text) names no version, and so is :latest, as for Kubernetes")
    return image
  }

  /// The workload of a name, made up where no manifest declares it.
  ///
  /// - Parameters:
  ///   - witness: what names it.
  ///   - place: where.
  @discardableResult
  mutating func workload(
    inferred reference: WorkloadReference, by witness: String, at place: Place, port: Int? = nil
  ) -> Bool {
    if workloads[reference] == nil {
      guard reference.name.topologyName == reference.name,
        let image = ImageReference(parsing: "example.invalid/\(reference.name):unknown")
      else { return false }
      workloads[reference] = Workload(name: reference.name, namespace: reference.namespace, image: image)
      assume(
        reference.workloadPath,
        "no manifest declares it, but \(witness) at \(place) names it: its image has to be filled in")
    }
    if let port, var workload = workloads[reference],
      !workload.ports.contains(where: { $0.port == port || $0.targetPort == port }),
      isInferred(reference)
    {
      let kind = Importing.protocol(ofPort: port)
      let name = workload.ports.isEmpty && kind == .http ? "http" : "\(kind.rawValue)-\(port)"
      workload.ports.append(Workload.Port(name: name, port: port).with { $0.protocol = kind })
      workloads[reference] = workload
    }
    return true
  }

  /// Whether no manifest declares a workload.
  func isInferred(_ reference: WorkloadReference) -> Bool {
    workloads[reference]?.image.repository.hasPrefix("example.invalid/") ?? false
  }
}
