import HTTPTypes
public import KubeModel
import Seams

extension SimulatedCluster {
  /// An object that the cluster did not take.
  public struct Refusal: Hashable, Sendable {
    /// Which one.
    public let object: ObjectReference
    /// Why, in the API's words.
    public let message: String
  }

  /// Everything in the cluster that somebody put there, in an order in which it can be brought into another one.
  ///
  /// What every new cluster has is left out, and so is what the cluster's controllers made.
  public func manifests() -> [KubeObject] {
    let form = PortableForm()
    let empty = ClusterState(name: name, seed: 0, now: view.now)
    let known = Set(empty.store.kinds.flatMap { empty.store.list($0) }.compactMap(form.of))
    let present = withState { state in
      state.store.kinds.flatMap { kind in state.store.list(kind) }
    }
    return ManifestOrder.sorted(present.compactMap(form.of).filter { !known.contains($0) && !$0.isOrdinary })
  }

  /// Brings objects into the cluster, each by a forced server-side apply, in an order in which it can take them.
  ///
  /// - Parameter manager: whose fields they are then.
  /// - Returns: the objects that it did not take.
  public func bring(_ objects: [KubeObject], manager: String) -> [Refusal] {
    var refusals: [Refusal] = []
    var rank = 0
    for object in ManifestOrder.sorted(objects) {
      // What came before, such as a definition, has to be in force.
      if ManifestOrder.rank(of: object) != rank {
        rank = ManifestOrder.rank(of: object)
        passTime(.seconds(1))
      }
      if let message = bring(object, manager) {
        refusals.append(Refusal(object: object.reference, message: message))
      }
    }
    passTime(.zero)
    return refusals
  }

  /// Lets time pass until all pods are ready, or `limit` has passed.
  ///
  /// - Returns: how many pods are ready, of how many.
  public func awaitPods(limit: Duration) -> (ready: Int, all: Int) {
    let end = view.now + limit
    while true {
      let pods = view.objects(.pod)
      let ready = pods.count { $0.isReadyPod }
      if view.now >= end || (ready == pods.count && ready > 0) { return (ready, pods.count) }
      passTime(.seconds(1))
    }
  }

  private func bring(_ object: KubeObject, _ manager: String) -> String? {
    let kind = withState { $0.api.resource(apiVersion: object.apiVersion, kind: object.kind)?.kind }
    guard let kind else { return "the cluster serves no kind \(object.kind) in \(object.apiVersion)" }
    var object = object
    if kind.isNamespaced, object.namespace == nil { object.set("metadata", "namespace", to: "default") }
    let exists = withState { $0.store.contains(kind, object.key) }
    let query = "?fieldManager=" + PercentEncoding.encoded(manager)
    var head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: nil)
    if kind == .node, !exists {
      // Only a kubelet that makes a node says what it has.
      head.path = kind.path() + query
      head.headerFields[.contentType] = "application/json"
    } else {
      head.method = .patch
      let path = kind.path(namespace: object.namespace.map { PercentEncoding.encoded($0) })
      head.path = path + "/" + PercentEncoding.encoded(object.name) + query + "&force=true"
      head.headerFields[.contentType] = "application/apply-patch+yaml"
    }
    let request = TransportRequest(head: head, body: object.json.jsonBytes())
    let answer = withState { APIServer.answer(request, in: &$0) }
    guard answer.status >= 400 else { return nil }
    guard case .bytes(let bytes) = answer.body else { return "status \(answer.status)" }
    return (try? JSONValue(json: bytes))?["message"]?.string ?? "status \(answer.status)"
  }
}

extension KubeObject {
  /// Whether each namespace has one like it by itself.
  fileprivate var isOrdinary: Bool {
    switch (apiVersion, kind) {
    case ("v1", "ServiceAccount"):
      name == "default" && Set(fields.members.map(\.key)).isSubset(of: ["apiVersion", "kind", "metadata"])
        && labels.isEmpty && annotations.isEmpty
    default: false
    }
  }
}

/// The order in which a cluster can take objects: what others need comes first.
enum ManifestOrder {
  private static let first: [String: Int] = [
    "Namespace": 0, "CustomResourceDefinition": 1, "Node": 2, "StorageClass": 2, "PriorityClass": 2,
    "RuntimeClass": 2, "IngressClass": 2, "ClusterRole": 2, "Role": 2, "ServiceAccount": 3, "ConfigMap": 3,
    "Secret": 3, "LimitRange": 3, "ClusterRoleBinding": 3, "RoleBinding": 3, "PersistentVolume": 3,
    "PersistentVolumeClaim": 4, "Service": 4, "NetworkPolicy": 4, "PodDisruptionBudget": 4,
    "Deployment": 6, "StatefulSet": 6, "DaemonSet": 6, "ReplicaSet": 6, "ReplicationController": 6,
    "Job": 6, "CronJob": 6, "Pod": 6, "HorizontalPodAutoscaler": 7, "ResourceQuota": 7,
  ]

  static func rank(of object: KubeObject) -> Int { first[object.kind] ?? 5 }

  static func sorted(_ objects: [KubeObject]) -> [KubeObject] {
    objects.sorted { left, right in
      let (a, b) = (rank(of: left), rank(of: right))
      return a != b ? a < b : left.reference < right.reference
    }
  }
}
