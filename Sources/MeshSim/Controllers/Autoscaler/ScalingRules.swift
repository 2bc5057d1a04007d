import KubeModel
import Seams

/// How fast an autoscaler may move: the limits and windows of `spec.behavior`, or the usual ones.
struct ScalingRules {
  /// What a limit turned a recommendation into, and the condition that says why.
  struct Outcome: Equatable {
    var replicas: Int
    var isLimited: Bool
    var reason: String
    var message: String
  }

  private let behavior: JSONValue?
  let minimum: Int
  let maximum: Int

  init(_ autoscaler: KubeObject) {
    behavior = autoscaler[path: "spec", "behavior"]
    minimum = Int(autoscaler[path: "spec", "minReplicas"]?.int ?? 1)
    maximum = Int(autoscaler[path: "spec", "maxReplicas"]?.int ?? 1)
  }

  var upWindow: Duration { .seconds(behavior?[path: "scaleUp", "stabilizationWindowSeconds"]?.int ?? 0) }
  var downWindow: Duration {
    .seconds(behavior?[path: "scaleDown", "stabilizationWindowSeconds"]?.int ?? 300)
  }

  /// How far the ratio may be from 1 without a change.
  func tolerance(isUp: Bool) -> Double {
    let value = behavior?[isUp ? "scaleUp" : "scaleDown"]?["tolerance"]
    return value?.string.flatMap(Quantity.init(parsing:))?.value ?? value?.number ?? 0.1
  }

  /// The recommendation that holds for the whole of the windows.
  func stabilized(_ wanted: Int, current: Int, _ memory: AutoscalerMemory, now: Timestamp) -> Int {
    guard behavior != nil else { return max(wanted, memory.recent(downWindow, now: now).max() ?? wanted) }
    let up = min(wanted, memory.recent(upWindow, now: now).min() ?? wanted)
    let down = max(wanted, memory.recent(downWindow, now: now).max() ?? wanted)
    return current < up ? up : current > down ? down : current
  }

  /// The recommendation within the bounds and the rate.
  func limited(_ wanted: Int, current: Int, _ memory: AutoscalerMemory, now: Timestamp) -> Outcome {
    if wanted > current || behavior == nil {
      let limit = behavior == nil ? max(2 * current, 4) : max(upLimit(current, memory, now: now), current)
      if wanted > min(limit, maximum) {
        return limit < maximum
          ? Outcome(
            replicas: limit, isLimited: true, reason: "ScaleUpLimit",
            message: "the desired replica count is increasing faster than the maximum scale rate")
          : tooMany
      }
    }
    if wanted < current, behavior != nil {
      let limit = min(downLimit(current, memory, now: now), current)
      if wanted < max(limit, minimum) {
        return limit > minimum
          ? Outcome(
            replicas: limit, isLimited: true, reason: "ScaleDownLimit",
            message: "the desired replica count is decreasing faster than the maximum scale rate")
          : tooFew
      }
    }
    if wanted < minimum { return tooFew }
    return Outcome(
      replicas: wanted, isLimited: false, reason: "DesiredWithinRange",
      message: "the desired count is within the acceptable range")
  }

  private var tooMany: Outcome {
    Outcome(
      replicas: maximum, isLimited: true, reason: "TooManyReplicas",
      message: "the desired replica count is more than the maximum replica count")
  }

  private var tooFew: Outcome {
    Outcome(
      replicas: minimum, isLimited: true, reason: "TooFewReplicas",
      message: "the desired replica count is less than the minimum replica count")
  }

  private func upLimit(_ current: Int, _ memory: AutoscalerMemory, now: Timestamp) -> Int {
    let rules = behavior?["scaleUp"]
    let usual: [JSONValue] = [
      ["type": "Pods", "value": 4, "periodSeconds": 15],
      ["type": "Percent", "value": 100, "periodSeconds": 15],
    ]
    return limit(rules, usual, current, isUp: true, memory, now: now)
  }

  private func downLimit(_ current: Int, _ memory: AutoscalerMemory, now: Timestamp) -> Int {
    let usual: [JSONValue] = [["type": "Percent", "value": 100, "periodSeconds": 15]]
    return limit(behavior?["scaleDown"], usual, current, isUp: false, memory, now: now)
  }

  private func limit(
    _ rules: JSONValue?, _ usual: [JSONValue], _ current: Int, isUp: Bool, _ memory: AutoscalerMemory,
    now: Timestamp
  ) -> Int {
    if rules?["selectPolicy"]?.string == "Disabled" { return current }
    let proposals = (rules?["policies"]?.array ?? usual).map { policy -> Int in
      let period = Duration.seconds(policy["periodSeconds"]?.int ?? 15)
      let value = Int(policy["value"]?.int ?? 0)
      let start = current - memory.added(within: period, now: now) + memory.removed(within: period, now: now)
      guard policy["type"]?.string == "Percent" else { return isUp ? start + value : start - value }
      let share = Double(start) * Double(value) / 100
      return isUp ? Int((Double(start) + share).rounded(.up)) : Int(Double(start) - share)
    }
    let picksLeastChange = rules?["selectPolicy"]?.string == "Min"
    return (picksLeastChange == isUp ? proposals.min() : proposals.max()) ?? current
  }
}
