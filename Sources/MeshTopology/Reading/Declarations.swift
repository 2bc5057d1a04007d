/// What the documents declare, read kind by kind.
struct Declarations {
  let reading: Reading
  private let documents: [Document]
  private(set) var topology: Topology?
  private var declared: [DocumentKind: [Any]] = [:]

  /// Reads all specs of `documents`, which are already known by name.
  init(documents: [Document], reading: Reading) {
    self.reading = reading
    self.documents = documents
    var topology = Topology(name: "")
    for kind in DocumentKind.allCases { read(kind.type, into: &topology) }
    self.topology = all(Topology.self).isEmpty ? nil : topology
  }

  /// The values of one type, each with its document.
  func all<Value: DocumentValue>(_ type: Value.Type) -> [Declared<Value>] {
    declared[type.kind] as? [Declared<Value>] ?? []
  }

  /// The values of one type whose documents could all be read.
  func sound<Value: DocumentValue>(_ type: Value.Type) -> [Declared<Value>] {
    all(type).filter(\.isSound)
  }

  private mutating func read<Value: DocumentValue>(_ type: Value.Type, into topology: inout Topology) {
    let read = documents.filter { $0.kind == type.kind }.compactMap { $0.read(type, reading: reading) }
    declared[type.kind] = read
    type.put(read.map(\.value), into: &topology)
    // Where a region could not be read, that one is not declared cannot be said.
    if type.kind == .topology, read.allSatisfy(\.isSound) {
      reading.directory.regions = topology.regions.map(\.name)
    }
  }
}
