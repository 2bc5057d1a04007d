import KubeModel

extension KindRules {
  static let deployments: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fill("replicas", 1)
        spec.fill("revisionHistoryLimit", 10)
        spec.fill("progressDeadlineSeconds", 600)
        spec.make("strategy") { strategy in
          strategy.fillText("type", "RollingUpdate")
          guard strategy["type"] == "RollingUpdate" else { return }
          strategy.make("rollingUpdate") { update in
            update.fill("maxUnavailable", "25%")
            update.fill("maxSurge", "25%")
          }
        }
        PodDefaults.fill(templateAt: "template", of: &spec)
      }
    }
    rules.dropStatus()
    rules.prepareForStatus = { object, live in
      keepSpecification(&object, live)
      object.set("metadata", "labels", to: live[path: "metadata", "labels"])
    }
    rules.validate = { object, live, errors in
      DeploymentCheck.check(object.fields["spec"] ?? .null, live, &errors)
    }
    rules.validateStatus = { object, live, errors in
      let status = object.fields["status"] ?? .null
      let words = "cannot be greater than status.replicas"
      Workload.counts(
        status,
        [
          "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas",
          "unavailableReplicas", "terminatingReplicas",
        ],
        [
          ("updatedReplicas", "replicas", words), ("readyReplicas", "replicas", words),
          ("availableReplicas", "replicas", words),
          ("availableReplicas", "readyReplicas", "cannot be greater than readyReplicas"),
        ], &errors)
      Workload.collisions(status, live, &errors)
    }
    rules.warnings = templateWarnings
    rules.generationFields = ["spec"]
    rules.countsAnnotations = true
    return rules
  }()
}

/// Checks a Deployment's specification.
enum DeploymentCheck {
  static func check(_ spec: JSONValue, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    errors.negative(path["replicas"], spec["replicas"])
    Workload.selector(spec, "deployment", &errors)
    Workload.template(spec, "Deployment", &errors)
    strategy(spec["strategy"] ?? .null, path["strategy"], &errors)
    errors.negative(path["minReadySeconds"], spec["minReadySeconds"])
    errors.negative(path["revisionHistoryLimit"], spec["revisionHistoryLimit"])
    if let deadline = spec.number("progressDeadlineSeconds") {
      let place = path["progressDeadlineSeconds"]
      errors.negative(place, .int(deadline))
      if deadline <= spec.number("minReadySeconds") ?? 0 {
        errors.invalid(place, .int(deadline), "must be greater than minReadySeconds")
      }
    }
    if let live { errors.immutable(path["selector"], spec["selector"], live[path: "spec", "selector"]) }
  }

  private static func strategy(_ strategy: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let update = strategy["rollingUpdate"]
    switch strategy.text("type") {
    case "Recreate":
      if update != nil {
        errors.forbidden(
          path["rollingUpdate"], "may not be specified when strategy `type` is 'Recreate'")
      }
    case "RollingUpdate":
      guard let update, !update.isNull else {
        return errors.required(path["rollingUpdate"], "this should be defaulted and never be nil")
      }
      rollingUpdate(update, path["rollingUpdate"], &errors)
    case let type: errors.notSupported(path["type"], .string(type), ["Recreate", "RollingUpdate"])
    }
  }

  static func rollingUpdate(_ update: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    Workload.amount(path["maxUnavailable"], update["maxUnavailable"], &errors)
    Workload.amount(path["maxSurge"], update["maxSurge"], &errors)
    if Workload.isZero(update["maxUnavailable"]), Workload.isZero(update["maxSurge"]) {
      errors.invalid(
        path["maxUnavailable"], update["maxUnavailable"] ?? .null, "may not be 0 when `maxSurge` is 0")
    }
    Workload.share(path["maxUnavailable"], update["maxUnavailable"], &errors)
  }
}
