internal import KubeModel

/// A part of a topology that has a document of its own.
public protocol TopologyPart: TopologyValue {
  /// Adds the part to a topology.
  func add(to topology: inout Topology)
}

/// Lists the parts of a topology, with `if` and `for` where wanted.
@resultBuilder
public enum TopologyBuilder {
  public static func buildExpression(_ part: any TopologyPart) -> [any TopologyPart] { [part] }
  public static func buildExpression(_ parts: [any TopologyPart]) -> [any TopologyPart] { parts }
  public static func buildBlock(_ parts: [any TopologyPart]...) -> [any TopologyPart] {
    parts.flatMap(\.self)
  }
  public static func buildOptional(_ parts: [any TopologyPart]?) -> [any TopologyPart] { parts ?? [] }
  public static func buildEither(first parts: [any TopologyPart]) -> [any TopologyPart] { parts }
  public static func buildEither(second parts: [any TopologyPart]) -> [any TopologyPart] { parts }
  public static func buildArray(_ parts: [[any TopologyPart]]) -> [any TopologyPart] { parts.flatMap(\.self) }
}

extension Topology {
  /// The topology with further parts.
  ///
  /// Nothing is checked here: `validated()` says what is wrong.
  public func adding(@TopologyBuilder _ parts: () -> [any TopologyPart]) -> Topology {
    var topology = self
    for part in parts() { part.add(to: &topology) }
    topology.sortParts()
    return topology
  }

  /// The topology, read anew from what it would be written as, so that the same rules hold for what is
  /// written in Swift and in YAML.
  ///
  /// - Parameter file: the name that places carry; line and column count in `yamlText()`.
  /// - Throws: everything that is wrong with it.
  public func validated(file: String = "topology.yaml") throws(TopologyProblems) -> Topology {
    try TopologyReader().read(files: [TopologyFile(path: file, bytes: Array(yamlText().utf8))])
  }

  private mutating func sortParts() {
    for kind in DocumentKind.allCases.dropFirst() { sort(kind.type) }
    manifests.sort { $0.object.reference < $1.object.reference }
  }

  private mutating func sort<Value: DocumentValue>(_ type: Value.Type) {
    type.put(type.all(in: self), into: &self)
  }
}

extension Network: TopologyPart {
  public func add(to topology: inout Topology) { topology.networks.append(self) }
}

extension Cluster: TopologyPart {
  public func add(to topology: inout Topology) { topology.clusters.append(self) }
}

extension Namespace: TopologyPart {
  public func add(to topology: inout Topology) { topology.namespaces.append(self) }
}

extension Workload: TopologyPart {
  public func add(to topology: inout Topology) { topology.workloads.append(self) }
}

extension Environment: TopologyPart {
  public func add(to topology: inout Topology) { topology.environments.append(self) }
}

extension ServiceMesh: TopologyPart {
  public func add(to topology: inout Topology) { topology.serviceMesh = self }
}

extension ExternalService: TopologyPart {
  public func add(to topology: inout Topology) { topology.externalServices.append(self) }
}

extension Gateway: TopologyPart {
  public func add(to topology: inout Topology) { topology.gateways.append(self) }
}

extension RedisCluster: TopologyPart {
  public func add(to topology: inout Topology) { topology.redisClusters.append(self) }
}

extension Database: TopologyPart {
  public func add(to topology: inout Topology) { topology.databases.append(self) }
}

extension Tracing: TopologyPart {
  public func add(to topology: inout Topology) { topology.tracing = self }
}

extension Monitoring: TopologyPart {
  public func add(to topology: inout Topology) { topology.monitoring = self }
}

extension Logging: TopologyPart {
  public func add(to topology: inout Topology) { topology.logging = self }
}

extension Backup: TopologyPart {
  public func add(to topology: inout Topology) { topology.backup = self }
}

extension Overlay: TopologyPart {
  public func add(to topology: inout Topology) { topology.overlays.append(self) }
}

extension Manifest: TopologyPart {
  public func add(to topology: inout Topology) { topology.manifests.append(self) }
}
