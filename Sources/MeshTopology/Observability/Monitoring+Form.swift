internal import KubeModel

extension Monitoring: Formed {
  static let form = Form(
    "Monitoring", "Where measures go: Prometheus, with its rules.", blank: Self(name: "", namespace: "")
  ) {
    scrapeFields
    serverFields
    ruleFields
  }.checked { $0.check($1) }

  @FormBuilder<Monitoring>
  private static var scrapeFields: [FormField<Monitoring>] {
    FormField.defaulted(
      "form", \.management, .choice, property: "management",
      "Who runs Prometheus: the topology, with a configuration, or Prometheus' operator, which gets its objects.",
      default: .configuration)
    FormField.defaulted(
      "scrapeInterval", \.scrapeInterval, .duration(in: .seconds(1) ... .longest),
      "How often everything is scraped.",
      default: .seconds(15))
    FormField.optional(
      "scrapeTimeout", \.scrapeTimeout, .duration(),
      "How long a scrape may take; 10s, or the interval where that is shorter, by default.")
    FormField.defaulted(
      "evaluationInterval", \.evaluationInterval, .duration(in: .seconds(1) ... .longest),
      "How often rules are evaluated.", default: .seconds(15))
    FormField.defaulted(
      "scrape", \.scrapes, .list(of: .choice, unique: [Unique("group", key: nil) { $0.rawValue }]),
      property: "scrapes",
      "What is scraped: Kubernetes' API servers, nodes with their containers, Istio, and what workloads serve themselves.",
      default: Scrape.allCases)
    FormField.optional(
      "stateMetrics", \.stateMetrics, .form,
      "The exporter that says what Kubernetes knows of its objects, such as how many pods an autoscaler wants."
    )
    FormField.defaulted(
      "objectLabels", \.objectLabels, .map(.key, .text()),
      "The labels by which the operator's Prometheus picks its objects, such as `release: prometheus`.",
      default: [:])
  }

  @FormBuilder<Monitoring>
  private static var serverFields: [FormField<Monitoring>] {
    FormField.defaulted(
      "image", \.image, .image, "The image of Prometheus; before 2.26 it reads its token by an old setting.",
      default: Self(name: "", namespace: "").image)
    FormField.defaulted(
      "retention", \.retention, .duration(in: .seconds(3600) ... .longest),
      "How long measures are kept: 15 days by default.",
      default: .seconds(15 * 86_400))
    FormField.defaulted(
      "storage", \.storage, .quantity(.memory), "How much fits; the oldest measures go before it is full.",
      default: "50Gi")
    FormField.optional(
      "storageClass", \.storageClass, .name(.domain),
      "The storage class; the cluster's default one by default.")
    FormField.defaulted(
      "resources", \.resources, .form, "What Prometheus asks of its node.", default: defaultResources)
    FormField.defaulted(
      "externalLabels", \.externalLabels, .labels,
      "Labels on everything that leaves Prometheus, besides `cluster` and `region`.", default: [:])
    FormField.list(
      "alertmanagers", \.alertmanagers,
      .list(of: .callee, unique: [Unique("Alertmanager", key: nil) { $0.description }]),
      "The Alertmanagers that get alerts: ExternalServices or Workloads.")
  }

  @FormBuilder<Monitoring>
  private static var ruleFields: [FormField<Monitoring>] {
    FormField.list(
      "ruleFiles", \.ruleFiles,
      .list(of: .path("/etc/prometheus/more/*.yml"), unique: [Unique("file", key: nil) { $0 }]),
      "Further files of rules that the container finds, besides `/etc/prometheus/rules/*.yml`.")
    FormField.list(
      "rules", \.rules, .list(of: .form, unique: [Unique("group", key: "name") { $0.name }]),
      "The system's own rules.")
    FormField.defaulted(
      "builtInRules", \.builtInRules, .list(of: .choice, unique: [Unique("rule", key: nil) { $0.rawValue }]),
      "The rules that follow from the topology; `[]` for none.", default: BuiltInRule.allCases)
    FormField.defaulted(
      "backupDelay", \.backupDelay, .duration(in: .seconds(60) ... .longest),
      "How much later than scheduled a backup may be done.", default: .seconds(2 * 3600))
  }

  private func check(_ section: Section) {
    if let timeout = scrapeTimeout, timeout > scrapeInterval {
      section["scrapeTimeout"]?.report(
        .contradiction,
        "a scrape may take \(timeout.unitText), but the next one begins after \(scrapeInterval.unitText)",
        remedy: "lower scrapeTimeout to \(scrapeInterval.unitText) or less")
    }
    let own = [
      "image", "retention", "storage", "storageClass", "resources", "externalLabels", "alertmanagers",
      "ruleFiles",
    ]
    for key in management == .operator ? own : ["objectLabels"] where section.has(key) {
      section[key]?.report(
        .contradiction,
        management == .operator
          ? "\(key) is part of the operator's Prometheus object, which is not this topology's"
          : "\(key) is about the operator's objects, but the form is configuration",
        remedy: management == .operator
          ? "remove it, or write form: configuration" : "remove it, or write form: operator")
    }
    if section.has("builtInRules"), stateMetrics == nil,
      let index = builtInRules.firstIndex(of: .autoscalerAtMaximum)
    {
      section.reading.report(
        .contradiction, "how many pods an autoscaler wants is only known from kube-state-metrics",
        at: section.spot("builtInRules", .index(index)), remedy: "add stateMetrics: {}, or leave the rule out"
      )
    }
    for key in ["cluster", "region"] where externalLabels[key] != nil {
      section.reading.report(
        .contradiction, "\(key) is set from the cluster that Prometheus runs in",
        at: section.spot("externalLabels", .key(key)), remedy: "remove it, or choose another name")
    }
  }
}
