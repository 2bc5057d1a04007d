public import KubeModel
public import MeshTopology
public import Seams

/// Everything a rollout is going to do, fixed when it starts, so that any process can go on with it.
public struct RolloutPlan: Hashable, Sendable {
  /// One version of a workload.
  public struct Release: Hashable, Sendable {
    /// The image of its main container.
    public var image: String
    /// The pod template as it is applied; `track` is `stable` in it.
    public var template: JSONValue

    /// Creates a release.
    public init(image: String, template: JSONValue) {
      self.image = image
      self.template = template
    }
  }

  /// The two forms of a VirtualService's `http` routes.
  public struct Routes: Hashable, Sendable {
    /// Without a canary.
    public var resting: JSONValue
    /// With one; the weights in it are replaced.
    public var running: JSONValue
    /// The name of the canary's subset.
    public var canarySubset: String

    /// Creates the forms.
    public init(resting: JSONValue, running: JSONValue, canarySubset: String) {
      self.resting = resting
      self.running = running
      self.canarySubset = canarySubset
    }
  }

  /// The workload.
  public var workload: WorkloadReference
  /// The number of this run; runs of a workload count from 1.
  public var run: Int
  /// The Git commit the new release comes from.
  public var commit: String
  /// What serves now, and what an abort goes back to.
  public var stable: Release
  /// What is to serve.
  public var candidate: Release
  /// The canary's shares one after the other, strictly increasing; never empty.
  public var steps: [Weight]
  /// Whether the rollout waits for a person after its last step.
  public var holds: Bool
  /// How long each step is watched.
  public var bake: Duration
  /// How long pods may take to become ready.
  public var readyDeadline: Duration
  /// What the new release must show.
  public var judge: JudgePolicy
  /// The pods that the stable version needs to carry all traffic: as many as it had at the start.
  public var capacity: Int
  /// `minReplicas` of the workload's autoscaler, which the rollout raises to `capacity` meanwhile; `nil`
  /// without an autoscaler.
  public var autoscalerMinimum: Int?
  /// The routes.
  public var routes: Routes
  /// Who started it.
  public var startedBy: String
  /// When.
  public var startedAt: Timestamp

  /// The name of the canary's Deployment.
  public var canaryName: String { workload.name + "-" + MeshLabels.canary }

  /// How many canary pods a share takes: the same load a pod as stable's, rounded up.
  public func canaryReplicas(for weight: Weight) -> Int {
    max(1, (capacity * weight.percent + 99) / 100)
  }

  /// The shortest time the rollout can take, without the start of pods.
  public var shortestDuration: Duration { bake * (steps.count + 1) }
}

/// The annotation that names the release a template belongs to.
public enum ReleaseMark {
  /// On pod templates.
  public static let annotation = "meshctl.dev/release"
  /// On objects: the epoch of the last procedure that wrote them.
  public static let epochAnnotation = "meshctl.dev/epoch"
  /// On objects: the epoch of the last procedure that took them over.
  public static let fenceAnnotation = "meshctl.dev/fence"

  /// `template` with its mark: a digest of everything else in it.
  public static func marking(_ template: JSONValue) -> JSONValue {
    var object = template.object ?? JSONObject()
    object.set(["metadata", "annotations", annotation], to: nil)
    object.set(["metadata", "annotations", annotation], to: .string(digest(.object(object))))
    return .object(object)
  }

  /// The mark of a template, whatever the server has added to it.
  public static func mark(of template: JSONValue?) -> String? {
    template?[path: "metadata", "annotations", annotation]?.string
  }

  /// FNV-1a of the canonical JSON. It tells releases of one workload apart; it is no protection against
  /// someone who looks for a collision, who could as well copy the mark.
  private static func digest(_ value: JSONValue) -> String {
    let digits = String(StableHash.of(value.jsonBytes()), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
