public import KubeModel

/// One thing that is wrong with a topology's text, or that somebody will regret.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// How much a problem matters, the least first.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The topology is valid, and does what it says; somebody will regret it.
    case warning
    /// The topology cannot be used.
    case error
  }

  /// What is wrong, in a word that stays the same between versions, such as `unknown-field`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// How much it matters.
  public let severity: Severity
  /// What is wrong, in a stable word.
  public let code: Code
  /// What is wrong, in a sentence.
  public let message: String
  /// Where it stands.
  public let place: Place
  /// What it is part of, such as `Workload/user-service spec.ports[0].port`; empty for a whole file.
  public let path: String
  /// What to do about it; empty when the message says it.
  public let remedy: String

  /// `file:line:column: message (path); remedy`, for a warning with `warning: ` before the message.
  public var description: String {
    "\(place): " + (severity == .warning ? "warning: " : "") + message + (path.isEmpty ? "" : " (\(path))")
      + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}

extension Problem.Code {
  /// The text is not YAML, or more of it than the bounds allow.
  public static let invalidYAML = Problem.Code("invalid-yaml")
  /// There are more documents or problems than are looked at.
  public static let tooMany = Problem.Code("too-many")
  /// A mapping has a field that means nothing.
  public static let unknownField = Problem.Code("unknown-field")
  /// A field that must be there is not.
  public static let missingField = Problem.Code("missing-field")
  /// A value has the wrong type.
  public static let wrongType = Problem.Code("wrong-type")
  /// A value has the right type, but is none of those allowed.
  public static let invalidValue = Problem.Code("invalid-value")
  /// A name breaks the rules of Kubernetes or of meshctl.
  public static let invalidName = Problem.Code("invalid-name")
  /// Two things have the same name.
  public static let duplicate = Problem.Code("duplicate")
  /// Values that are right alone contradict each other.
  public static let contradiction = Problem.Code("contradiction")
  /// Something is named that is not declared.
  public static let unknownReference = Problem.Code("unknown-reference")
  /// Two address ranges share addresses.
  public static let overlappingRanges = Problem.Code("overlapping-ranges")
  /// Two environments, or two services, claim what only one can have.
  public static let shared = Problem.Code("shared")
  /// A document has an `apiVersion` that is not known.
  public static let unknownVersion = Problem.Code("unknown-version")
  /// A document has a `kind` that is not known.
  public static let unknownKind = Problem.Code("unknown-kind")
  /// A document is a Kubernetes object rather than part of a topology.
  public static let rawManifest = Problem.Code("raw-manifest")
  /// No document declares the system.
  public static let missingTopology = Problem.Code("missing-topology")
}
