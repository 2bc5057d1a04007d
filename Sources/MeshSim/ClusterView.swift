public import KubeModel
public import Seams

/// The objects of a cluster at one moment, for tests and invariants that look behind the API.
public struct ClusterView: Sendable {
  let store: ObjectStore
  /// The cluster's time.
  public let now: Timestamp

  /// The objects of a kind, ordered by namespace and name.
  public func objects(_ kind: ResourceKind, namespace: String? = nil) -> [KubeObject] {
    store.list(kind, namespace: namespace)
  }

  /// One object; `nil` when there is none.
  public func object(_ kind: ResourceKind, namespace: String?, name: String) -> KubeObject? {
    store.get(kind, ObjectKey(namespace: namespace ?? "", name: name))
  }

  /// How many pods with these labels are ready and not being deleted.
  public func readyPods(namespace: String, labels: [String: String]) -> Int {
    let selector = LabelSelector(matchLabels: labels)
    return store.list(.pod, namespace: namespace).count {
      $0.isReadyPod && selector.matches($0.labels)
    }
  }
}

extension KubeObject {
  /// Whether this pod is ready and not being deleted.
  var isReadyPod: Bool {
    deletionTimestamp == nil && condition("Ready")?["status"]?.string == "True"
  }
}
