import KubeModel
import Seams

/// What a cluster does by itself at some time.
enum ClusterEvent: Hashable, Sendable {
  /// The start of the cluster: its nodes and what every cluster has.
  case boot
  case deployment(ObjectKey)
  case replicaSet(ObjectKey)
  case statefulSet(ObjectKey)
  case daemonSet(ObjectKey)
  case job(ObjectKey)
  case cronJob(ObjectKey)
  /// A pod that waits for a node.
  case scheduling(ObjectKey)
  /// All pods that found no node, after something changed that may help them.
  case reschedulings
  /// A pod on its node.
  case pod(ObjectKey)
  case service(ObjectKey)
  /// A Service's Endpoints, or Endpoints that are mirrored.
  case endpoints(ObjectKey)
  case budget(ObjectKey)
  case claim(ObjectKey)
  case volume(String)
  case node(String)
  case heartbeat
  case namespaceContent(String)
  case autoscaler(ObjectKey)
  /// The next event object that has lived for an hour.
  case eventExpiry
  case machinery(MachineryEvent)
  /// A fault that begins or ends.
  case fault(String)
  case traffic
}

/// An event with its time; events of the same time run in the order they were scheduled.
struct ScheduledEvent: Comparable {
  let time: Timestamp
  let order: UInt64
  let event: ClusterEvent

  static func < (left: ScheduledEvent, right: ScheduledEvent) -> Bool {
    (left.time, left.order) < (right.time, right.order)
  }

  static func == (left: ScheduledEvent, right: ScheduledEvent) -> Bool { left.order == right.order }
}
