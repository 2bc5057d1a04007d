import KubeModel

/// The rules of pods and of pod templates as objects.
extension KindRules {
  static let pods: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = PodDefaults.fill(pod:)
    rules.prepareForCreate = { pod in
      var status = JSONObject([("phase", .string("Pending"))])
      status["qosClass"] = .string(PodQuality.of(pod))
      if !(pod.fields["spec"]?.list("schedulingGates") ?? []).isEmpty {
        status["conditions"] = [
          [
            "type": "PodScheduled", "status": "False", "reason": "SchedulingGated",
            "message": "Scheduling is blocked due to non-empty scheduling gates", "lastProbeTime": .null,
            "lastTransitionTime": .null,
          ]
        ]
      }
      pod.fields["status"] = .object(status)
    }
    rules.prepareForUpdate = { pod, live in pod.fields["status"] = live.fields["status"] }
    rules.validate = { pod, live, errors in
      if let live { PodUpdate.check(pod, live, &errors) } else { PodUpdate.checkNew(pod, &errors) }
    }
    rules.validateStatus = PodStatus.check
    rules.validateParts = [
      "ephemeralcontainers": PodParts.checkEphemeralContainers, "resize": PodParts.checkResize,
    ]
    rules.warnings = { pod, _ in
      PodWarnings.of(
        spec: pod.fields["spec"] ?? .null, metadata: pod.fields["metadata"] ?? .null, FieldPath())
    }
    rules.repeatsMetadataOnUpdate = true
    rules.deletionAnswersObject = true
    rules.generationFields = ["spec"]
    return rules
  }()

  static let podTemplates: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { PodDefaults.fill(templateAt: "template", of: &$0) }
    rules.validate = { object, _, errors in
      PodTemplate.check(object.fields["template"] ?? .null, FieldPath("template"), &errors)
    }
    rules.warnings = { object, live in
      if let live, live.generation == object.generation { return [] }
      return PodTemplate.warnings(object.fields["template"], FieldPath("template"))
    }
    rules.generationFields = ["template"]
    rules.deletionAnswersObject = true
    return rules
  }()
}

/// The quality of service that a pod's resources ask for.
enum PodQuality {
  static func of(_ pod: KubeObject) -> String {
    let spec = pod.fields["spec"] ?? .null
    let containers = spec.list("containers") + spec.list("initContainers")
    var isGuaranteed = true
    var hasResources = false
    for container in containers {
      let limits = container[path: "resources", "limits"] ?? .null
      let requests = container[path: "resources", "requests"] ?? .null
      for name in ["cpu", "memory"] {
        let limit = Amount(limits[name]).flatMap { $0.nanos > 0 ? $0 : nil }
        let request = Amount(requests[name]).flatMap { $0.nanos > 0 ? $0 : nil }
        if limit != nil || request != nil { hasResources = true }
        if limit == nil || limit?.nanos != (request ?? limit)?.nanos { isGuaranteed = false }
      }
    }
    return !hasResources ? "BestEffort" : isGuaranteed ? "Guaranteed" : "Burstable"
  }
}

/// A template of pods within another object.
enum PodTemplate {
  static func check(_ template: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let metadata = template["metadata"] ?? .null
    errors.labels(path["labels"], metadata["labels"])
    errors.annotations(path["annotations"], metadata["annotations"])
    let spec = template["spec"] ?? .null
    PodAnnotations.check(metadata, spec, path["annotations"], &errors)
    PodSpec(spec, path["spec"], podName: nil, isPod: false).check(&errors)
    if !spec.list("ephemeralContainers").isEmpty {
      errors.forbidden(
        path["spec"]["ephemeralContainers"], "ephemeral containers not allowed in pod template")
    }
  }

  static func warnings(_ template: JSONValue?, _ path: FieldPath) -> [String] {
    PodWarnings.of(spec: template?["spec"] ?? .null, metadata: template?["metadata"] ?? .null, path)
  }
}
