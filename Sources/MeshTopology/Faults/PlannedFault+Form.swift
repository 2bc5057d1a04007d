extension PlannedFault: Formed {
  static let form = Form(
    "PlannedFault", "One fault: what goes wrong, where, when and how often.",
    blank: Self(name: "", kind: .crash)
  ) {
    FormField.required(
      "name", \.name, .name(.label), example: "crash",
      "The name, which tells it from the other faults of the plan.")
    FormField.required("kind", \.kind, .choice, example: "crash", "What goes wrong.")
    FormField.optional(
      "cluster", \.cluster, .name(of: .cluster), "The cluster; all embedded ones by default.")
    FormField.optional("pods", \.pods, .form, "Which pods; all by default.")
    FormField.optional("nodes", \.nodes, .form, "Which nodes; all by default.")
    FormField.optional("zone", \.zone, .name(.label), "The zone that is lost.")
    FormField.optional("requests", \.requests, .form, "Which requests to the API; all by default.")
    FormField.optional(
      "from", \.from, peer, "What a partition cuts off: another cluster, or `metrics`.")
    FormField.list(
      "hosts", \.hosts, .list(of: pattern("a host such as `*.eu.example.com`")),
      "The hosts of the other cluster that calls no longer reach; `*` stands for any characters.")
    FormField.optional(
      "by", \.by, .duration(),
      "How much longer something takes, how old a stale read is, or how wrong a clock (at most 1 h).")
    FormField.defaulted(
      "behind", \.isBehind, .flag, property: "isBehind", "Whether a wrong clock is behind instead of ahead.",
      default: false)
    FormField.defaulted(
      "percent", \.percent, .percent, "Which share of the requests is hit, in percent.", default: .full)
    FormField.defaulted(
      "status", \.status, status, "The status with which the API refuses: 429, 500 or 503.", default: 503)
    FormField.optional(
      "retryAfter", \.retryAfter, .wholeSeconds(in: .seconds(1) ... .seconds(3600)),
      "The `Retry-After` of 429 and 503.")
    FormField.defaulted(
      "after", \.delay, .duration(in: .zero ... .longest), property: "delay",
      "How long after it was declared it comes.", default: .zero)
    FormField.optional(
      "at", \.time, moment, property: "time",
      "When it comes, by the clusters' time, such as `2026-01-01T00:10:00Z`.")
    FormField.optional(
      "for", \.duration, .duration(), property: "duration",
      "How long it holds; until it is cleared by default.")
    FormField.optional(
      "every", \.interval, .duration(in: .seconds(1) ... .longest), property: "interval",
      "From one coming to the next; it comes once by default.")
    FormField.optional(
      "count", \.count, .integer(in: 1...1_000_000), "How often it comes; without end by default.")
    FormField.defaulted(
      "probability", \.probability, .percent, "How likely it is that it holds when it comes, in percent.",
      default: .full)
  }.checked { fault, section in
    fault.checkFields(section)
    fault.checkTimes(section)
  }

  private static let peer = Codec<String>.name(.label).verified { name, field in
    let directory = field.reading.directory
    if name != metrics, !directory.isDeclared(.cluster, name) {
      field.reportUnknown(
        "cluster", name, known: directory.names(of: .cluster) + [metrics],
        remedy: "name a declared cluster, or write metrics")
    }
    return true
  }

  /// What stands for a cluster's metrics in `from`.
  static let metrics = "metrics"

  private static let status = Codec<Int>.integer(in: 429...503).verified { status, field in
    guard ![429, 500, 503].contains(status) else { return true }
    field.report(.invalidValue, "the API does not refuse with \(status)", remedy: "write 429, 500 or 503")
    return false
  }

  private static let moment = Codec<String>.text("a time such as 2026-01-01T00:10:00Z").verified {
    text, field in
    let shape = text.utf8.map { $0.isDigit ? UInt8(ascii: "0") : $0 }
    guard shape == Array("0000-00-00T00:00:00Z".utf8) else {
      field.report(
        .invalidValue, "\(shown(text)) is not a time", remedy: "write it in UTC like 2026-01-01T00:10:00Z")
      return false
    }
    return true
  }

  static func pattern(_ words: String) -> Codec<String> {
    Codec.text(words, atMost: 512).verified { pattern, field in
      guard pattern.isEmpty else { return true }
      field.report(.invalidValue, "an empty pattern matches nothing", remedy: "write * to match everything")
      return false
    }
  }
}

extension FaultyPods: Formed {
  static let form = Form(
    "FaultyPods", "The pods that a fault concerns: those of which everything given is true.", blank: Self()
  ) {
    FormField.optional("namespace", \.namespace, .name(.label), "The namespace; all by default.")
    FormField.defaulted(
      "labels", \.labels, .map(.labelKey, .text()), "Labels that they have.", default: [:])
    FormField.optional(
      "name", \.name, PlannedFault.pattern("a pattern such as user-service-*"),
      "A pattern for the name: `*` stands for any characters, `?` for any one.")
    FormField.optional(
      "image", \.image, PlannedFault.pattern("a pattern such as */user-service:1.7.*"),
      "A pattern for the container's image.")
    FormField.optional(
      "atMost", \.atMost, .integer(in: 1...100_000),
      "How many of them at most, drawn at random; for crashes only.")
  }
}

extension FaultyNodes: Formed {
  static let form = Form("FaultyNodes", "The nodes that a fault concerns.", blank: Self()) {
    FormField.list("names", \.names, .list(of: .name(.domain)), "Their names; any by default.")
    FormField.defaulted(
      "labels", \.labels, .map(.labelKey, .text()), "Labels that they have.", default: [:])
  }
}

extension FaultyRequests: Formed {
  static let form = Form(
    "FaultyRequests", "The requests to the API that a fault concerns.", blank: Self()
  ) {
    FormField.list("verbs", \.verbs, .list(of: .choice), "What is asked for; anything by default.")
    FormField.list(
      "resources", \.resources, .list(of: .name(.label)),
      "The plural names of resources, such as `deployments`; any by default.")
    FormField.optional("namespace", \.namespace, .name(.label), "The namespace; all by default.")
  }
}
