import KubeModel
import Seams

/// Keeps the older Endpoints of Services with a selector, and mirrors those that clients wrote into EndpointSlices.
enum EndpointsController {
  private static let managed = "endpoints.kubernetes.io/managed-by"
  private static let mirroring = "endpointslicemirroring-controller.k8s.io"
  private static let skip = "endpointslice.kubernetes.io/skip-mirror"
  private static let most = 1_000

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let service = state.store.get(.service, key) else { return removeMirrors(of: key, in: &state) }
    let hasSelector = service[path: "spec", "selector"]?.object?.isEmpty == false
    guard hasSelector, service[path: "spec", "type"]?.string != "ExternalName" else {
      return mirror(key, service, in: &state)
    }
    let pods = state.store.list(.pod, namespace: key.namespace).filter { EndpointForm.selects(service, $0) }
    let subsets = subsets(of: pods, service)
    let live = state.store.get(.endpoints, key)
    var endpoints = live ?? KubeObject(kind: .endpoints, namespace: key.namespace, name: key.name)
    var labels = service.labels
    labels[managed] = "endpoint-controller"
    if service[path: "spec", "clusterIP"]?.string == "None" { labels["service.kubernetes.io/headless"] = "" }
    endpoints.labels = labels
    endpoints.fields["subsets"] = subsets.isEmpty ? nil : .array(subsets)
    if let live {
      guard live != endpoints else { return }
      state.update(endpoints, kind: .endpoints, manager: nil)
    } else {
      state.create(endpoints, kind: .endpoints, manager: nil)
    }
  }

  /// One subset for each combination of ports, with ready and unready addresses apart.
  private static func subsets(of pods: [KubeObject], _ service: KubeObject) -> [JSONValue] {
    var groups: [(ports: JSONValue, ready: [JSONValue], unready: [JSONValue])] = []
    let publishesAll = service[path: "spec", "publishNotReadyAddresses"]?.bool == true
    for pod in pods.prefix(most) {
      guard pod.deletionTimestamp == nil || publishesAll,
        let endpoint = EndpointForm.endpoint(pod, of: service, node: nil, isIPv6: false)
      else { continue }
      var address: JSONObject = ["ip": endpoint.value["addresses"]?.array?.first ?? .null]
      for field in ["nodeName", "hostname", "targetRef"] { address[field] = endpoint.value[field] }
      let index = groups.firstIndex { $0.ports == endpoint.ports } ?? groups.count
      if index == groups.count { groups.append((endpoint.ports, [], [])) }
      if pod.hasReadyCondition || publishesAll {
        groups[index].ready.append(.object(address))
      } else {
        groups[index].unready.append(.object(address))
      }
    }
    func byAddress(_ left: JSONValue, _ right: JSONValue) -> Bool {
      (left["ip"]?.string ?? "") < (right["ip"]?.string ?? "")
    }
    return groups.map { group in
      var subset = JSONObject()
      if !group.ready.isEmpty { subset["addresses"] = .array(group.ready.sorted(by: byAddress)) }
      if !group.unready.isEmpty { subset["notReadyAddresses"] = .array(group.unready.sorted(by: byAddress)) }
      if let ports = group.ports.array {
        subset["ports"] = .array(
          ports.map { port in
            var port = port
            if port["name"]?.string?.isEmpty == true { port["name"] = nil }
            return port
          })
      }
      return .object(subset)
    }
  }

  // MARK: Mirroring

  private static func mirror(_ key: ObjectKey, _ service: KubeObject, in state: inout ClusterState) {
    guard let endpoints = state.store.get(.endpoints, key), endpoints.labels[skip] != "true",
      endpoints.annotations["control-plane.alpha.kubernetes.io/leader"] == nil,
      service[path: "spec", "selector"]?.object?.isEmpty ?? true
    else { return removeMirrors(of: key, in: &state) }
    let live = mirrors(of: key, in: state)
    var rest = live
    for subset in endpoints.fields["subsets"]?.array ?? [] {
      var values: [JSONValue] = []
      for (field, isReady) in [("addresses", true), ("notReadyAddresses", false)] {
        for address in subset[field]?.array ?? [] {
          var value: JSONValue = [
            "addresses": [address["ip"] ?? .null], "conditions": ["ready": .bool(isReady)],
          ]
          for field in ["hostname", "nodeName", "targetRef"] { value[field] = address[field] }
          values.append(value)
        }
      }
      guard !values.isEmpty else { continue }
      let isIPv6 = values[0]["addresses"]?.array?.first?.string?.contains(":") == true
      var slice =
        rest.isEmpty
        ? KubeObject(kind: .endpointSlice, namespace: key.namespace, name: "") : rest.removeFirst()
      slice.labels = endpoints.labels.merging([
        EndpointSliceController.serviceLabel: key.name, EndpointSliceController.managedByLabel: mirroring,
      ]) { _, own in own }
      slice.setOwnerReferences([OwnerReference.controller(endpoints)])
      slice.fields["addressType"] = isIPv6 ? "IPv6" : "IPv4"
      slice.fields["endpoints"] = .array(Array(values.prefix(most)))
      slice.fields["ports"] = .array(
        (subset["ports"]?.array ?? []).map { port in
          var port = port
          if port["name"] == nil { port["name"] = "" }
          if port["protocol"] == nil { port["protocol"] = "TCP" }
          return port
        })
      guard slice.name.isEmpty else {
        state.update(slice, kind: .endpointSlice, manager: nil)
        continue
      }
      slice.set("metadata", "generateName", to: .string(key.name + "-"))
      slice.set("metadata", "generation", to: 1)
      slice.name = "\(key.name)-\(state.newNameSuffix())"
      state.create(slice, kind: .endpointSlice, manager: nil)
    }
    for slice in rest { state.delete(.endpointSlice, slice.key, manager: nil) }
  }

  private static func removeMirrors(of key: ObjectKey, in state: inout ClusterState) {
    for slice in mirrors(of: key, in: state) { state.delete(.endpointSlice, slice.key, manager: nil) }
  }

  private static func mirrors(of key: ObjectKey, in state: ClusterState) -> [KubeObject] {
    state.store.list(.endpointSlice, namespace: key.namespace).filter {
      $0.labels[EndpointSliceController.serviceLabel] == key.name
        && $0.labels[EndpointSliceController.managedByLabel] == mirroring
    }
  }
}
