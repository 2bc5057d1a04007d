/// How strict pods of a namespace have to be: the Pod Security Standards.
enum PodSecurityLevel: String, Comparable, Sendable {
  case privileged, baseline, restricted

  private var rank: Int {
    switch self {
    case .privileged: 0
    case .baseline: 1
    case .restricted: 2
    }
  }

  static func < (left: PodSecurityLevel, right: PodSecurityLevel) -> Bool { left.rank < right.rank }
}

/// A level as it stood in a version of Kubernetes.
struct PodSecurityStandard: Hashable, Sendable, CustomStringConvertible {
  var level: PodSecurityLevel
  /// The minor version of Kubernetes; nil for the latest.
  var minor: Int?

  /// `restricted:latest`.
  var description: String { "\(level.rawValue):\(minor.map { "v1.\($0)" } ?? "latest")" }

  /// Reads what a label says: `latest`, or a version such as `v1.30`; nil for another text.
  static func minor(_ text: String) -> Int?? {
    if text == "latest" { return .some(nil) }
    guard text.hasPrefix("v1."), let minor = Int(text.dropFirst(3)), String(minor) == text.dropFirst(3) else {
      return nil
    }
    return minor
  }
}
