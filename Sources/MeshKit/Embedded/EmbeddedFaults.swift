import KubeModel
import MeshProcedures
import MeshSim
public import MeshTopology
public import Seams

/// The faults of embedded clusters: to be declared, looked at and taken away, whether or not a topology is there.
///
/// They are kept with the clusters and hold in every command that opens these, until they are cleared.
public struct EmbeddedFaults: Sendable {
  /// A fault as it stands in a cluster.
  public struct Standing: Hashable, Sendable {
    /// The cluster.
    public let cluster: String
    /// The name; `PLAN.NAME` for one of a plan.
    public let name: String
    /// What it is doing: `planned`, `active` or `over`.
    public let phase: String
    /// What goes wrong, in a sentence.
    public let words: String
    /// When the phase ends; `nil` when nothing but a command ends it.
    public let until: Timestamp?
    /// How many times it has come due.
    public let occurrences: Int
    /// Whether the topology declares it, so that only a commit takes it away.
    public let isDeclared: Bool
  }

  /// The folder in which the clusters live.
  public var state: String
  /// The clusters that are meant; all by default.
  public var clusters: [String] = []

  /// The faults of the clusters in `state`.
  public init(state: String) { self.state = state }

  /// Declares the faults of plans; those of earlier plans of these names go.
  ///
  /// - Returns: all faults of the clusters.
  /// - Throws: `ProcedureError`, `ClusterFileError`.
  @discardableResult
  public func apply(_ plans: [FaultPlan]) throws -> [Standing] { try carryOut(.apply(plans)) }

  /// Declares one fault, in place of one of the same name.
  ///
  /// - Returns: all faults of the clusters.
  /// - Throws: as `apply(_:)`.
  @discardableResult
  public func add(_ fault: PlannedFault) throws -> [Standing] { try carryOut(.add(fault)) }

  /// All faults, by cluster and name. Nothing is changed.
  ///
  /// - Throws: as `apply(_:)`.
  public func list() throws -> [Standing] { try carryOut(.list) }

  /// Takes faults away: one of a name, all of a plan's, or all.
  ///
  /// - Returns: those that were taken away; what the topology declares stays, as the next command would bring it
  ///   back.
  /// - Throws: `ProcedureError` when there is none of the name; as `apply(_:)`.
  public func clear(_ name: String? = nil) throws -> [Standing] { try carryOut(.clear(name)) }

  /// Carries an order out: in the process that serves the clusters, or here.
  private func carryOut(_ order: FaultOrder) throws -> [Standing] {
    var question = order.json
    question["clusters"] = .array(clusters.map { .string($0) })
    if let answer = try ServedClusters.ask(question, state: state) {
      return (answer["standings"]?.array ?? []).map(Standing.init)
    }
    let names = SimulatedFleet.names(in: state)
    guard !names.isEmpty else {
      throw ProcedureError(
        .invalidInput, "there are no embedded clusters in \(state)", place: "sim fault",
        remedy: "make them with meshctl sync or meshctl sim serve, or name their folder with --state")
    }
    try EmbeddedFaults.check(clusters, among: names)
    let fleet = try SimulatedFleet(folder: state, names: names, seed: 1, isTwin: !order.isChange)
    defer { fleet.close() }
    let chosen = names.filter { clusters.isEmpty || clusters.contains($0) }
    let standings = try order.carryOut(
      on: chosen.compactMap { name in fleet.clusters[name].map { (name, $0) } })
    if order.isChange { try fleet.save() }
    return standings
  }

  static func check(_ wanted: [String], among names: [String]) throws {
    for cluster in wanted where !names.contains(cluster) {
      throw ProcedureError(
        .invalidInput, "no embedded cluster is called \(cluster)", place: "--in",
        remedy: "the clusters are \(names.joined(separator: ", "))")
    }
  }
}

extension EmbeddedFaults.Standing {
  init(_ report: FaultReport, cluster: String) {
    self.init(
      cluster: cluster, name: report.fault.name, phase: report.phase.rawValue,
      words: report.fault.effect.words, until: report.until, occurrences: report.occurrences,
      isDeclared: report.fault.origin == .topology)
  }
}

extension FaultEffect {
  /// What goes wrong, in a sentence.
  fileprivate var words: String {
    switch self {
    case .crash(let pods): "\(pods.words) crash"
    case .slowStart(let pods, let time): "\(pods.words) start \(time.words) later"
    case .badImage(let pods): "images of \(pods.words) cannot be pulled"
    case .errorRate(let pods, let share): "\(share.percentWords) of the requests to \(pods.words) fail"
    case .latency(let pods, let time): "\(pods.words) answer \(time.words) later"
    case .nodeLoss(let nodes):
      "nodes are lost: "
        + ([nodes.names.joined(separator: ", "), nodes.labels.words].filter { !$0.isEmpty }
          .joined(separator: ", ").orIfEmpty("all"))
    case .zoneLoss(let zone): "the zone \(zone) is lost"
    case .regionLoss: "the region is lost"
    case .apiLatency(let requests, let time): "\(requests.words) are answered \(time.words) later"
    case .apiError(let requests, let failure): "\(requests.words) are refused with \(failure.status)"
    case .lostAnswer(let requests): "answers to \(requests.words) are lost"
    case .lostWatch(let requests):
      "watches of \(requests.resources.joined(separator: ", ").orIfEmpty("everything")) break off"
    case .staleRead(let requests, let age): "\(requests.words) from a cache are \(age.words) old"
    case .partition(.metrics): "the metrics are cut off"
    case .partition(.cluster(let name, _)): "cut off from \(name)"
    case .clockSkew(let offset):
      offset < .zero ? "the clock is \((.zero - offset).words) behind" : "the clock is \(offset.words) ahead"
    }
  }
}

extension PodTarget {
  fileprivate var words: String {
    var parts = [namespace.map { "namespace \($0)" }, name, image].compactMap { $0 }
    if !labels.isEmpty { parts.append(labels.words) }
    let which = parts.isEmpty ? "all pods" : "pods (\(parts.joined(separator: ", ")))"
    return limit.map { "\($0) of \(which)" } ?? which
  }
}

extension RequestTarget {
  fileprivate var words: String {
    let what = verbs.joined(separator: "/").orIfEmpty("requests")
    let which = resources.isEmpty ? "" : " of \(resources.joined(separator: ", "))"
    let place = namespace.map { " in \($0)" } ?? ""
    return (share < 1 ? "\(share.percentWords) of " : "") + what + which + place
  }
}

extension [String: String] {
  fileprivate var words: String {
    sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }
}

extension String {
  fileprivate func orIfEmpty(_ other: String) -> String { isEmpty ? other : self }
}

extension Double {
  fileprivate var percentWords: String {
    let value = (self * 1_000).rounded() / 10
    return value == value.rounded() ? "\(Int(value)) %" : "\(value) %"
  }
}

extension Duration {
  fileprivate var words: String {
    let milliseconds = wholeMicroseconds / 1_000
    guard milliseconds % 1_000 == 0 else { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1_000
    if seconds % 3_600 == 0, seconds > 0 { return "\(seconds / 3_600)h" }
    return seconds % 60 == 0 && seconds > 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }
}
