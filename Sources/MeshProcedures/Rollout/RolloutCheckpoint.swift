public import MeshTopology
public import Seams

/// Where a rollout stands; what it says is written before it is done.
public struct RolloutCheckpoint: Hashable, Sendable {
  /// What a rollout does at the moment.
  public enum Phase: Hashable, Sendable {
    /// Makes the canary and waits until its pods are ready.
    case preparing
    /// Gives the canary the share of step `step`.
    case shifting(step: Int)
    /// Watches step `step`.
    case judging(step: Int)
    /// Waits for a person.
    case holding
    /// Updates the stable Deployment while the canary still carries its share.
    case promoting
    /// Watches the new release as stable.
    case verifying
    /// Gives all traffic to the stable version.
    case returning
    /// Gives all traffic back to the release that was stable before, and that release back to the stable
    /// Deployment.
    case aborting
    /// Removes the canary.
    case cleaning
    /// Is over.
    case ended
  }

  /// How a rollout ended.
  public enum Outcome: String, Hashable, Sendable {
    /// The new release is stable.
    case promoted
    /// The old release is stable.
    case rolledBack
  }

  /// What a person asked for while it ran.
  public enum Request: String, Hashable, Sendable {
    case promote
    case abort
  }

  /// One thing that was done or decided.
  public struct Entry: Hashable, Sendable {
    /// When.
    public var time: Timestamp
    /// The step it belongs to.
    public var step: String
    /// What.
    public var message: String

    /// Creates an entry.
    public init(time: Timestamp, step: String, message: String) {
      self.time = time
      self.step = step
      self.message = message
    }
  }

  /// What is to be done.
  public var plan: RolloutPlan
  /// What is done at the moment.
  public var phase: Phase
  /// Since when.
  public var since: Timestamp
  /// How it will end: set when it is decided, before the clean-up.
  public var outcome: Outcome?
  /// Why it is rolled back; empty otherwise.
  public var reason: String
  /// What a person asked for and was not done yet.
  public var request: Request?
  /// The judgements, oldest first; at most `historyLimit`.
  public var verdicts: [Verdict]
  /// What happened, oldest first; at most `historyLimit`.
  public var history: [Entry]
  /// The steps that ended or run.
  public var steps: [StepRecord]
  /// The epoch of the runner that wrote this last.
  public var epoch: Int64

  /// How many judgements and entries are kept.
  public static let historyLimit = 64
  /// How many characters of a message are kept; what a server says may be long.
  static let messageLimit = 1_000

  /// A rollout that has not begun.
  public init(plan: RolloutPlan, epoch: Int64) {
    self.plan = plan
    phase = .preparing
    since = plan.startedAt
    reason = ""
    verdicts = []
    history = []
    steps = [StepRecord(name: "prepare canary", state: .running, startedAt: plan.startedAt)]
    self.epoch = epoch
  }
}

/// A step of a procedure as reports show it.
public struct StepRecord: Hashable, Sendable {
  /// How a step stands.
  public enum State: String, Hashable, Sendable {
    case running
    case succeeded
    case failed
  }

  /// What the step does.
  public var name: String
  /// How it stands.
  public var state: State
  /// When it began.
  public var startedAt: Timestamp
  /// How long it took; `nil` while it runs.
  public var duration: Duration?

  /// Creates a record.
  public init(name: String, state: State, startedAt: Timestamp, duration: Duration? = nil) {
    self.name = name
    self.state = state
    self.startedAt = startedAt
    self.duration = duration
  }
}

extension RolloutCheckpoint.Phase {
  /// The step's name in reports, given the plan's weights.
  public func stepName(_ plan: RolloutPlan) -> String {
    switch self {
    case .preparing: "prepare canary"
    case .shifting(let step): "shift to \(plan.weight(ofStep: step))"
    case .judging(let step): "judge at \(plan.weight(ofStep: step))"
    case .holding: "wait for approval"
    case .promoting: "promote"
    case .verifying: "verify stable"
    case .returning: "return traffic"
    case .aborting: "roll back"
    case .cleaning: "remove canary"
    case .ended: "end"
    }
  }
}

extension RolloutPlan {
  /// The share of a step; the last one's beyond the end.
  public func weight(ofStep step: Int) -> Weight {
    steps.indices.contains(step) ? steps[step] : steps.last ?? .zero
  }
}

extension RolloutCheckpoint {
  /// Goes on to `next`, ending the present step.
  mutating func enter(_ next: Phase, at now: Timestamp, failed: Bool = false) {
    if let last = steps.indices.last, steps[last].state == .running {
      steps[last].state = failed ? .failed : .succeeded
      steps[last].duration = now - steps[last].startedAt
    }
    phase = next
    since = now
    if next != .ended {
      steps.append(StepRecord(name: next.stepName(plan), state: .running, startedAt: now))
    }
  }

  /// Turns back because of `reason`.
  mutating func turnBack(_ reason: String, at now: Timestamp) {
    request = nil
    self.reason = String(reason.prefix(RolloutCheckpoint.messageLimit))
    note("rolling back: \(reason)", at: now)
    enter(.aborting, at: now, failed: true)
  }

  /// Notes what happened.
  mutating func note(_ message: String, at now: Timestamp) {
    let kept = String(message.prefix(RolloutCheckpoint.messageLimit))
    history.append(Entry(time: now, step: phase.stepName(plan), message: kept))
    if history.count > RolloutCheckpoint.historyLimit {
      history.removeFirst(history.count - RolloutCheckpoint.historyLimit)
    }
  }
}
