import KubeModel
import Seams

/// Conditions in `status.conditions`.
extension KubeObject {
  var conditions: [JSONValue] { self[path: "status", "conditions"]?.array ?? [] }

  mutating func setConditions(_ conditions: [JSONValue]) {
    set("status", "conditions", to: conditions.isEmpty ? nil : .array(conditions))
  }

  /// Puts a condition where one of its type stands, or at the end. `lastTransitionTime` changes only with the
  /// status.
  mutating func setCondition(
    _ type: String, _ status: String, reason: String? = nil, message: String? = nil, now: Timestamp,
    extra: [(String, JSONValue)] = []
  ) {
    var all = conditions
    let index = all.firstIndex { $0["type"]?.string == type }
    let old = index.map { all[$0] }
    var condition: JSONObject = ["type": .string(type), "status": .string(status)]
    condition["lastTransitionTime"] =
      old?["status"]?.string == status
      ? old?["lastTransitionTime"] ?? .string(now.rfc3339) : .string(now.rfc3339)
    if let reason { condition["reason"] = .string(reason) }
    if let message { condition["message"] = .string(message) }
    for (key, value) in extra { condition[key] = value }
    if let index { all[index] = .object(condition) } else { all.append(.object(condition)) }
    setConditions(all)
  }

  mutating func removeCondition(_ type: String) {
    setConditions(conditions.filter { $0["type"]?.string != type })
  }
}
