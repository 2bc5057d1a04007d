extension PlannedFault.Kind {
  /// The fields that a fault of this kind needs, beside its name.
  var needed: [String] {
    switch self {
    case .slowStart, .latency, .apiLatency, .staleRead, .clockSkew: ["by"]
    case .errorRate: ["percent"]
    case .zoneLoss: ["zone"]
    case .partition: ["from"]
    default: []
    }
  }

  /// The fields that it may have besides.
  var allowed: [String] {
    switch self {
    case .crash, .slowStart, .badImage, .errorRate, .latency: ["pods"]
    case .nodeLoss: ["nodes"]
    case .zoneLoss, .regionLoss: []
    case .apiLatency, .lostAnswer, .staleRead: ["requests", "percent"]
    case .apiError: ["requests", "percent", "status", "retryAfter"]
    case .lostWatch: ["requests"]
    case .partition: ["hosts"]
    case .clockSkew: ["behind"]
    }
  }

  fileprivate static let details = [
    "pods", "nodes", "zone", "requests", "from", "hosts", "by", "behind", "percent", "status", "retryAfter",
  ]

  fileprivate static let examples = [
    "by": "by: 30s", "percent": "percent: 20", "zone": "zone: europe-west3-a", "from": "from: metrics",
  ]
}

extension PlannedFault {
  /// Reports what a fault of this kind lacks, and what says nothing about it.
  func checkFields(_ section: Section) {
    for key in kind.needed where !section.has(key) {
      section.report(
        .missingField, "a fault of kind \(kind.rawValue) lacks \(key)",
        remedy: "add it, such as \(Kind.examples[key] ?? key)")
    }
    let known = kind.needed + kind.allowed
    for key in Kind.details where section.has(key) && !known.contains(key) {
      section[key]?.report(
        .contradiction, "\(key) says nothing about a fault of kind \(kind.rawValue)",
        remedy: known.isEmpty
          ? "remove it" : "remove it; what says something is \(alternatives(known, last: "and"))")
    }
    if pods?.atMost != nil, kind != .crash {
      section["pods"]?.report(
        .contradiction, "atMost is for faults of kind crash only",
        remedy: "remove it, and choose pods by labels or by name")
    }
    if retryAfter != nil, status == 500 {
      section["retryAfter"]?.report(
        .contradiction, "an answer of 500 has no Retry-After", remedy: "remove it, or write status: 503")
    }
    if kind == .clockSkew, let by, by > .seconds(3600) {
      section["by"]?.report(
        .invalidValue, "a clock that is wrong by \(by.unitText)", remedy: "write 1h at most")
    }
    if !hosts.isEmpty, from == PlannedFault.metrics {
      section["hosts"]?.report(
        .contradiction, "metrics have no hosts", remedy: "remove it, or name a cluster in from")
    }
  }

  /// Reports times that contradict each other.
  func checkTimes(_ section: Section) {
    if time != nil, section.has("after") {
      section["after"]?.report(
        .contradiction, "after beside at: a fault begins once", remedy: "remove one of the two")
    }
    if count != nil, interval == nil {
      section["count"]?.report(
        .contradiction, "count without every: it is not said from when to when",
        remedy: "add every, such as every: 10m")
    }
    if kind == .lostWatch, duration != nil {
      section["for"]?.report(
        .contradiction, "a watch is lost in a moment", remedy: "remove for, and repeat it with every")
    }
    if pods?.atMost != nil, kind == .crash, duration != nil {
      section["for"]?.report(
        .contradiction, "atMost draws pods at one moment, so nothing lasts",
        remedy: "remove for, and repeat it with every")
    }
    guard let interval else { return }
    if let duration {
      if duration > interval {
        section["for"]?.report(
          .contradiction, "for \(duration.unitText) is longer than every \(interval.unitText)",
          remedy: "it would never end: shorten for, or lengthen every")
      }
    } else if kind != .lostWatch, kind != .crash {
      section["every"]?.report(
        .contradiction, "every without for: it would never end",
        remedy: "add for, such as for: \((interval / 2).unitText)")
    }
  }
}
