import KubeModel

/// An event is one object with two faces: `v1` and `events.k8s.io/v1` name its fields differently.
enum EventConversion {
  /// Names of fields, core and new.
  private static let renamed = [
    ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
  ]

  static func toNew(_ event: KubeObject) -> KubeObject {
    var converted = event
    for (core, new) in renamed { move(core, to: new, in: &converted.fields) }
    // Always written in the core group, and only where they say something in the other.
    for field in ["reportingController", "reportingInstance"] where converted.fields[field] == "" {
      converted.fields[field] = nil
    }
    return converted
  }

  static func toCore(_ event: KubeObject) -> KubeObject {
    var converted = event
    for (core, new) in renamed { move(new, to: core, in: &converted.fields) }
    return converted
  }

  private static func move(_ old: String, to new: String, in fields: inout JSONObject) {
    guard let value = fields[old] else { return }
    fields[old] = nil
    fields[new] = value
  }
}
