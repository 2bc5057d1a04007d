import KubeModel
import Seams

/// What the controllers remember between their turns. None of it is needed after a restart: everything is made
/// anew from the objects.
struct ControllerState: Sendable {
  /// What the cluster consists of; kept with it.
  var setup = ClusterSetup()
  var ownerlessPods = OwnerlessObjects()
  var ownerlessSets = OwnerlessObjects()
  var events = EventCorrelator()
  var eventCount: UInt64 = 0
  var retries = Retries()
  var autoscalers: [ObjectKey: AutoscalerMemory] = [:]
  var metrics = MetricValues()
  /// What is known of the pods of each namespace that controllers ask for again and again.
  var podChanges: [String: UInt64] = [:]
  var nextPodAddress: UInt32 = 0
  var nextBalancerAddress: UInt32 = 0
  /// The requests of the pods on each node.
  /// When what changed last that decides on the endpoints of a Service.
  var endpointTriggers: [ObjectKey: String] = [:]
  var nodeUse = NodeUse()
  /// Node and image, of all that have been pulled.
  var pulledImages: Set<String> = []
  /// The pods that found no node.
  var unschedulable: Set<ObjectKey> = []
  /// When each container's next restart or probe is due, by the uid of its pod.
  var runs: [String: PodRun] = [:]
  /// What programs have written in the containers of each pod, by its uid.
  var files: [String: ContainerFiles] = [:]

  mutating func notice(_ commit: Commit) {
    if commit.kind == .replicaSet { ownerlessSets.notice(commit) }
    if commit.kind == .event { events.notice(commit) }
    guard commit.kind == .pod else { return }
    let object = commit.object
    podChanges[object.namespace ?? "", default: 0] &+= 1
    ownerlessPods.notice(commit)
    nodeUse.notice(commit)
    guard commit.change == .deleted else { return }
    runs[object.uid] = nil
    files[object.uid] = nil
  }
}

/// The objects of a kind that no controller owns, by namespace.
struct OwnerlessObjects: Sendable {
  private var byNamespace: [String: Set<String>] = [:]

  func keys(in namespace: String) -> [ObjectKey] {
    (byNamespace[namespace] ?? []).sorted().map { ObjectKey(namespace: namespace, name: $0) }
  }

  mutating func notice(_ commit: Commit) {
    if commit.change == .deleted {
      byNamespace[commit.object.namespace ?? ""]?.remove(commit.object.name)
    } else {
      add(commit.object)
    }
  }

  mutating func add(_ object: KubeObject) {
    let namespace = object.namespace ?? ""
    if object.controllerReference == nil {
      byNamespace[namespace, default: []].insert(object.name)
    } else {
      byNamespace[namespace]?.remove(object.name)
    }
  }
}

/// How often a controller has failed at an object in a row: the pauses double, from 5 ms up to 1,000 s.
struct Retries: Sendable {
  private var failures: [ClusterEvent: Int] = [:]

  mutating func pause(after event: ClusterEvent) -> Duration {
    let count = failures[event, default: 0]
    failures[event] = count + 1
    return min(.milliseconds(5 * (Int64(1) << Int64(min(count, 20)))), .seconds(1_000))
  }

  mutating func forget(_ event: ClusterEvent) { failures[event] = nil }
}

extension ClusterState {
  /// Lets a controller try again after a pause that grows with each failure.
  mutating func retry(_ event: ClusterEvent) {
    schedule(event, at: now + controllers.retries.pause(after: event))
  }
}
