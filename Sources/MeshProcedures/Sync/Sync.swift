public import KubeClient
import KubeModel
public import MeshRender
public import MeshTopology
public import Seams

/// Brings one cluster to what a topology declares, by server-side apply, in order, and waits until it
/// is ready. First form: nothing is deleted.
///
/// A workload with a rollout policy is released by rollouts only: once it runs, a sync leaves its pod
/// template alone, and while a rollout of it is open also its routes, its subsets and its autoscaler.
public struct Sync: Sendable {
  let client: KubeClient
  let world: World
  let events: EventSink
  /// How long to wait for everything to become ready.
  public var readyDeadline = Duration.seconds(600)
  /// How often an object is tried that changes at the same time.
  private static let attempts = 5

  /// A sync of one cluster.
  public init(client: KubeClient, world: World, events: @escaping EventSink) {
    self.client = client
    self.world = world
    self.events = events
  }

  /// Applies `objects` and waits until the Deployments among them are ready.
  ///
  /// - Parameters:
  ///   - topology: what `objects` were rendered from.
  ///   - releases: whether a workload that is running may get the template that Git declares without a
  ///     rollout; true for a recovery cluster once the primary one runs that template.
  /// - Throws: `ProcedureError`; `KubeError`, with everything before it applied.
  public func run(
    _ objects: [RenderedObject], of topology: Topology, releases: (WorkloadReference) -> Bool = { _ in false }
  ) async throws -> SyncReport {
    var results: [SyncReport.Item] = []
    var deployments: [ObjectReference] = []
    for rendered in objects {
      let workload = rendered.workload.flatMap(topology.workload)
      let action = try await apply(
        rendered, hasRollouts: workload?.rollout != nil, mayRelease: rendered.workload.map(releases) ?? false)
      results.append(SyncReport.Item(object: rendered.object.reference, action: action))
      if rendered.object.kind == ResourceKind.deployment.kind {
        deployments.append(rendered.object.reference)
      }
      if action != .unchanged { tell("\(rendered.object.reference) \(action.rawValue)") }
    }
    let held = Set(results.filter { $0.action == .held }.map(\.object))
    try await dropFormerSubsets(objects.map(\.object).filter { !held.contains($0.reference) })
    let late = try await waitUntilReady(deployments)
    return SyncReport(cluster: client.cluster, items: results, notReady: late)
  }

  /// Drops the subsets that DestinationRules have besides those declared, now that no route needs them.
  private func dropFormerSubsets(_ objects: [KubeObject]) async throws {
    for rule in objects where rule.kind == ResourceKind.destinationRule.kind {
      let live = try await client.get(.destinationRule, namespace: rule.namespace, name: rule.name)
      guard let live, rule.keepingSubsets(of: live) != rule else { continue }
      _ = try await client.apply(rule, kind: .destinationRule, manager: FieldManager.sync)
    }
  }

  /// The workloads with a rollout policy whose declared release `client`'s cluster runs as stable.
  ///
  /// - Throws: `KubeError`.
  public static func releasedWorkloads(
    of topology: Topology, in client: KubeClient
  ) async throws -> Set<WorkloadReference> {
    let renderer = Renderer(topology: topology)
    var released: Set<WorkloadReference> = []
    for workload in topology.workloads where workload.rollout != nil {
      let live = try await client.get(.deployment, namespace: workload.namespace, name: workload.name)
      let declared = ConcernParts(renderer.deployment(for: workload)).release.0
      guard let mark = ReleaseMark.mark(of: live?[path: "spec", "template"]),
        mark == ReleaseMark.mark(of: declared[path: "spec", "template"]),
        // A rollout that is not over may have made it stable without having verified it yet.
        !(try await CheckpointStore(client: client, workload: workload.reference).hasOpenRun())
      else { continue }
      released.insert(workload.reference)
    }
    return released
  }

  private func apply(
    _ rendered: RenderedObject, hasRollouts: Bool, mayRelease: Bool
  ) async throws -> SyncReport.Action {
    for _ in 1..<Sync.attempts {
      do {
        return try await applyOnce(rendered, hasRollouts: hasRollouts, mayRelease: mayRelease)
      } catch let error as KubeError where error.code == .conflict {
        continue  // a rollout or a controller was faster: look again
      }
    }
    return try await applyOnce(rendered, hasRollouts: hasRollouts, mayRelease: mayRelease)
  }

  private func applyOnce(
    _ rendered: RenderedObject, hasRollouts: Bool, mayRelease: Bool
  ) async throws -> SyncReport.Action {
    guard let kind = ResourceKind.known(apiVersion: rendered.object.apiVersion, kind: rendered.object.kind)
    else {
      throw ProcedureError(
        .invalidInput,
        "\(rendered.object.kind) of \(rendered.object.apiVersion) is no kind that this version applies",
        place: rendered.object.reference.description,
        remedy: "keep it in a kustomization for other environments, or apply it by other means")
    }
    let live = try await client.get(kind, namespace: rendered.object.namespace, name: rendered.object.name)
    let object =
      live.map { rendered.object.keepingReplicas(of: $0).keepingSubsets(of: $0) } ?? rendered.object
    guard hasRollouts else { return try await apply([(object, FieldManager.sync)], kind, live) }
    let parts = ConcernParts(object)
    switch kind {
    case .deployment:
      guard let live else { return try await apply([parts.release, parts.rest], kind, nil) }
      let declared = ReleaseMark.mark(of: parts.release.0[path: "spec", "template"])
      guard ReleaseMark.mark(of: live[path: "spec", "template"]) != declared else {
        return try await apply([parts.rest], kind, live)
      }
      if mayRelease, !(try await isRollingOut(rendered)) {
        return try await apply([parts.release, parts.rest], kind, live)
      }
      _ = try await apply([parts.rest], kind, live)
      return .held
    case .destinationRule:
      if try await isRollingOut(rendered) { return .held }
      return try await apply([(object, FieldManager.sync)], kind, live)
    case .virtualService, .horizontalPodAutoscaler:
      if try await isRollingOut(rendered) { return .held }
      return try await apply([parts.release, parts.rest], kind, live)
    default: return try await apply([(object, FieldManager.sync)], kind, live)
    }
  }

  private func apply(
    _ parts: [(KubeObject, String)], _ kind: ResourceKind, _ live: KubeObject?
  ) async throws -> SyncReport.Action {
    var last = live
    for (part, manager) in parts {
      var object = part
      if manager == FieldManager.rollout, let live {
        // What rollouts own is applied only as it was before a look at whether one is open: if one has
        // begun since, this must not undo what it has written.
        object.set("metadata", "resourceVersion", to: .string(live.resourceVersion))
        object.set(
          "metadata", "annotations", ReleaseMark.epochAnnotation,
          to: live.annotations[ReleaseMark.epochAnnotation].map(JSONValue.string))
      }
      last = try await client.apply(object, kind: kind, manager: manager)
    }
    guard let live else { return .created }
    // A status may have changed meanwhile; what a sync changes is the rest.
    return last?.withoutServerParts == live.withoutServerParts ? .unchanged : .changed
  }

  private func isRollingOut(_ rendered: RenderedObject) async throws -> Bool {
    guard let workload = rendered.workload else { return false }
    return try await CheckpointStore(client: client, workload: workload).hasOpenRun()
  }

  /// - Returns: what is not ready when the deadline has come.
  private func waitUntilReady(_ deployments: [ObjectReference]) async throws -> [ObjectReference] {
    let deadline = world.clock.now + readyDeadline
    var waiting = deployments
    while !waiting.isEmpty {
      var late: [ObjectReference] = []
      for reference in waiting {
        let live = try await client.get(.deployment, namespace: reference.namespace, name: reference.name)
        if !(live?.isCompleteDeployment ?? false) { late.append(reference) }
      }
      waiting = late
      guard !waiting.isEmpty, world.clock.now < deadline else { break }
      try await world.clock.sleep(for: .seconds(2))
    }
    return waiting
  }

  private func tell(_ message: String) {
    events(ProcedureEvent(time: world.clock.now, kind: .progress, step: client.cluster, message: message))
  }
}

extension KubeObject {
  /// This Deployment with the number of pods that a sync has set before, while nobody else has: whoever
  /// leaves out a field that only it owns sets it back, and an autoscaler would start from one pod.
  fileprivate func keepingReplicas(of live: KubeObject) -> KubeObject {
    guard kind == ResourceKind.deployment.kind, self[path: "spec", "replicas"] == nil else { return self }
    let owners = (live[path: "metadata", "managedFields"]?.array ?? []).filter {
      $0[path: "fieldsV1", "f:spec", "f:replicas"] != nil
    }
    guard !owners.isEmpty, owners.allSatisfy({ $0["manager"]?.string == FieldManager.sync }) else {
      return self
    }
    var object = self
    object.set("spec", "replicas", to: live[path: "spec", "replicas"])
    return object
  }

  /// This DestinationRule with the subsets that `live` has besides: the routes still lead to them, and
  /// a subset that is not declared answers 503. They go once the routes have changed.
  fileprivate func keepingSubsets(of live: KubeObject) -> KubeObject {
    guard kind == ResourceKind.destinationRule.kind else { return self }
    let declared = self[path: "spec", "subsets"]?.array ?? []
    let names = Set(declared.map { $0["name"]?.string })
    let former = (live[path: "spec", "subsets"]?.array ?? []).filter { !names.contains($0["name"]?.string) }
    guard !former.isEmpty else { return self }
    var object = self
    object.set("spec", "subsets", to: .array(declared + former))
    return object
  }

  /// What a person or a tool says, without what the server keeps.
  fileprivate var withoutServerParts: KubeObject {
    var object = self
    object.fields["status"] = nil
    for field in ["managedFields", "resourceVersion", "generation"] { object.set("metadata", field, to: nil) }
    return object
  }

  /// Whether a Deployment has all its pods, all of its present template and available (kstatus).
  fileprivate var isCompleteDeployment: Bool {
    let desired = self[path: "spec", "replicas"]?.int ?? 1
    func count(_ field: String) -> Int64 { self[path: "status", field]?.int ?? 0 }
    return count("observedGeneration") >= generation && count("replicas") == desired
      && count("updatedReplicas") == desired && count("availableReplicas") == desired
  }
}
