import Seams

/// A connection that a client keeps open to a pod.
enum PodSession: Sendable {
  case container(ContainerSession)
  case ports(PortForwarding)

  /// The subprotocols that it can be held in.
  var protocols: [String] {
    switch self {
    case .container: ContainerSession.protocols
    case .ports: PortForwarding.protocols
    }
  }

  /// Serves the session to its end.
  func run(over connection: MessageConnection, in cluster: SimulatedCluster, clock: VirtualClock) async {
    switch self {
    case .container(let session): await session.run(over: connection, in: cluster, clock: clock)
    case .ports(let session): await session.run(over: connection, in: cluster)
    }
  }
}

/// What a client that asks for a session gets.
enum SessionAdmission: Sendable {
  case accepted(PodSession)
  case refused(Answer)
}
