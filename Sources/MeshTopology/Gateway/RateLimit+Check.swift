extension Gateway.RateLimit {
  /// Reports limits that Kong would refuse (kong/plugins/rate-limiting/schema.lua).
  func check(_ section: Section) {
    if limits.isEmpty {
      section.report(
        .missingField, "a rate limit without a limit",
        remedy: "add minute: 100, or second, hour, day, month or year")
    }
    for (shorter, longer) in zip(limits, limits.dropFirst()) where longer.requests < shorter.requests {
      section[longer.period]?.report(
        .contradiction,
        "\(longer.requests) for each \(longer.period) are fewer than \(shorter.requests) for each \(shorter.period)",
        remedy: "raise \(longer.period) to \(shorter.requests) or more, or remove \(shorter.period)")
    }
    check("headerName", headerName, for: .header, section)
    check("path", path, for: .path, section)
    if policy == .redis, redis == nil {
      section["policy"]?.report(
        .contradiction, "the policy redis without a Redis", remedy: "add redis: {to: cache/redis}")
    }
    if policy != .redis, redis != nil {
      section.reading.report(
        .contradiction, "a Redis that nobody counts in", at: section.keySpot("redis"),
        remedy: "add policy: redis")
    }
  }

  private func check(_ key: String, _ value: String?, for kind: LimitBy, _ section: Section) {
    if limitBy == kind, value == nil {
      section["limitBy"]?.report(
        .contradiction, "limitBy: \(kind.rawValue) without \(key)", remedy: "add \(key)")
    }
    if limitBy != kind, value != nil {
      section[key]?.report(
        .contradiction, "\(key), but the limit is not by \(kind.rawValue)",
        remedy: "write limitBy: \(kind.rawValue), or remove \(key)")
    }
  }
}
