internal import KubeModel

/// What the documents declare: first their names, then what their specs say.
struct Declarations {
  private let documents: [Document]
  private let unreadable: Set<DocumentKind>
  private var names: [DocumentKind: [String]] = [:]
  /// Where each document's name stands, by its identity.
  private var spots: [[String]: Spot] = [:]
  /// All declared workloads, sorted, be their specs right or wrong.
  private(set) var allWorkloads: [WorkloadReference] = []

  /// The system; its lists are filled in `topology`.
  var system: Topology?
  var networks: [Network] = []
  var namespaces: [Namespace] = []
  var clusters: [Cluster] = []
  var workloads: [Workload] = []
  var environments: [Environment] = []
  /// The calls, which are checked once all workloads are known.
  var calls: [DeclaredCall] = []
  /// The networks whose subnets could not all be read, and the workloads whose ports could not.
  var partialNetworks: Set<String> = []
  var partialWorkloads: Set<WorkloadReference> = []
  /// The address ranges, which are checked against each other.
  var ranges: [DeclaredRange] = []

  /// Takes in the names of `documents`, reporting those that stand twice.
  init(documents: [Document], files: [TopologyFile], reading: Reading) {
    self.documents = documents
    unreadable = reading.unreadable
    for document in documents where document.isNamed {
      if let earlier = spots[document.identity] {
        reading.report(
          .duplicate,
          "\(document.spot.document) is declared twice, first at \(earlier.place)", at: document.nameSpot,
          remedy: "rename or remove one of the two")
        continue
      }
      spots[document.identity] = document.nameSpot
      names[document.kind, default: []].append(document.name)
      if document.kind == .workload {
        allWorkloads.append(WorkloadReference(namespace: document.namespace, name: document.name))
      }
    }
    allWorkloads.sort()
    checkOneTopology(files: files, reading: reading)
  }

  /// The names of the documents of `kind`.
  func names(of kind: DocumentKind) -> [String] { names[kind] ?? [] }

  /// Whether a document of `kind` is declared, be its spec right or wrong, or may be.
  func isDeclared(_ kind: DocumentKind, _ name: String, namespace: String = "") -> Bool {
    unreadable.contains(kind) || spots[[kind.rawValue, namespace, name]] != nil
  }

  /// Whether a workload is declared, be its spec right or wrong, or may be.
  func isDeclared(_ workload: WorkloadReference) -> Bool {
    isDeclared(.workload, workload.name, namespace: workload.namespace)
  }

  /// Reads the specs, those that others refer to first.
  mutating func readSpecs(reading: Reading) {
    for kind in DocumentKind.allCases {
      for document in documents where document.kind == kind {
        switch kind {
        case .topology: readSystem(document, reading: reading)
        case .network: readNetwork(document, reading: reading)
        case .namespace: readNamespace(document, reading: reading)
        case .cluster: readCluster(document, reading: reading)
        case .workload: readWorkload(document, reading: reading)
        case .environment: readEnvironment(document, reading: reading)
        }
      }
    }
  }

  /// The whole topology, with sorted lists.
  var topology: Topology? {
    guard var topology = system else { return nil }
    topology.networks = networks.sorted { $0.name < $1.name }
    topology.namespaces = namespaces.sorted { $0.name < $1.name }
    topology.clusters = clusters.sorted { $0.name < $1.name }
    topology.workloads = workloads.sorted { $0.reference < $1.reference }
    topology.environments = environments.sorted { $0.name < $1.name }
    return topology
  }

  private func checkOneTopology(files: [TopologyFile], reading: Reading) {
    let systems = documents.filter { $0.kind == .topology }
    if systems.isEmpty, !unreadable.contains(.topology) {
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
