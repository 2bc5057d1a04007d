import KubeModel

/// Where requests to one Service go at the moment.
struct ServiceRoutes {
  /// The pods of one version behind a destination.
  struct Group {
    let series: TrafficModel.SeriesKey
    let image: String
    var readyPods: Int
  }

  /// One weighted destination; without groups, requests to it fail.
  struct Destination {
    let weight: Int
    let groups: [Group]
  }

  let destinations: [Destination]

  /// Reads the routes of all Services from the objects: the VirtualService of the host decides the
  /// weights, the DestinationRule the labels of subsets, readiness the pods.
  static func all(in store: ObjectStore) -> [ServiceName: ServiceRoutes] {
    let virtualServices = store.list(.virtualService)
    let rules = store.list(.destinationRule)
    let pods = store.list(.pod).filter(\.isReadyPod).map { (object: $0, labels: $0.labels) }
    var routes: [ServiceName: ServiceRoutes] = [:]
    for service in store.list(.service) {
      let name = ServiceName(namespace: service.namespace ?? "", name: service.name)
      let selector = service[path: "spec", "selector"]?.object?.members ?? []
      guard !selector.isEmpty else { continue }
      let members = pods.filter { pod in
        pod.object.namespace == name.namespace
          && selector.allSatisfy { pod.labels[$0.key] == $0.value.string }
      }
      let virtual = virtualServices.first { $0.routes(to: name) }
      let rule = rules.first { name.isHost($0[path: "spec", "host"]?.string ?? "", in: $0.namespace ?? "") }
      let written = virtual?.defaultDestinations ?? [(subset: nil, weight: 100)]
      routes[name] = ServiceRoutes(
        destinations: written.map { destination in
          let labels = destination.subset.map { rule?.labels(ofSubset: $0) } ?? .some([:])
          guard let labels else { return Destination(weight: destination.weight, groups: []) }
          let selected = members.filter { pod in labels.allSatisfy { pod.labels[$0.key] == $0.value } }
          return Destination(weight: destination.weight, groups: grouped(selected, namespace: name.namespace))
        })
    }
    return routes
  }

  private static func grouped(_ pods: [(object: KubeObject, labels: [String: String])], namespace: String)
    -> [Group]
  {
    var groups: [TrafficModel.SeriesKey: Group] = [:]
    for pod in pods {
      let image = Kubelet.image(of: pod.object)
      let hash = pod.labels[DeploymentController.hashLabel] ?? ""
      var workload = pod.object.controllerReference?["name"]?.string ?? pod.object.name
      if !hash.isEmpty, workload.hasSuffix("-\(hash)") { workload.removeLast(hash.count + 1) }
      let key = TrafficModel.SeriesKey(namespace: namespace, workload: workload, version: image)
      groups[key, default: Group(series: key, image: image, readyPods: 0)].readyPods += 1
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension ServiceName {
  /// Whether a host name in Istio's configuration of `namespace` means this Service.
  fileprivate func isHost(_ host: String, in namespace: String) -> Bool {
    host.contains(".")
      ? host == "\(name).\(self.namespace).svc.cluster.local" : host == name && namespace == self.namespace
  }
}

extension KubeObject {
  fileprivate func routes(to service: ServiceName) -> Bool {
    (self[path: "spec", "hosts"]?.array ?? []).contains {
      service.isHost($0.string ?? "", in: namespace ?? "")
    }
  }

  /// The destinations of the first route without a match: what requests without special headers take.
  fileprivate var defaultDestinations: [(subset: String?, weight: Int)] {
    let routes = self[path: "spec", "http"]?.array ?? []
    let route = routes.first { $0["match"]?.array?.isEmpty ?? true }
    let destinations = route?["route"]?.array ?? []
    return destinations.map { destination in
      let weight = destinations.count == 1 ? 100 : Int(destination["weight"]?.int ?? 0)
      return (destination[path: "destination", "subset"]?.string, weight)
    }
  }

  fileprivate func labels(ofSubset name: String) -> [String: String]? {
    let subsets = self[path: "spec", "subsets"]?.array ?? []
    guard let subset = subsets.first(where: { $0["name"]?.string == name }) else { return nil }
    return subset["labels"]?.stringMap ?? [:]
  }
}
