internal import KubeModel
internal import MeshTopology

/// What there is to scrape in a cluster, as the topology says.
struct ScrapeTargets {
  /// The namespaces whose pods have Istio's proxy, and that of Istio's own gateways.
  let meshed: [String]
  /// The namespace of Istio's control plane; `nil` without a mesh.
  let istiod: String?
  /// The workloads outside the mesh that serve measures, by namespace and name. Within the mesh a pod's proxy
  /// serves them together with its own.
  let workloads: [Workload]
  /// The databases of CloudNativePG that serve measures, which are outside the mesh wherever they are.
  let databases: [Database]
  /// The namespace of Velero, when that is not one of the workloads.
  let velero: String?

  init(of topology: Topology, in cluster: Cluster?) {
    let injected = Set(topology.namespaces.filter(\.hasIstioInjection).map(\.name))
    let gateways = topology.serviceMesh.map { $0.ingressGateways.isEmpty ? [] : [$0.namespace] } ?? []
    meshed = (injected.union(gateways)).sorted()
    istiod = injected.isEmpty ? nil : topology.istioNamespace
    var rest = topology
    rest.monitoring = nil
    let all = topology.workloads + Renderer.platform(of: rest, in: cluster).workloads
    // A namespace that is not declared is in the mesh, as a declared one is by default.
    let outside = Set(topology.namespaces.map(\.name)).subtracting(injected)
    let scraped = all.filter { $0.metrics != nil && outside.contains($0.namespace) }
      .sorted { $0.reference < $1.reference }
    workloads = scraped
    databases = topology.databases.filter { $0.form == .cloudNativePG && $0.hasMetrics }.sorted {
      $0.reference < $1.reference
    }
    velero = topology.backup.flatMap { backup in
      scraped.contains { $0.namespace == backup.namespace } ? nil : backup.namespace
    }
  }

  /// The namespaces of `workloads`.
  var namespaces: [String] { Set(workloads.map(\.namespace)).sorted() }

  /// The namespaces of `databases`.
  var databaseNamespaces: [String] { Set(databases.map(\.namespace)).sorted() }

  /// Keeps the databases' servers, which their operator labels in its own way.
  func databaseServers() -> [Relabeling] {
    let servers = databases.map { "\($0.namespace);\($0.name);\(Database.metricsPort)" }
    return [
      .keep(
        [Discovered.namespace, Discovered.database, Discovered.containerPort], servers.joined(separator: "|")),
      Discovered.running, .copy(Discovered.namespace, to: "namespace"), .copy(Discovered.pod, to: "pod"),
      .copy(Discovered.database, to: "database"),
    ]
  }

  /// Keeps Velero, whose measures are at a port of its own.
  static let backups: [Relabeling] =
    [.keep([Discovered.containerPort], "8085"), Discovered.running] + Discovered.podLabels

  /// Keeps the pods of Istio's proxy, once each.
  static let proxies: [Relabeling] =
    [
      .keep([Discovered.container, Discovered.containerPortName], "istio-proxy;http-envoy-prom"),
      Discovered.running,
      // Here the proxy serves its measures together with those of the application.
      .set("__address__", to: "$1:15020", where: [Discovered.podAddress], match: "(.+)"),
    ] + Discovered.podLabels

  /// Keeps the workloads' own endpoints: `NAMESPACE;NAME;PORT`.
  func ownEndpoints() -> [Relabeling] {
    let endpoints = workloads.compactMap { workload in
      workload.metrics.map { "\(workload.namespace);\(workload.name);\($0.port)" }
    }
    var steps = [
      Relabeling.keep(
        [Discovered.namespace, Discovered.app, Discovered.containerPort], endpoints.joined(separator: "|")),
      Discovered.running,
    ]
    for workload in workloads {
      guard let path = workload.metrics?.path, path != "/metrics" else { continue }
      steps.append(
        .set(
          "__metrics_path__", to: path.replacing("$", with: "$$"),
          where: [Discovered.namespace, Discovered.app],
          match: "\(workload.namespace);\(workload.name)"))
    }
    return steps + Discovered.podLabels
  }
}
