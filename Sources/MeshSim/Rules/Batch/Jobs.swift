import KubeModel

extension KindRules {
  static func batch(_ kind: String) -> KindRules? {
    switch kind {
    case "Job": jobs
    case "CronJob": cronJobs
    default: nil
    }
  }

  private static let labels = [
    ("batch.kubernetes.io/controller-uid", true), ("batch.kubernetes.io/job-name", false),
    ("controller-uid", true), ("job-name", false),
  ]

  static let jobs: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      let labels = object["spec"]?[path: "template", "metadata", "labels"]
      if let labels, object["metadata"]?["labels"]?.isEmptyContent ?? true {
        object.make("metadata") { $0["labels"] = labels }
      }
      object.make("spec") { spec in
        fillJob(&spec)
        PodDefaults.fill(templateAt: "template", of: &spec)
      }
    }
    rules.prepareForCreate = { job in
      job.fields["status"] = [:]
      if job[path: "spec", "manualSelector"]?.bool != true { generateSelector(of: &job) }
    }
    rules.prepareForUpdate = { job, live in job.fields["status"] = live.fields["status"] }
    rules.validate = { job, live, errors in JobCheck.check(job, live, &errors) }
    rules.validateStatus = JobStatus.check
    rules.warnings = { job, live in
      var warnings: [String] = []
      if live == nil {
        warnings += NameForm.dnsLabel.problems(of: job.name).map {
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS "
            + "label is recommended: [\($0)]"
        }
      }
      let spec = job.fields["spec"] ?? .null
      if spec.text("completionMode") == "Indexed", spec.number("completions") ?? 0 > 100_000,
        spec.number("parallelism") ?? 0 > 10_000
      {
        warnings.append(
          "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, "
            + "Kubernetes might not be able to track completedIndexes when a big number of indexes fail")
      }
      return warnings + templateWarnings(job, live)
    }
    rules.generationFields = ["spec"]
    return rules
  }()

  private static func fillJob(_ spec: inout JSONObject) {
    if spec["completions"] == nil, spec["parallelism"] == nil {
      spec["completions"] = 1
      spec["parallelism"] = 1
    }
    spec.fill("parallelism", 1)
    let isLimited = spec["backoffLimitPerIndex"] != nil
    let hasPolicy = spec["podFailurePolicy"] != nil
    spec.fill("backoffLimit", isLimited ? .int(Int64(Int32.max)) : 6)
    spec.fill("completionMode", "NonIndexed")
    spec.fill("suspend", false)
    spec.fill("manualSelector", false)
    spec.fill("podReplacementPolicy", hasPolicy ? "Failed" : "TerminatingOrFailed")
    spec.change("podFailurePolicy") { policy in
      policy.changeEach("rules") { $0.changeEach("onPodConditions") { $0.fillText("status", "True") } }
    }
  }

  /// Pods of a job bear its uid, by which it knows them.
  private static func generateSelector(of job: inout KubeObject) {
    for (label, isIdentity) in labels {
      let value = JSONValue.string(isIdentity ? job.uid : job.name)
      if let known = job[path: "spec", "template", "metadata", "labels", label], !known.isNull { continue }
      job.set("spec", "template", "metadata", "labels", label, to: value)
    }
    if job[path: "spec", "selector"] == nil { job.set("spec", "selector", to: [:]) }
    let label = "batch.kubernetes.io/controller-uid"
    job.set("spec", "selector", "matchLabels", label, to: .string(job.uid))
    if job[path: "metadata", "labels"] == nil {
      job.set("metadata", "labels", to: job[path: "spec", "template", "metadata", "labels"])
    }
  }
}
