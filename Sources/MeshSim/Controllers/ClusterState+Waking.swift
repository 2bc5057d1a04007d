import KubeModel
import Seams

/// Which controllers a change concerns, for the kinds where that takes some thought.
extension ClusterState {
  mutating func enqueueOwners(of commit: Commit) {
    enqueueOwner(of: commit.object)
    if let before = commit.before, before.controllerReference != commit.object.controllerReference {
      enqueueOwner(of: before)
    }
  }

  private mutating func enqueueOwner(of object: KubeObject) {
    guard let owner = object.controllerReference, let name = owner["name"]?.string else { return }
    let key = ObjectKey(namespace: object.namespace ?? "", name: name)
    switch owner["kind"]?.string {
    case "ReplicaSet": enqueue(.replicaSet(key))
    case "Deployment": enqueue(.deployment(key))
    case "StatefulSet": enqueue(.statefulSet(key))
    case "DaemonSet": enqueue(.daemonSet(key))
    case "Job": enqueue(.job(key))
    case "CronJob": enqueue(.cronJob(key))
    case "Service": enqueue(.service(key))
    default: break
    }
  }

  mutating func wakeForPod(_ commit: Commit) {
    let pod = commit.object
    let key = pod.key
    enqueueOwners(of: commit)
    if commit.change == .deleted {
      if let owner = pod.controllerReference?["uid"]?.string.flatMap({ store.object(uid: $0) }),
        owner.kind == "ReplicaSet"
      {
        enqueueOwner(of: owner)  // Recreate waits for the last pod to be gone
      }
      if !controllers.unschedulable.isEmpty { enqueue(.reschedulings) }
    } else if commit.change == .added || hasChangedForKubelet(commit) {
      if pod.nodeName == nil {
        if pod.deletionTimestamp == nil { enqueue(.scheduling(key)) }
      } else {
        enqueue(.pod(key))
      }
    }
    if pod.controllerReference == nil, commit.change != .deleted { wakeAdopters(of: pod) }
    wakeSelectors(of: commit)
    let usesClaims = pod.isFinishedPod || commit.change == .deleted
    if usesClaims { for name in VolumeBinding.claimNames(of: pod) { wakeClaim(name, pod.namespace ?? "") } }
  }

  private mutating func wakeClaim(_ name: String, _ namespace: String) {
    enqueue(.claim(ObjectKey(namespace: namespace, name: name)))
  }

  /// Whether more has changed about a pod than its status.
  private func hasChangedForKubelet(_ commit: Commit) -> Bool {
    guard let before = commit.before else { return true }
    let pod = commit.object
    return before.fields["spec"] != pod.fields["spec"] || before.deletionTimestamp != pod.deletionTimestamp
      || before[path: "metadata", "labels"] != pod[path: "metadata", "labels"]
  }

  /// Controllers that may take a pod that has none.
  private mutating func wakeAdopters(of pod: KubeObject) {
    let labels = pod.labels
    guard !labels.isEmpty else { return }
    let namespace = pod.namespace ?? ""
    func matches(_ object: KubeObject) -> Bool {
      guard let selector = object.podSelector, !selector.requirements.isEmpty else { return false }
      return selector.matches(labels)
    }
    for set in store.list(.replicaSet, namespace: namespace) where matches(set) {
      enqueue(.replicaSet(set.key))
    }
    for set in store.list(.statefulSet, namespace: namespace) where matches(set) {
      enqueue(.statefulSet(set.key))
    }
    for set in store.list(.daemonSet, namespace: namespace) where matches(set) {
      enqueue(.daemonSet(set.key))
    }
    for job in store.list(.job, namespace: namespace) where matches(job) { enqueue(.job(job.key)) }
  }

  private mutating func wakeSelectors(of commit: Commit) {
    let pod = commit.object
    let namespace = pod.namespace ?? ""
    let before = commit.before
    if let before, !hasChangedForSelectors(from: before, to: pod), commit.change == .modified { return }
    for service in store.list(.service, namespace: namespace)
    where EndpointForm.selects(service, pod) || before.map({ EndpointForm.selects(service, $0) }) ?? false {
      let key = service.key
      controllers.endpointTriggers[key] = now.rfc3339
      enqueue(.service(key))
      enqueue(.endpoints(key))
    }
    for budget in store.list(.podDisruptionBudget, namespace: namespace)
    where BudgetController.selects(budget, pod)
      || before.map({ BudgetController.selects(budget, $0) }) ?? false
    {
      enqueue(.budget(budget.key))
    }
  }

  /// Endpoints and budgets look at addresses, readiness, labels and whether the pod is going.
  private func hasChangedForSelectors(from before: KubeObject, to pod: KubeObject) -> Bool {
    before[path: "metadata", "labels"] != pod[path: "metadata", "labels"]
      || before.deletionTimestamp != pod.deletionTimestamp
      || before[path: "status", "podIP"] != pod[path: "status", "podIP"] || before.phase != pod.phase
      || before.hasReadyCondition != pod.hasReadyCondition
  }

  mutating func wakeForService(_ commit: Commit) {
    let key = commit.object.key
    enqueue(.endpoints(key))
    guard commit.change != .deleted else {
      controllers.endpointTriggers[key] = nil
      return
    }
    if commit.change == .added { controllers.endpointTriggers[key] = commit.object.creationTimestamp }
    enqueue(.service(key))
    LoadBalancer.reconcile(commit.object, in: &self)
  }

  mutating func wakeForClaim(_ commit: Commit) {
    let claim = commit.object
    if commit.change == .deleted {
      if let volume = claim[path: "spec", "volumeName"]?.string { enqueue(.volume(volume)) }
    } else {
      enqueue(.claim(claim.key))
    }
    if !controllers.unschedulable.isEmpty { enqueue(.reschedulings) }
  }

  mutating func wakeForNode(_ commit: Commit) {
    let node = commit.object
    let before = commit.before
    enqueue(.node(node.name))
    let isSame =
      commit.change == .modified && before?.fields["spec"] == node.fields["spec"]
      && before?[path: "metadata", "labels"] == node[path: "metadata", "labels"]
      && before?.isReadyNode == node.isReadyNode
      && before?[path: "status", "allocatable"] == node[path: "status", "allocatable"]
    guard !isSame else { return }
    for set in store.list(.daemonSet) { enqueue(.daemonSet(set.key)) }
    if !controllers.unschedulable.isEmpty { enqueue(.reschedulings) }
    guard before?.isReadyNode != node.isReadyNode else { return }
    for key in controllers.nodeUse.pods(on: node.name) { enqueue(.pod(key)) }
  }
}

extension ControllerState {
  /// Takes note of an object that was there before the start.
  mutating func resume(_ object: KubeObject, kind: ResourceKind, now: Timestamp) {
    switch kind {
    case .pod:
      ownerlessPods.add(object)
      nodeUse.add(object)
      if object.nodeName == nil { unschedulable.insert(object.key) }
      if let number = Kubelet.number(ofAddress: object[path: "status", "podIP"]?.string ?? "") {
        nextPodAddress = max(nextPodAddress, number)
      }
    case .replicaSet: ownerlessSets.add(object)
    case .event: events.add(object.key, now: now)
    default: break
    }
  }
}
