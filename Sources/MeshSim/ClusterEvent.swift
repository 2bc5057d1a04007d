import KubeModel
import Seams

/// What a cluster does by itself at some time.
enum ClusterEvent: Hashable, Sendable {
  case deployment(ObjectKey)
  case replicaSet(ObjectKey)
  case statefulSet(ObjectKey)
  case pod(ObjectKey)
  case service(ObjectKey)
  case autoscaler(ObjectKey)
  case orphans(ofUID: String)
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
