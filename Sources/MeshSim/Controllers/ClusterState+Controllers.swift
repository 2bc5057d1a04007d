import KubeModel
import Seams

extension ClusterState {
  /// Lets the controller act for which `event` is due.
  mutating func run(_ event: ClusterEvent) {
    switch event {
    case .boot: NodeBoot.run(in: &self)
    case .deployment(let key): DeploymentController.reconcile(key, in: &self)
    case .replicaSet(let key): ReplicaSetController.reconcile(key, in: &self)
    case .statefulSet(let key): StatefulSetController.reconcile(key, in: &self)
    case .daemonSet(let key): DaemonSetController.reconcile(key, in: &self)
    case .job(let key): JobController.reconcile(key, in: &self)
    case .cronJob(let key): CronJobController.reconcile(key, in: &self)
    case .scheduling(let key): Scheduler.reconcile(key, in: &self)
    case .reschedulings: Scheduler.retryAll(in: &self)
    case .pod(let key): Kubelet.reconcile(key, in: &self)
    case .service(let key): EndpointSliceController.reconcile(key, in: &self)
    case .endpoints(let key): EndpointsController.reconcile(key, in: &self)
    case .budget(let key): BudgetController.reconcile(key, in: &self)
    case .claim(let key): VolumeProvisioner.reconcile(key, in: &self)
    case .volume(let name): VolumeProvisioner.reclaim(name, in: &self)
    case .node(let name): NodeController.reconcile(name, in: &self)
    case .heartbeat: NodeBoot.beat(in: &self)
    case .namespaceContent(let name): NamespaceDefaults.reconcile(name, in: &self)
    case .autoscaler(let key): AutoscalerController.reconcile(key, in: &self)
    case .eventExpiry: expireEvents()
    case .machinery(let event): event.run(in: &self)
    case .fault(let name): FaultController.reconcile(name, in: &self)
    case .traffic: flowTraffic()
    }
  }

  /// Tells the controllers of a commit that concerns them.
  mutating func wakeControllers(after commit: Commit) {
    wakeMachinery(after: commit)
    controllers.notice(commit)
    let object = commit.object
    let key = object.key
    let isThere = commit.change != .deleted
    switch commit.kind {
    case .deployment: if isThere { enqueue(.deployment(key)) }
    case .replicaSet:
      if isThere { enqueue(.replicaSet(key)) }
      enqueueOwners(of: commit)
    case .statefulSet: if isThere { enqueue(.statefulSet(key)) }
    case .daemonSet: if isThere { enqueue(.daemonSet(key)) }
    case .job:
      enqueue(.job(key))
      enqueueOwners(of: commit)
    case .cronJob: if isThere { enqueue(.cronJob(key)) }
    case .pod: wakeForPod(commit)
    case .service: wakeForService(commit)
    case .endpoints:
      if !object.labels.keys.contains("endpoints.kubernetes.io/managed-by") { enqueue(.endpoints(key)) }
    case .endpointSlice: if commit.manager != nil || !isThere { enqueueOwners(of: commit) }
    case .podDisruptionBudget: if isThere { enqueue(.budget(key)) }
    case .volumeClaim: wakeForClaim(commit)
    case .volume: if isThere { enqueue(.volume(key.name)) }
    case .node: wakeForNode(commit)
    case .namespace: if isThere { enqueue(.namespaceContent(key.name)) }
    case .serviceAccount where key.name == "default",
      .configMap where key.name == NamespaceDefaults.certificateName:
      if !isThere { enqueue(.namespaceContent(key.namespace)) }
    case .horizontalPodAutoscaler:
      if commit.change == .added { schedule(.autoscaler(key), at: now + .seconds(1)) }
    case .event:
      if let next = controllers.events.nextExpiry { schedule(.eventExpiry, at: next) }
    default: break
    }
  }

  /// Lets every controller look at every object, as after the start of a control plane.
  mutating func resume() {
    access.rebuild(from: store)
    resumeMachinery()
    resumeFaults()
    for kind in store.kinds {
      for object in store.list(kind) { controllers.resume(object, kind: kind, now: now) }
    }
    schedule(.boot, at: now)
    for deployment in store.list(.deployment) { enqueue(.deployment(deployment.key)) }
    for set in store.list(.replicaSet) { enqueue(.replicaSet(set.key)) }
    for set in store.list(.statefulSet) { enqueue(.statefulSet(set.key)) }
    for set in store.list(.daemonSet) { enqueue(.daemonSet(set.key)) }
    for job in store.list(.job) { enqueue(.job(job.key)) }
    for cron in store.list(.cronJob) { enqueue(.cronJob(cron.key)) }
    for pod in store.list(.pod) { enqueue(pod.nodeName == nil ? .scheduling(pod.key) : .pod(pod.key)) }
    for service in store.list(.service) {
      enqueue(.service(service.key))
      enqueue(.endpoints(service.key))
    }
    for budget in store.list(.podDisruptionBudget) { enqueue(.budget(budget.key)) }
    for claim in store.list(.volumeClaim) { enqueue(.claim(claim.key)) }
    for node in store.list(.node) { enqueue(.node(node.name)) }
    for namespace in store.list(.namespace) { enqueue(.namespaceContent(namespace.name)) }
    for autoscaler in store.list(.horizontalPodAutoscaler) { enqueue(.autoscaler(autoscaler.key)) }
    if let next = controllers.events.nextExpiry { schedule(.eventExpiry, at: next) }
    if traffic.isFlowing { schedule(.traffic, at: now) }
  }
}
