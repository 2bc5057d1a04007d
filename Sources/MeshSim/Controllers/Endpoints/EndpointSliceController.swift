import KubeModel
import Seams

/// Keeps the EndpointSlices of Services: at most 100 endpoints each, one set for each combination of ports.
enum EndpointSliceController {
  static let serviceLabel = "kubernetes.io/service-name"
  static let managedByLabel = "endpointslice.kubernetes.io/managed-by"
  static let manager = "endpointslice-controller.k8s.io"
  private static let most = 100
  private static let source = "endpoint-slice-controller"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let service = state.store.get(.service, key) else { return }
    let own = state.store.dependants(of: service.uid, kind: .endpointSlice)
      .filter { $0.labels[managedByLabel] == manager }
    guard service[path: "spec", "selector"]?.object?.isEmpty == false,
      service[path: "spec", "type"]?.string != "ExternalName", service.deletionTimestamp == nil
    else { return }
    let pods = state.store.list(.pod, namespace: key.namespace).filter { EndpointForm.selects(service, $0) }
    let nodes = Dictionary(state.store.list(.node).map { ($0.name, $0) }) { first, _ in first }
    for family in families(of: service) {
      let endpoints = pods.compactMap { pod in
        EndpointForm.endpoint(
          pod, of: service, node: pod.nodeName.flatMap { nodes[$0] }, isIPv6: family == "IPv6")
      }
      let slices = own.filter { $0.fields["addressType"]?.string == family }
      write(endpoints, of: service, family, over: slices, in: &state)
    }
    for slice in own where !families(of: service).contains(slice.fields["addressType"]?.string ?? "") {
      state.delete(.endpointSlice, slice.key, manager: nil)
    }
  }

  private static func families(of service: KubeObject) -> [String] {
    let families = (service[path: "spec", "ipFamilies"]?.array ?? []).compactMap(\.string)
    return families.isEmpty ? ["IPv4"] : families
  }

  private static func write(
    _ endpoints: [EndpointForm.Endpoint], of service: KubeObject, _ family: String, over slices: [KubeObject],
    in state: inout ClusterState
  ) {
    var groups: [(ports: JSONValue, values: [JSONValue])] = []
    for endpoint in endpoints {
      if let index = groups.firstIndex(where: { $0.ports == endpoint.ports }) {
        groups[index].values.append(endpoint.value)
      } else {
        groups.append((endpoint.ports, [endpoint.value]))
      }
    }
    if groups.isEmpty { groups = [(.null, [])] }
    var free = slices.sorted { $0.name < $1.name }
    for group in groups {
      var mine = free.filter { ($0.fields["ports"] ?? .null) == group.ports }
      if mine.isEmpty, groups.count == 1 { mine = Array(free.prefix(1)) }
      free.removeAll { slice in mine.contains { $0.uid == slice.uid } }
      for (slice, values) in fill(mine, with: group.values) {
        store(slice, of: service, family, endpoints: values, ports: group.ports, in: &state)
      }
    }
    for slice in free { state.delete(.endpointSlice, slice.key, manager: nil) }
  }

  /// Leaves endpoints in the slices where they are, fills up these, and opens new ones for the rest.
  private static func fill(_ slices: [KubeObject], with values: [JSONValue]) -> [(KubeObject?, [JSONValue])] {
    func identity(_ endpoint: JSONValue) -> String { endpoint[path: "targetRef", "uid"]?.string ?? "" }
    var rest = values
    var filled: [(KubeObject?, [JSONValue])] = slices.map { slice in
      let known = Set((slice.fields["endpoints"]?.array ?? []).map(identity))
      let kept = rest.filter { known.contains(identity($0)) }
      rest.removeAll { known.contains(identity($0)) }
      return (slice, kept)
    }
    for index in filled.indices where !rest.isEmpty {
      let room = max(0, most - filled[index].1.count)
      filled[index].1 += rest.prefix(room)
      rest = Array(rest.dropFirst(room))
    }
    while !rest.isEmpty {
      filled.append((nil, Array(rest.prefix(most))))
      rest = Array(rest.dropFirst(most))
    }
    return filled.isEmpty ? [(nil, [])] : filled
  }

  private static func store(
    _ slice: KubeObject?, of service: KubeObject, _ family: String, endpoints: [JSONValue], ports: JSONValue,
    in state: inout ClusterState
  ) {
    var changed = slice ?? KubeObject(kind: .endpointSlice, namespace: service.namespace, name: "")
    var labels = service.labels.filter { !$0.key.hasPrefix("endpointslice.kubernetes.io/") }
    labels[serviceLabel] = service.name
    labels[managedByLabel] = manager
    labels["service.kubernetes.io/headless"] = service[path: "spec", "clusterIP"]?.string == "None" ? "" : nil
    changed.labels = labels
    changed.setOwnerReferences([OwnerReference.controller(service)])
    changed.fields["addressType"] = .string(family)
    changed.fields["endpoints"] = .array(hinted(endpoints, for: service))
    changed.fields["ports"] = ports
    if let trigger = state.controllers.endpointTriggers[service.key] {
      changed.annotations["endpoints.kubernetes.io/last-change-trigger-time"] = trigger
    }
    guard let slice else {
      changed.set("metadata", "generateName", to: .string(service.name + "-"))
      changed.set("metadata", "generation", to: 1)
      repeat {
        changed.name = "\(service.name)-\(state.newNameSuffix())"
      } while state.store.contains(.endpointSlice, changed.key)
      state.create(changed, kind: .endpointSlice, manager: nil)
      return
    }
    let differs = ["endpoints", "ports"].contains { slice.fields[$0] != changed.fields[$0] }
    guard differs || slice.labels != changed.labels else { return }
    if differs { changed.set("metadata", "generation", to: .int(slice.generation + 1)) }
    state.update(changed, kind: .endpointSlice, manager: nil)
  }

  /// Hints keep traffic in its zone, for Services that prefer it.
  private static func hinted(_ endpoints: [JSONValue], for service: KubeObject) -> [JSONValue] {
    let preference = service[path: "spec", "trafficDistribution"]?.string
    guard let preference, preference.hasPrefix("Prefer") else { return endpoints }
    return endpoints.map { endpoint in
      guard endpoint[path: "conditions", "ready"]?.bool == true, let zone = endpoint["zone"] else {
        return endpoint
      }
      var hints: JSONValue = ["forZones": [["name": zone]]]
      if preference == "PreferSameNode", let node = endpoint["nodeName"] {
        hints["forNodes"] = [["name": node]]
      }
      var endpoint = endpoint
      endpoint["hints"] = hints
      return endpoint
    }
  }
}
