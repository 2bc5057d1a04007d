import KubeModel
import Seams

/// Pods get time to end: what one more deletion means for them.
enum GracefulDeletion {
  enum Step {
    /// The kind knows no grace, or the time for it is over.
    case none
    /// The pod is marked and ends by itself.
    case waits
    /// The pod is marked and has no time.
    case now
    /// The pod is ending already, and not sooner for this deletion.
    case pending
  }

  /// Marks `object` for a deletion with `grace` seconds, or with its own time.
  static func step(_ object: inout KubeObject, _ kind: ResourceKind, _ grace: Int64?, now: Timestamp) -> Step
  {
    guard kind == .pod else { return .none }
    if let planned = object.deletionTimestamp.flatMap(Timestamp.init(rfc3339:)) {
      guard let known = object[path: "metadata", "deletionGracePeriodSeconds"]?.int else { return .none }
      guard let grace else { return known == 0 && object.finalizers.isEmpty ? .none : .pending }
      let wanted = grace < 0 ? 1 : grace
      guard wanted < known else { return .pending }
      object.set("metadata", "deletionTimestamp", to: .string((planned - .seconds(known - wanted)).rfc3339))
      object.set("metadata", "deletionGracePeriodSeconds", to: .int(wanted))
      return wanted == 0 ? .now : .waits
    }
    let period = period(of: object, asked: grace)
    object.set("metadata", "deletionTimestamp", to: .string((now + .seconds(period)).rfc3339))
    object.set("metadata", "deletionGracePeriodSeconds", to: .int(period))
    if object.generation > 0 { object.set("metadata", "generation", to: .int(object.generation + 1)) }
    return period == 0 ? .now : .waits
  }

  /// A pod that never ran, or runs no more, has nothing to end.
  private static func period(of pod: KubeObject, asked: Int64?) -> Int64 {
    if (pod[path: "spec", "nodeName"]?.string ?? "").isEmpty { return 0 }
    if ["Succeeded", "Failed"].contains(pod[path: "status", "phase"]?.string ?? "") { return 0 }
    let period = asked ?? pod[path: "spec", "terminationGracePeriodSeconds"]?.int ?? 30
    return period < 0 ? 1 : period
  }
}
