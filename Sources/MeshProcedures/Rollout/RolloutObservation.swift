import KubeModel
public import MeshTopology
import Seams

/// What is true of a rollout's objects at one moment.
public struct RolloutObservation: Sendable {
  /// A Deployment as a rollout sees it.
  public struct Fleet: Hashable, Sendable {
    /// Which release its template is.
    public enum Release: Hashable, Sendable {
      case stable
      case candidate
      /// Neither: someone else has changed it.
      case foreign
    }

    public var uid: String
    public var resourceVersion: String
    /// The pods asked for.
    public var desired: Int
    /// The pods that are available.
    public var ready: Int
    /// Whether all pods asked for are of the present template and available, and no others are left.
    public var isComplete: Bool
    public var release: Release
    /// What is wrong with its pods, such as `CrashLoopBackOff: …`; `nil` when nothing is.
    public var trouble: String?
    /// The restarts of the container that is in trouble.
    public var restarts: Int

    /// Creates a fleet.
    public init(
      uid: String, resourceVersion: String, desired: Int, ready: Int, isComplete: Bool, release: Release,
      trouble: String? = nil, restarts: Int = 0
    ) {
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.desired = desired
      self.ready = ready
      self.isComplete = isComplete
      self.release = release
      self.trouble = trouble
      self.restarts = restarts
    }
  }

  /// The routes as they are.
  public struct Route: Hashable, Sendable {
    public var resourceVersion: String
    /// The canary's share; `nil` when the routes are not in a form that a rollout writes.
    public var canary: Weight?

    /// Creates a route.
    public init(resourceVersion: String, canary: Weight?) {
      self.resourceVersion = resourceVersion
      self.canary = canary
    }
  }

  /// The Deployment that serves; `nil` when it is gone.
  public var stable: Fleet?
  /// The canary's Deployment; `nil` when there is none.
  public var canary: Fleet?
  /// The VirtualService; `nil` when it is gone.
  public var route: Route?
  /// `minReplicas` of the autoscaler; `nil` when there is none.
  public var autoscalerMinimum: Int?
  /// Requests to each side since the phase began; `nil` when nothing could be learned.
  public var stableRequests: RequestSample?
  public var canaryRequests: RequestSample?

  /// Creates an observation.
  public init(
    stable: Fleet?, canary: Fleet?, route: Route?, autoscalerMinimum: Int?,
    stableRequests: RequestSample? = nil,
    canaryRequests: RequestSample? = nil
  ) {
    self.stable = stable
    self.canary = canary
    self.route = route
    self.autoscalerMinimum = autoscalerMinimum
    self.stableRequests = stableRequests
    self.canaryRequests = canaryRequests
  }
}

extension RolloutObservation.Fleet {
  /// Reads a Deployment.
  init(_ deployment: KubeObject, plan: RolloutPlan) {
    let status = deployment.fields["status"] ?? .null
    func count(_ field: String) -> Int { Int(status[field]?.int ?? 0) }
    let desired = Int(deployment[path: "spec", "replicas"]?.int ?? 1)
    let isObserved = (status["observedGeneration"]?.int ?? 0) >= deployment.generation
    let template = deployment[path: "spec", "template"]
    let image = template?[path: "spec", "containers"]?.array?.first?["image"]?.string
    let mark = ReleaseMark.mark(of: template)
    let release: Release =
      if mark == ReleaseMark.mark(of: plan.candidate.template), image == plan.candidate.image {
        .candidate
      } else if mark == ReleaseMark.mark(of: plan.stable.template), image == plan.stable.image {
        .stable
      } else {
        .foreign
      }
    self.init(
      uid: deployment.uid, resourceVersion: deployment.resourceVersion, desired: desired,
      ready: count("availableReplicas"),
      isComplete: isObserved && desired > 0 && count("replicas") == desired
        && count("updatedReplicas") == desired
        && count("availableReplicas") == desired,
      release: release)
  }
}
