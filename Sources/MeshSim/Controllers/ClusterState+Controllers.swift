import KubeModel
import Seams

extension ClusterState {
  /// Lets the controller act for which `event` is due.
  mutating func run(_ event: ClusterEvent) {
    switch event {
    case .deployment(let key): DeploymentController.reconcile(key, in: &self)
    case .replicaSet(let key): ReplicaSetController.reconcile(key, in: &self)
    case .statefulSet(let key): StatefulSetController.reconcile(key, in: &self)
    case .pod(let key): Kubelet.reconcile(key, in: &self)
    case .service(let key): EndpointsController.reconcile(key, in: &self)
    case .autoscaler(let key): AutoscalerController.reconcile(key, in: &self)
    case .orphans(let uid): GarbageCollector.collect(ownerUID: uid, in: &self)
    case .traffic: flowTraffic()
    }
  }

  /// Tells the controllers of a commit that concerns them.
  mutating func wakeControllers(after commit: Commit) {
    let object = commit.object
    let key = ObjectKey(namespace: object.namespace ?? "", name: object.name)
    switch commit.kind {
    case .deployment:
      if commit.change != .deleted { enqueue(.deployment(key)) }
    case .replicaSet:
      if commit.change != .deleted { enqueue(.replicaSet(key)) }
      enqueueOwner(of: object)
    case .statefulSet:
      if commit.change != .deleted { enqueue(.statefulSet(key)) }
    case .pod:
      if commit.change == .added { enqueue(.pod(key)) }
      enqueueOwner(of: object)
      for service in store.list(.service, namespace: key.namespace)
      where EndpointsController.selects(service, object)
        || commit.before.map({ EndpointsController.selects(service, $0) }) ?? false
      {
        enqueue(.service(ObjectKey(namespace: key.namespace, name: service.name)))
      }
    case .service:
      if commit.change != .deleted { enqueue(.service(key)) }
    case .horizontalPodAutoscaler:
      if commit.change == .added { schedule(.autoscaler(key), at: now + .seconds(1)) }
    default: break
    }
    if commit.change == .deleted { enqueue(.orphans(ofUID: object.uid)) }
  }

  private mutating func enqueueOwner(of object: KubeObject) {
    guard let owner = object.controllerReference, let name = owner["name"]?.string else { return }
    let key = ObjectKey(namespace: object.namespace ?? "", name: name)
    switch owner["kind"]?.string {
    case "ReplicaSet": enqueue(.replicaSet(key))
    case "Deployment": enqueue(.deployment(key))
    case "StatefulSet": enqueue(.statefulSet(key))
    default: break
    }
  }

  /// Lets every controller look at every object, as after the start of a control plane.
  mutating func resume() {
    for deployment in store.list(.deployment) { enqueue(.deployment(deployment.key)) }
    for set in store.list(.replicaSet) { enqueue(.replicaSet(set.key)) }
    for set in store.list(.statefulSet) { enqueue(.statefulSet(set.key)) }
    for pod in store.list(.pod) { enqueue(.pod(pod.key)) }
    for service in store.list(.service) { enqueue(.service(service.key)) }
    for autoscaler in store.list(.horizontalPodAutoscaler) { enqueue(.autoscaler(autoscaler.key)) }
    let uids = Set(store.kinds.flatMap { store.list($0) }.map(\.uid))
    for kind in [ResourceKind.replicaSet, .pod] {
      for object in store.list(kind) {
        guard let owner = object.controllerReference?["uid"]?.string, !uids.contains(owner) else { continue }
        enqueue(.orphans(ofUID: owner))
      }
    }
    if traffic.isFlowing { schedule(.traffic, at: now) }
  }
}
