import KubeModel

extension KindRules {
  private static let counts = [
    "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration",
    "terminatingReplicas",
  ]

  private static func checkStatus(_ object: KubeObject, _ errors: inout FieldErrors) {
    let words = "cannot be greater than status.replicas"
    Workload.counts(
      object.fields["status"] ?? .null, counts,
      [
        ("fullyLabeledReplicas", "replicas", words), ("readyReplicas", "replicas", words),
        ("availableReplicas", "replicas", words),
        ("availableReplicas", "readyReplicas", "cannot be greater than readyReplicas"),
      ], &errors)
  }

  static let replicaSets: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fill("replicas", 1)
        PodDefaults.fill(templateAt: "template", of: &spec)
      }
      object.make("status") { $0.fill("replicas", 0) }
    }
    rules.dropStatus(initially: ["replicas": 0])
    rules.validate = { object, live, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      errors.negative(path["replicas"], spec["replicas"])
      errors.negative(path["minReadySeconds"], spec["minReadySeconds"])
      Workload.selector(spec, "deployment", &errors)
      Workload.template(spec, "ReplicaSet", &errors)
      if let live { errors.immutable(path["selector"], spec["selector"], live[path: "spec", "selector"]) }
    }
    rules.validateStatus = { object, _, errors in checkStatus(object, &errors) }
    rules.warnings = templateWarnings
    rules.generationFields = ["spec"]
    return rules
  }()

  static let replicationControllers: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      let labels = object["spec"]?[path: "template", "metadata", "labels"]
      object.make("spec") { spec in
        spec.fill("replicas", 1)
        if spec["template"] != nil { PodDefaults.fill(templateAt: "template", of: &spec) }
        if let labels, spec["selector"]?.isEmptyContent ?? true { spec["selector"] = labels }
      }
      if let labels {
        object.make("metadata") { if $0["labels"]?.isEmptyContent ?? true { $0["labels"] = labels } }
      }
    }
    rules.dropStatus(initially: ["replicas": 0])
    rules.validate = { object, _, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      errors.negative(path["minReadySeconds"], spec["minReadySeconds"])
      if spec.entries("selector").isEmpty { errors.required(path["selector"]) }
      errors.negative(path["replicas"], spec["replicas"])
      guard let template = spec["template"], !template.isNull else {
        return errors.required(path["template"])
      }
      var checked = spec
      checked["selector"] = ["matchLabels": spec["selector"] ?? [:]]
      Workload.template(checked, "ReplicationController", &errors)
    }
    rules.validateStatus = { object, _, errors in checkStatus(object, &errors) }
    rules.warnings = templateWarnings
    rules.generationFields = ["spec"]
    return rules
  }()
}
