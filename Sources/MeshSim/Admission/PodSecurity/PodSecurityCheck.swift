import KubeModel

/// One control of the Pod Security Standards.
struct PodSecurityCheck: Sendable {
  let level: PodSecurityLevel
  /// The minor version of Kubernetes since which it is asked for.
  var since = 0
  /// The version from which the restricted level has a stricter form of a baseline check.
  var replacedWhenRestrictedSince: Int?
  let violation: @Sendable (PodSecuritySubject) -> PodSecurityViolation?

  func applies(at standard: PodSecurityStandard) -> Bool {
    let minor = standard.minor ?? .max
    guard level <= standard.level, minor >= since else { return false }
    guard standard.level == .restricted, let replaced = replacedWhenRestrictedSince else { return true }
    return minor < replaced
  }

  /// In the order in which messages name them.
  static let all: [PodSecurityCheck] = baseline + restricted
}
