internal import KubeModel

/// The documents of a topology by what they are: those that declare, those that lay something over others in
/// one environment, and objects that are kept as they are.
struct TopologyText {
  /// What holds everywhere.
  private(set) var documents: [Document] = []
  /// What holds in one environment.
  private(set) var overlays: [Document] = []
  /// Objects that are kept as they are.
  var objects: [SourceNode] = []

  mutating func add(_ document: Document) {
    if document.environment == nil { documents.append(document) } else { overlays.append(document) }
  }

  /// The environments that have overlays, in the order of writing.
  var overlaidEnvironments: [String] {
    var seen: Set<String> = []
    return overlays.compactMap { $0.environment?.name }.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// The documents with the defaults below their specs and the overlays of `environment` above.
  func documents(in environment: String?, reading: Reading) -> [Document] {
    let defaults = documents.filter { $0.kind == .defaults }
    let overlays = Dictionary(
      grouping: overlays.filter { environment != nil && $0.environment?.name == environment }, by: \.identity)
    return documents.map { document in
      var node = document.spec?.node
      if document.kind == .workload {
        // Those of the namespace lie over those of all.
        for wanted in [document.namespace, nil] {
          for lower in defaults where lower.spec?.node["namespace"]?.json.string == wanted {
            guard let base = lower.spec?.node["workload"] else { continue }
            node = node?.merged(over: base) ?? base
          }
        }
      }
      for overlay in overlays[document.identity] ?? [] {
        guard let upper = overlay.spec?.node else { continue }
        node = node.map { upper.merged(over: $0) } ?? upper
      }
      return document.with(spec: node, reading: reading)
    }
  }

  /// What is found in the topology as it is in `environment`.
  func reading(in environment: String, directory: Directory) -> Reading {
    let reading = Reading()
    reading.directory = directory
    Declarations(documents: documents(in: environment, reading: reading), reading: reading).check()
    return reading
  }
}

extension Overlay {
  /// What a document lays over another; `nil` when it is none.
  init?(_ document: Document) {
    guard let environment = document.environment?.name else { return nil }
    self.init(
      environment: environment, kind: document.kind.rawValue, name: document.name,
      namespace: document.kind.isNamespaced ? document.namespace : nil, spec: document.spec?.node.json ?? [:])
  }
}
