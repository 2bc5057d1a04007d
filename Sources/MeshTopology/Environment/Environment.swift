/// Which real or embedded clusters stand for the declared ones.
public struct Environment: TopologyValue {
  /// The name.
  public var name: String
  /// The clusters it has, by name; a declared cluster that is missing is not part of it.
  public var clusters: [BoundCluster] = []
  /// What the embedded clusters simulate; no traffic by default.
  public var simulation: Simulation?

  /// An environment with `clusters`, none by default.
  public init(name: String, clusters: [BoundCluster] = []) {
    self.name = name
    self.clusters = clusters
  }

  /// Where the cluster called `name` is to be found.
  public func access(to name: String) -> ClusterAccess? {
    clusters.first { $0.cluster == name }?.access
  }
}

extension Environment: Formed {
  static let form = Form(
    "Environment", "Which real or embedded clusters stand for the declared ones.", blank: Self(name: "")
  ) {
    FormField.required(
      "clusters", \.clusters, BoundCluster.map, example: "{NAME: {kind: embedded}}",
      "The clusters it has, by name. A declared cluster that is missing is not part of it.")
    FormField.optional("simulation", \.simulation, .form, "What the embedded clusters simulate.")
  }.checked { environment, section in
    if environment.simulation != nil, !environment.clusters.contains(where: { $0.access == .embedded }) {
      section["simulation"]?.report(
        .contradiction, "a simulation, but no cluster of this environment is embedded",
        remedy: "remove it, or give a cluster kind: embedded")
    }
  }
}
