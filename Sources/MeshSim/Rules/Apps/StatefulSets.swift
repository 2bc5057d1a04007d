import KubeModel

extension KindRules {
  static let statefulSets: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fillText("podManagementPolicy", "OrderedReady")
        spec.make("updateStrategy") { strategy in
          let isOpen = strategy["type"]?.string?.isEmpty ?? true
          strategy.fillText("type", "RollingUpdate")
          guard strategy["type"] == "RollingUpdate" else { return }
          if isOpen {
            strategy.make("rollingUpdate") { $0.fill("partition", 0) }
          } else {
            strategy.change("rollingUpdate") { $0.fill("partition", 0) }
          }
        }
        spec.make("persistentVolumeClaimRetentionPolicy") { policy in
          policy.fillText("whenDeleted", "Retain")
          policy.fillText("whenScaled", "Retain")
        }
        spec.fill("replicas", 1)
        spec.fill("revisionHistoryLimit", 10)
        PodDefaults.fill(templateAt: "template", of: &spec)
        spec.changeEach("volumeClaimTemplates") { claim in
          claim.fillText("apiVersion", "v1")
          claim.fillText("kind", "PersistentVolumeClaim")
          KindRules.fillClaim(&claim)
        }
      }
    }
    rules.dropStatus(initially: ["availableReplicas": 0, "replicas": 0])
    rules.validate = { object, live, errors in
      StatefulSetCheck.check(object.fields["spec"] ?? .null, live?.fields["spec"], &errors)
    }
    rules.validateStatus = { object, live, errors in
      let status = object.fields["status"] ?? .null
      let words = "cannot be greater than status.replicas"
      Workload.counts(
        status,
        [
          "replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas",
          "observedGeneration",
        ],
        [
          ("readyReplicas", "replicas", words), ("currentReplicas", "replicas", words),
          ("updatedReplicas", "replicas", words), ("availableReplicas", "replicas", words),
          ("availableReplicas", "readyReplicas", "cannot be greater than status.readyReplicas"),
        ], &errors)
      Workload.collisions(status, live, &errors)
    }
    rules.warnings = { object, live in
      let spec = object.fields["spec"] ?? .null
      guard live.map({ $0.fields["spec"] != object.fields["spec"] }) ?? true else { return [] }
      var warnings = templateWarnings(object, live)
      for (index, claim) in spec.list("volumeClaimTemplates").enumerated() {
        warnings += ClaimCheck.warnings(
          claim["spec"] ?? .null, FieldPath("spec.volumeClaimTemplates")[index]["spec"])
      }
      if spec.number("revisionHistoryLimit").map({ $0 < 0 }) ?? false {
        warnings.append(
          "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"
        )
      }
      return warnings
    }
    rules.generationFields = ["spec"]
    return rules
  }()
}

/// Checks a StatefulSet's specification.
enum StatefulSetCheck {
  private static let updatable = [
    "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
  ]

  static func check(_ spec: JSONValue, _ live: JSONValue?, _ errors: inout FieldErrors) {
    let path = FieldPath("spec")
    switch spec.text("podManagementPolicy") {
    case "": errors.required(path["podManagementPolicy"])
    case "OrderedReady", "Parallel": break
    case let policy:
      errors.invalid(
        path["podManagementPolicy"], .string(policy), "must be 'OrderedReady' or 'Parallel'")
    }
    strategy(spec["updateStrategy"] ?? .null, path["updateStrategy"], &errors)
    retention(
      spec["persistentVolumeClaimRetentionPolicy"], path["persistentVolumeClaimRetentionPolicy"], &errors)
    for field in ["replicas", "minReadySeconds"] { errors.negative(path[field], spec[field]) }
    errors.negative(path["ordinals"]["start"], spec[path: "ordinals", "start"])
    let name = spec.text("serviceName")
    if live == nil, !name.isEmpty { errors.name(path["serviceName"], name, .dnsSubdomain) }
    selector(spec, path, &errors)
    template(spec, path["template"], &errors)
    guard let live else { return }
    var new = spec
    for field in updatable { new[field] = live[field] }
    guard new != live else { return }
    errors.forbidden(
      path,
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
        + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
    )
  }

  private static func selector(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let selector = spec["selector"], !selector.isNull else {
      return errors.required(path["selector"])
    }
    errors.selector(path["selector"], selector)
    if selector.entries("matchLabels").isEmpty, selector.list("matchExpressions").isEmpty {
      errors.invalid(path["selector"], selector, "empty selector is invalid for statefulset")
    }
  }

  private static func template(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    var template = spec["template"] ?? .null
    let selector = spec["selector"] ?? .null
    let isEmpty =
      !selector.isNull && selector.entries("matchLabels").isEmpty && selector.list("matchExpressions").isEmpty
    if !isEmpty { errors.selection(path, selector, template: template) }
    // Claims stand for volumes of the same names.
    let claims = spec.list("volumeClaimTemplates").map { $0[path: "metadata", "name"]?.string ?? "" }
    if !claims.isEmpty {
      let volumes = (template["spec"]?.list("volumes") ?? []).filter { !claims.contains($0.text("name")) }
      let stand: [JSONValue] = claims.filter { !$0.isEmpty }.map {
        ["name": .string($0), "persistentVolumeClaim": ["claimName": .string($0)]]
      }
      template["spec"]?["volumes"] = .array(volumes + stand)
    }
    PodTemplate.check(template, path, &errors)
    let podSpec = template["spec"] ?? .null
    if podSpec.text("restartPolicy") != "Always" {
      errors.notSupported(
        path["spec"]["restartPolicy"], .string(podSpec.text("restartPolicy")), ["Always"])
    }
    if podSpec.has("activeDeadlineSeconds") {
      errors.forbidden(
        path["spec"]["activeDeadlineSeconds"], "activeDeadlineSeconds in StatefulSet is not Supported")
    }
  }

  private static func strategy(_ strategy: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let update = strategy["rollingUpdate"]
    switch strategy.text("type") {
    case "": errors.required(path)
    case "OnDelete":
      if let update {
        errors.invalid(path["rollingUpdate"], update, "only allowed for updateStrategy 'RollingUpdate'")
      }
    case "RollingUpdate":
      errors.negative(path["rollingUpdate"]["partition"], update?["partition"])
      guard let most = update?["maxUnavailable"] else { return }
      let place = path["rollingUpdate"]["maxUnavailable"]
      Workload.amount(place, most, &errors)
      if Workload.isZero(most) { errors.invalid(place, most, "cannot be 0") }
      Workload.share(place, most, &errors)
    default: errors.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'")
    }
  }

  private static func retention(_ policy: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let policy else { return }
    for field in ["whenDeleted", "whenScaled"] {
      let text = policy.text(field)
      if !["Delete", "Retain"].contains(text) {
        errors.notSupported(path[field], .string(text), ["Delete", "Retain"])
      }
    }
  }
}
