import MeshProcedures
import MeshServe
import MeshSim
import Seams

/// Embedded clusters on a port of this machine, for kubectl and every other client of Kubernetes.
public struct EmbeddedServer: Sendable {
  /// The folder in which the clusters live.
  public var state: String
  /// The clusters to serve, the first one at the root of the port; those kept in the folder by default, or one
  /// called `embedded` where none is.
  public var clusters: [String] = []
  /// The port; 0 for any free one.
  public var port = 0
  /// An address other machines reach; only this machine by default.
  public var address: String?
  /// The file for the kubeconfig, which is replaced.
  public var kubeconfig: String
  /// Seconds of the clusters for each second of the clock.
  public var speed = 1.0
  /// Who else gets a token and a context, besides the administrator: what they may do is for Roles to say.
  public var users: [User] = []

  /// A user of the served clusters.
  public struct User: Hashable, Sendable {
    /// The name by which role bindings know the user.
    public var name: String
    /// The groups that the user is in.
    public var groups: [String]

    /// Creates a user.
    public init(name: String, groups: [String] = []) {
      self.name = name
      self.groups = groups
    }
  }

  /// A server of the clusters in `state`.
  public init(state: String, kubeconfig: String) {
    self.state = state
    self.kubeconfig = kubeconfig
  }

  /// People wait for containers here.
  private static let container = MeshSim.ImageBehavior(
    startup: .milliseconds(300), startupJitter: .milliseconds(100))

  /// What is served, once it is.
  public struct Ready: Sendable {
    /// The port.
    public let port: Int
    /// The URL of the first cluster.
    public let server: String
    /// The clusters, the first one at the root.
    public let clusters: [String]
  }

  /// Serves until the task is cancelled, and then saves the clusters.
  ///
  /// The clusters' time follows the clock from the moment at which they start: what would have happened while
  /// nobody served them does not happen.
  ///
  /// - Throws: `ClusterFileError`; `ProcedureError` when the port or a file cannot be had.
  public func run(_ whenReady: @Sendable (Ready) -> Void) async throws {
    try StateFolder.make(state)
    let world = World.real()
    let kept = SimulatedFleet.names(in: state)
    let names = clusters.isEmpty ? (kept.isEmpty ? ["embedded"] : kept) : clusters
    let fleet = try SimulatedFleet(folder: state, names: names, seed: 1, notBefore: world.clock.now)
    defer { fleet.close() }
    for (name, cluster) in fleet.clusters {
      if !kept.contains(name) { cluster.setUp(.plain) }
      cluster.setBehavior(EmbeddedServer.container, ofImages: "*")
    }
    // What a new cluster consists of is kept before anybody uses it.
    try fleet.save()
    let clock = fleet.simulation.clock
    let pacer = ClockPacer(clock, following: world.clock, speed: speed)
    let served = ServedClusters(clusters: fleet.clusters, pacer: pacer)
    // Before the kubeconfig is there: who has seen that may give orders.
    let control = ControlSocket(state: state) { served.answer($0) }
    defer { control?.close() }
    let port = try await open(fleet, names, pacer, world)
    var failure: (any Error)?
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { await pacer.run() }
        group.addTask { try await EmbeddedServer.keep(fleet, by: world.clock) }
        whenReady(port.ready)
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch {
      failure = error
    }
    await port.port.close()
    if let failure { throw failure }
    try fleet.save()
  }

  /// Sees to it that what happens is kept, until the task is cancelled.
  private static func keep(_ fleet: SimulatedFleet, by clock: any WorldClock) async throws {
    while !Task.isCancelled {
      try fleet.saveGrown()
      try? await clock.sleep(until: clock.now + .seconds(2))
    }
  }

  private func open(_ fleet: SimulatedFleet, _ names: [String], _ pacer: ClockPacer, _ world: World)
    async throws
    -> (port: APIPort, ready: Ready)
  {
    do {
      let keys = state + "/pki"
      let others = users.map { ServedUser(name: $0.name, groups: $0.groups) }
      let tokens = try AccessTokens(keys, users: [.admin] + others, random: world.random)
      let certificate = try CertificateFolder(keys, world: world).serving(hosts: address.map { [$0] } ?? [])
      for cluster in fleet.clusters.values { cluster.setCertificateAuthority(certificate.authority) }
      let served = fleet.clusters.mapValues { cluster -> any Transport in
        PacedTransport(
          cluster.transport(latency: .zero ... .zero, isTrusted: false), clock: fleet.simulation.clock,
          pacer: pacer)
      }
      guard let main = names.first.flatMap({ served[$0] }) else {
        throw PortError(.file, "no cluster is named")
      }
      let handler = TokenAuthentication(
        ClusterRouter(clusters: served, main: main), others: .passedOn
      ) { tokens.user(of: $0) }
      let place = address.map { ListeningAddress.reachableFromOutside(host: $0, port: port) }
      let opened = try await APIPort.open(
        handler, at: place ?? .loopback(port: port), certificate: certificate)
      let host = address ?? "127.0.0.1"
      let root = "https://\(host.contains(":") ? "[\(host)]" : host):\(opened.port)"
      try Kubeconfig(
        clusters: names.enumerated().map { index, name in
          Kubeconfig.Cluster(name: name, server: index == 0 ? root : root + ClusterRouter.prefix + name)
        }, authority: certificate.authority, users: tokens.users
      ).write(to: kubeconfig, random: world.random)
      return (opened, Ready(port: opened.port, server: root, clusters: names))
    } catch let error as PortError {
      throw ProcedureError(
        error.code == .cannotListen ? .unreachable : .invalidInput, error.message, place: "sim serve",
        remedy: error.code == .cannotListen ? "name another port with --port, or 0 for any" : nil)
    }
  }
}
