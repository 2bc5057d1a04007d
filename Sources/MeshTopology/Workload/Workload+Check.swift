internal import KubeModel

extension Workload {
  /// Reports what is right alone and wrong together within one workload.
  func check(_ section: Section) {
    checkScaling(section)
    checkPorts(section)
    checkVolumes(section)
    checkContainers(section)
  }

  private func checkScaling(_ section: Section) {
    if autoscaling != nil {
      section["replicas"]?.report(
        .contradiction, "replicas beside autoscaling: the autoscaler decides how many pods there are",
        remedy: "remove replicas, and set autoscaling.min")
      if resources == nil {
        section["autoscaling"]?.report(
          .contradiction, "autoscaling without resources: use is measured in percent of what a pod requests",
          remedy: "add resources with cpu and memory")
      }
      for (index, sidecar) in sidecars.enumerated() where sidecar.resources == nil {
        section.reading.report(
          .contradiction,
          "autoscaling, but the sidecar \(sidecar.name) requests nothing to measure its use by",
          at: section.spot("sidecars", .index(index)), remedy: "add resources to it")
      }
    }
    if let least = disruption?.minAvailable, least >= autoscaling?.min ?? replicas {
      section.reading.report(
        .contradiction,
        "\(least) of \(autoscaling?.min ?? replicas) pods must stay, so no node that has one can be drained",
        at: section.spot("disruption", "minAvailable"), remedy: "lower it, or write maxUnavailable: 1")
    }
    if controller == .daemonSet {
      for key in ["replicas", "autoscaling", "disruption"] {
        section[key]?.report(
          .contradiction, "\(key) of a DaemonSet, which has one pod on each node", remedy: "remove \(key)")
      }
    }
    if controller != .deployment {
      section["rollout"]?.report(
        .contradiction, "a rollout of a \(controller.rawValue), which cannot have a canary beside it",
        remedy: "remove rollout, or write controller: deployment")
    }
  }

  private func checkPorts(_ section: Section) {
    if let health {
      if case .name(let name) = health.port, !ports.contains(where: { $0.name == name }) {
        section.reading.reportUnknown(
          "port", name, at: section.spot("health", "port"), known: ports.map(\.name),
          remedy: "declare it under ports, or give a number")
      }
      if health.port == nil, ports.isEmpty {
        section.reading.report(
          .contradiction, "a health check without a port to ask",
          at: section.keySpot("health"), remedy: "add port:, or declare ports")
      }
    }
    if isExposed, ports.isEmpty {
      section["exposed"]?.report(.contradiction, "exposed, but without any port", remedy: "declare ports")
    }
    guard !hasRoutedPort else { return }
    let remedy = "declare a port with protocol http, http2 or grpc"
    section["rollout"]?.report(
      .contradiction, "a rollout shifts HTTP requests, but no port speaks HTTP", remedy: remedy)
    guard let node = section["traffic"]?.node else { return }
    for key in ["subsets", "headerRoutes", "timeout", "retries", "mirror", "faults"] where node[key] != nil {
      section.reading.report(
        .contradiction, "\(key) of traffic are about HTTP requests, but no port speaks HTTP",
        at: section.spot("traffic", .key(key)), remedy: remedy)
    }
  }

  private func checkVolumes(_ section: Section) {
    for (index, volume) in volumes.enumerated() where volume.kind == .persistent && controller != .statefulSet
    {
      section.reading.report(
        .contradiction, "a persistent volume of a \(controller.rawValue), whose pods would have to share it",
        at: section.spot("volumes", .index(index), "kind"), remedy: "write controller: statefulSet")
    }
    var mounts: [String: String] = [:]
    let all =
      files.enumerated().map { ("files", $0.offset, $0.element.path) }
      + secrets.enumerated().map { ("secrets", $0.offset, $0.element.path) }
      + volumes.enumerated().map { ("volumes", $0.offset, $0.element.path) }
    for (list, index, path) in all {
      if let earlier = mounts[path], earlier != list {
        section.reading.report(
          .duplicate, "\(path) is a path of \(earlier) already",
          at: section.spot(.key(list), .index(index), "path"),
          remedy: "choose another path")
      }
      mounts[path] = list
    }
  }

  private func checkContainers(_ section: Section) {
    var names: Set<String> = [name]
    for (list, containers) in [("initContainers", initContainers), ("sidecars", sidecars)] {
      for (index, container) in containers.enumerated() where !names.insert(container.name).inserted {
        section.reading.report(
          .duplicate, "another container of the workload is called \(container.name)",
          at: section.spot(.key(list), .index(index), "name"), remedy: "choose another name")
      }
    }
  }
}
