import KubeModel

extension KindRules {
  private static let generationNote = "deprecated.daemonset.template.generation"

  static let daemonSets: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.make("updateStrategy") { strategy in
          strategy.fillText("type", "RollingUpdate")
          guard strategy["type"] == "RollingUpdate" else { return }
          strategy.make("rollingUpdate") { update in
            update.fill("maxUnavailable", 1)
            update.fill("maxSurge", 0)
          }
        }
        spec.fill("revisionHistoryLimit", 10)
        PodDefaults.fill(templateAt: "template", of: &spec)
      }
    }
    let none: JSONValue = [
      "currentNumberScheduled": 0, "desiredNumberScheduled": 0, "numberMisscheduled": 0, "numberReady": 0,
    ]
    rules.prepareForCreate = { object in
      object.fields["status"] = none
      object.set("metadata", "annotations", generationNote, to: "1")
    }
    rules.prepareForUpdate = { object, live in
      object.fields["status"] = live.fields["status"]
      let known = live[path: "metadata", "annotations", generationNote]?.string.flatMap { Int64($0) } ?? 1
      let isNew = object[path: "spec", "template"] != live[path: "spec", "template"]
      object.set("metadata", "annotations", generationNote, to: .string(String(isNew ? known + 1 : known)))
    }
    rules.validate = { object, live, errors in
      DaemonSetCheck.check(object.fields["spec"] ?? .null, live, &errors)
    }
    rules.validateStatus = { object, live, errors in
      let status = object.fields["status"] ?? .null
      Workload.counts(
        status,
        [
          "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady",
          "observedGeneration", "updatedNumberScheduled", "numberAvailable", "numberUnavailable",
        ], [], &errors)
      Workload.collisions(status, live, &errors)
    }
    rules.warnings = templateWarnings
    rules.generationFields = ["spec"]
    return rules
  }()
}

/// Checks a DaemonSet's specification.
enum DaemonSetCheck {
  static func check(_ spec: JSONValue, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    if let selector = spec["selector"], !selector.isNull {
      errors.selector(path["selector"], selector)
      if selector.entries("matchLabels").isEmpty, selector.list("matchExpressions").isEmpty {
        errors.invalid(path["selector"], selector, "empty selector is invalid for daemonset")
      }
    } else {
      errors.required(path["selector"])
    }
    Workload.template(spec, "DaemonSet", &errors)
    errors.negative(path["minReadySeconds"], spec["minReadySeconds"])
    strategy(spec["updateStrategy"] ?? .null, path["updateStrategy"], &errors)
    errors.negative(path["revisionHistoryLimit"], spec["revisionHistoryLimit"])
    if let live { errors.immutable(path["selector"], spec["selector"], live[path: "spec", "selector"]) }
  }

  private static func strategy(_ strategy: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    switch strategy.text("type") {
    case "OnDelete": break
    case "RollingUpdate":
      guard let update = strategy["rollingUpdate"], !update.isNull else {
        return errors.required(path["rollingUpdate"])
      }
      let path = path["rollingUpdate"]
      for field in ["maxUnavailable", "maxSurge"] {
        Workload.amount(path[field], update[field], &errors)
        Workload.share(path[field], update[field], &errors)
      }
      let hasUnavailable = !Workload.isZero(update["maxUnavailable"])
      let hasSurge = !Workload.isZero(update["maxSurge"])
      if hasUnavailable, hasSurge {
        errors.invalid(
          path["maxSurge"], update["maxSurge"] ?? .null, "may not be set when maxUnavailable is non-zero")
      } else if !hasUnavailable, !hasSurge {
        errors.required(path["maxUnavailable"], "cannot be 0 when maxSurge is 0")
      }
    case let type: errors.notSupported(path["type"], .string(type), ["RollingUpdate", "OnDelete"])
    }
  }
}
