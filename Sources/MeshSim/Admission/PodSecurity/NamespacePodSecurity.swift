import KubeModel

/// What the labels of a namespace ask of its pods.
struct NamespacePodSecurity: Equatable {
  var enforced = PodSecurityStandard(level: .privileged)
  var warned = PodSecurityStandard(level: .privileged)
  private(set) var errors = FieldErrors()

  static func == (left: NamespacePodSecurity, right: NamespacePodSecurity) -> Bool {
    left.enforced == right.enforced && left.warned == right.warned
  }

  init(_ namespace: KubeObject?) {
    let labels = namespace?.labels ?? [:]
    enforced = read("enforce", labels)
    warned = read("warn", labels)
    _ = read("audit", labels)
    // Without a word on warnings, what is enforced is what is warned of.
    if labels[NamespacePodSecurity.prefix + "warn"] == nil { warned.level = enforced.level }
    if labels[NamespacePodSecurity.prefix + "warn"] == nil,
      labels[NamespacePodSecurity.prefix + "warn-version"] == nil
    {
      warned.minor = enforced.minor
    }
  }

  private static let prefix = "pod-security.kubernetes.io/"

  private mutating func read(_ mode: String, _ labels: [String: String]) -> PodSecurityStandard {
    var standard = PodSecurityStandard(level: .privileged)
    let path = FieldPath("metadata.labels")
    let levelKey = NamespacePodSecurity.prefix + mode
    if let text = labels[levelKey] {
      if let level = PodSecurityLevel(rawValue: text) {
        standard.level = level
      } else {
        errors.invalid(path[key: levelKey], .string(text), "must be one of privileged, baseline, restricted")
        standard.level = .restricted
      }
    }
    let versionKey = levelKey + "-version"
    if let text = labels[versionKey] {
      if let minor = PodSecurityStandard.minor(text) {
        standard.minor = minor
      } else {
        errors.invalid(path[key: versionKey], .string(text), "must be \"latest\" or \"v1.x\"")
      }
    }
    return standard
  }
}
