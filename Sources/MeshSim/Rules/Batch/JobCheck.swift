import KubeModel

/// Checks a Job, and the specification of one.
enum JobCheck {
  static func check(_ job: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let spec = job.fields["spec"] ?? .null
    let path = FieldPath("spec")
    if live == nil { generated(job, spec, &errors) }
    self.spec(spec, path, &errors)
    if let selector = spec["selector"], !selector.isNull {
      errors.selector(path["selector"], selector)
      errors.selection(path["template"], selector, template: spec["template"])
    } else {
      errors.required(path["selector"])
      errors.selection(path["template"], nil, template: spec["template"])
    }
    guard let live else {
      let completions = spec.number("completions") ?? 0
      if spec.text("completionMode") == "Indexed", completions > 0 {
        let host = "\(job.name)-\(completions - 1)"
        if !NameForm.dnsLabel.problems(of: host).isEmpty {
          errors.invalid(
            FieldPath("metadata.name"), .string(job.name),
            "will not able to create pod with invalid DNS label: \(host)")
        }
      }
      return
    }
    update(spec, live.fields["spec"] ?? .null, path, &errors)
  }

  /// That the labels by which the job finds its pods are those that it would have got.
  private static func generated(_ job: KubeObject, _ spec: JSONValue, _ errors: inout FieldErrors) {
    guard spec["manualSelector"] != true, let selector = spec["selector"] else { return }
    if job.uid.isEmpty { errors.required(FieldPath("metadata.uid")) }
    let labels = spec[path: "template", "metadata", "labels"]
    let wanted = [
      ("controller-uid", job.uid), ("job-name", job.name), ("batch.kubernetes.io/controller-uid", job.uid),
      ("batch.kubernetes.io/job-name", job.name),
    ]
    let path = FieldPath("spec.template.metadata.labels")
    for (label, value) in wanted {
      guard let known = labels?[label]?.string else {
        errors.required(path[key: label], "must be '\(value)'")
        continue
      }
      if known != value { errors.invalid(path[key: label], labels, "must be '\(value)'") }
    }
    let expected = Dictionary(uniqueKeysWithValues: wanted)
    if LabelSelector(json: selector)?.matches(expected) == false {
      errors.invalid(FieldPath("spec.selector"), selector, "`selector` not auto-generated")
    }
  }

  static func spec(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for field in [
      "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished",
      "backoffLimitPerIndex", "maxFailedIndexes",
    ] { errors.negative(path[field], spec[field]) }
    if spec.has("maxFailedIndexes"), !spec.has("backoffLimitPerIndex") {
      errors.required(path["backoffLimitPerIndex"], "when maxFailedIndexes is specified")
    }
    if let manager = spec["managedBy"]?.string {
      DomainPath.check(manager, path["managedBy"], &errors)
      if manager.utf8.count > 63 { errors.tooLong(path["managedBy"], maximum: 63) }
    }
    completionMode(spec, path, &errors)
    JobPolicies.check(spec, path, &errors)
    PodTemplate.check(spec["template"] ?? .null, path["template"], &errors)
    let restart = spec[path: "template", "spec", "restartPolicy"]?.string ?? ""
    let place = path["template"]["spec"]["restartPolicy"]
    if restart.isEmpty || restart == "Always" {
      errors.required(place, "valid values: \"OnFailure\", \"Never\"")
    } else if !["OnFailure", "Never"].contains(restart) {
      errors.notSupported(place, .string(restart), ["OnFailure", "Never"])
    } else if spec.has("podFailurePolicy"), restart != "Never" {
      errors.invalid(
        place, .string(restart), "only \"Never\" is supported when podFailurePolicy is specified")
    }
  }

  private static func completionMode(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let mode = spec["completionMode"]?.string ?? "NonIndexed"
    let limit = spec.number("maxFailedIndexes")
    switch mode {
    case "Indexed":
      let completions = spec.number("completions")
      let parallelism = spec.number("parallelism") ?? 0
      if completions == nil {
        errors.required(path["completions"], "when completion mode is Indexed")
      }
      if parallelism > 100_000 {
        errors.invalid(
          path["parallelism"], .int(parallelism),
          "must be less than or equal to 100000 when completion mode is Indexed")
      }
      if let limit, let completions, limit > completions {
        errors.invalid(path["maxFailedIndexes"], .int(limit), "must be less than or equal to completions")
      }
      if let limit, limit > 100_000 {
        errors.invalid(path["maxFailedIndexes"], .int(limit), "must be less than or equal to 100000")
      }
      guard completions ?? 0 > 100_000, spec.has("backoffLimitPerIndex") else { return }
      let words =
        "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index"
      if limit == nil {
        errors.required(path["maxFailedIndexes"], "must be specified when completions is above 100000")
      }
      if parallelism > 10_000 { errors.invalid(path["parallelism"], .int(parallelism), words) }
      if let limit, limit > 10_000 { errors.invalid(path["maxFailedIndexes"], .int(limit), words) }
    case "NonIndexed":
      for field in ["backoffLimitPerIndex", "maxFailedIndexes"] {
        if let value = spec[field] { errors.invalid(path[field], value, "requires indexed completion mode") }
      }
    default:
      errors.notSupported(path["completionMode"], .string(mode), ["NonIndexed", "Indexed"])
    }
  }

  private static func update(
    _ spec: JSONValue, _ old: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    if spec["completions"] != old["completions"] {
      let isElastic =
        spec.text("completionMode") == "Indexed" && spec.has("completions") && old.has("completions")
      if !isElastic {
        errors.immutable(path["completions"], spec["completions"], old["completions"])
      } else if spec["completions"] != spec["parallelism"] {
        errors.invalid(
          path["completions"], spec["completions"],
          "can only be modified in tandem with spec.parallelism")
      }
    }
    errors.immutable(path["selector"], spec["selector"], old["selector"])
    template(spec, old, path["template"], &errors)
    for field in [
      "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy",
    ] { errors.immutable(path[field], spec[field], old[field]) }
  }

  /// A job that has not started may still say where its pods go.
  private static func template(
    _ spec: JSONValue, _ old: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let new = spec["template"] ?? .null
    var known = old["template"] ?? .null
    if old.flag("suspend") {
      for field in ["nodeSelector", "tolerations", "schedulingGates"] {
        known["spec"]?[field] = new["spec"]?[field]
      }
      for field in ["labels", "annotations"] {
        known["metadata"]?[field] = new["metadata"]?[field]
      }
      if new[path: "spec", "affinity", "nodeAffinity"] != known[path: "spec", "affinity", "nodeAffinity"] {
        var affinity = known[path: "spec", "affinity"]?.object ?? JSONObject()
        affinity["nodeAffinity"] = new[path: "spec", "affinity", "nodeAffinity"]
        let isGone = affinity.isEmpty && new[path: "spec", "affinity"] == nil
        known["spec"]?["affinity"] = isGone ? nil : .object(affinity)
      }
    }
    guard new != known else { return }
    errors.invalid(path, new, "field is immutable")
  }
}

/// A domain, a slash and a path.
enum DomainPath {
  static func check(_ text: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    if text.isEmpty { return errors.required(path) }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      return errors.invalid(
        path, .string(text), "must be a domain-prefixed path (such as \"acme.io/foo\")")
    }
    errors.name(path, String(parts[0]), .dnsSubdomain)
    let isPlain = parts[1].utf8.allSatisfy {
      ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || (48...57).contains($0)
        || "/-._~%!$&'()*+,;=:".utf8.contains($0)
    }
    if !isPlain {
      errors.invalid(
        path, .string(String(parts[1])),
        "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')")
    }
  }
}
