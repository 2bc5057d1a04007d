import KubeModel
import Seams

/// What a control plane makes before anyone asks it for anything.
enum BootstrapObjects {
  /// The store of a new cluster. Simulations make thousands of clusters, nearly all at the same time of day, so that
  /// one is kept and copied.
  static func store(at time: Timestamp) -> ObjectStore {
    time == SimulatedFleet.epoch ? atEpoch : made(at: time)
  }

  private static let atEpoch = made(at: SimulatedFleet.epoch)

  private static func made(at time: Timestamp) -> ObjectStore {
    var store = ObjectStore()
    let entries =
      namespaces + service + addresses(at: time) + priorities + configuration + policy + services(at: time)
      + FlowControl.objects(at: time)
    for (kind, object) in entries {
      var object = object
      let place = "\(kind)/\(object.namespace ?? "")/\(object.name)"
      object.set("metadata", "uid", to: .string(uid(of: place)))
      object.set("metadata", "creationTimestamp", to: .string(time.rfc3339))
      _ = store.put(object, kind: kind, time: time, manager: nil)
    }
    store.restore(resourceVersion: store.resourceVersion)
    return store
  }

  /// The same in every cluster, as these objects are.
  private static func uid(of place: String) -> String {
    let words = [StableHash.of(place), StableHash.of(place + "/")]
    var bytes = words.flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return ClusterState.uuid(bytes)
  }

  private typealias Entry = (ResourceKind, KubeObject)

  private static var namespaces: [Entry] {
    ["default", "kube-node-lease", "kube-public", "kube-system"].map { name in
      var namespace = KubeObject(kind: .namespace, name: name)
      namespace.labels = ["kubernetes.io/metadata.name": name]
      namespace.fields["spec"] = ["finalizers": ["kubernetes"]]
      namespace.fields["status"] = ["phase": "Active"]
      return (.namespace, namespace)
    }
  }

  /// The API server as pods find it.
  private static var service: [Entry] {
    var service = KubeObject(kind: .service, namespace: "default", name: "kubernetes")
    service.labels = ["component": "apiserver", "provider": "kubernetes"]
    service.fields["spec"] = [
      "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"], "internalTrafficPolicy": "Cluster",
      "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
      "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443]],
      "sessionAffinity": "None", "type": "ClusterIP",
    ]
    service.fields["status"] = ["loadBalancer": [:]]
    var endpoints = KubeObject(kind: .endpoints, namespace: "default", name: "kubernetes")
    endpoints.labels = ["endpointslice.kubernetes.io/skip-mirror": "true"]
    endpoints.fields["subsets"] = [
      ["addresses": [["ip": "10.0.0.1"]], "ports": [["name": "https", "port": 6443, "protocol": "TCP"]]]
    ]
    var slice = KubeObject(kind: .endpointSlice, namespace: "default", name: "kubernetes")
    slice.labels = ["kubernetes.io/service-name": "kubernetes"]
    slice.fields["addressType"] = "IPv4"
    slice.fields["endpoints"] = [["addresses": ["10.0.0.1"], "conditions": ["ready": true]]]
    slice.fields["ports"] = [["name": "https", "port": 6443, "protocol": "TCP"]]
    return [(.service, service), (.endpoints, endpoints), (.endpointSlice, slice)]
  }

  /// The range that Services get their addresses from.
  private static func addresses(at time: Timestamp) -> [Entry] {
    let kind = ResourceKind(
      group: "networking.k8s.io", version: "v1", kind: "ServiceCIDR", plural: "servicecidrs",
      isNamespaced: false)
    var range = KubeObject(kind: kind, name: "kubernetes")
    range.set("metadata", "finalizers", to: ["networking.k8s.io/service-cidr-finalizer"])
    range.fields["spec"] = ["cidrs": ["10.96.0.0/16"]]
    range.fields["status"] = [
      "conditions": [
        [
          "type": "Ready", "status": "True", "reason": "", "message": "Kubernetes Service CIDR is ready",
          "lastTransitionTime": .string(time.rfc3339),
        ]
      ]
    ]
    return [(kind, range)]
  }

  private static var priorities: [Entry] {
    let kind = ResourceKind(
      group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass", plural: "priorityclasses",
      isNamespaced: false)
    return [
      (
        "system-cluster-critical", 2_000_000_000,
        "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."
      ),
      (
        "system-node-critical", 2_000_001_000,
        "Used for system critical pods that must not be moved from their current node."
      ),
    ].map { (name: String, value: Int64, description: String) in
      var priority = KubeObject(kind: kind, name: name)
      priority.set("metadata", "generation", to: 1)
      priority.fields["value"] = .int(value)
      priority.fields["description"] = .string(description)
      priority.fields["preemptionPolicy"] = "PreemptLowerPriority"
      return (kind, priority)
    }
  }

  /// Who may do what from the start.
  private static var policy: [Entry] {
    BootstrapPolicy.objects.compactMap { object in
      Catalogue.builtIn.resource(apiVersion: object.apiVersion, kind: object.kind).map { ($0.kind, object) }
    }
  }

  private static func services(at time: Timestamp) -> [Entry] {
    APIServices.objects(of: .builtIn, at: time).map { (APIServices.kind, $0) }
  }

  private static var configuration: [Entry] {
    var map = KubeObject(
      kind: .configMap, namespace: "kube-system", name: "extension-apiserver-authentication")
    map.fields["data"] = [
      "requestheader-allowed-names": "[\"front-proxy-client\"]",
      "requestheader-extra-headers-prefix": "[\"X-Remote-Extra-\"]",
      "requestheader-group-headers": "[\"X-Remote-Group\"]",
      "requestheader-username-headers": "[\"X-Remote-User\"]",
    ]
    return [(.configMap, map)]
  }
}
