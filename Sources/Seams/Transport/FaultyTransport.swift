import HTTPTypes
import Synchronization

/// How often what goes wrong between a client and a server; each a probability a request, 0…1.
public struct TransportFaults: Hashable, Sendable {
  /// The request never arrives.
  public var unreachable = 0.0
  /// The server answers 5xx and has done nothing.
  public var serverError = 0.0
  /// The request is carried out but its answer is lost.
  public var lostAnswer = 0.0
  /// A change of an object is answered 409 although nothing stands against it.
  public var conflict = 0.0
  /// A read is answered with an older state.
  public var staleRead = 0.0

  /// No faults.
  public init() {}
}

/// This process has been killed, as far as the simulation goes.
public struct ProcessKilled: Error {
  /// Creates the error.
  public init() {}
}

/// Injects faults, drawn from a seed, around any transport.
public final class FaultyTransport: Transport {
  fileprivate struct State {
    var generator: SeededGenerator
    var faults: TransportFaults
    var writesLeft: Int?
    var lastWrite: FaultyTransport.LastWrite
    var isKilled = false
    var former: [String: [(HTTPResponse, [UInt8])]] = [:]
  }

  fileprivate enum Fault {
    case none, unreachable, serverError, lostAnswer, conflict, stale(HTTPResponse, [UInt8]), killedBefore,
      killedAfter, heldUp(@Sendable (TransportRequest) -> Void)
  }

  /// What becomes of the last write of a process that is killed.
  public enum LastWrite: Sendable {
    /// It lands or not, as the seed says.
    case isDrawn
    case isLost
    case lands
    /// It is under way still; whoever takes it may let it land later.
    case isHeldUp(@Sendable (TransportRequest) -> Void)
  }

  private let base: any Transport
  private let state: Mutex<State>

  /// Wraps `base`.
  ///
  /// - Parameters:
  ///   - writesUntilKill: after so many writes the process is killed; `nil` for never.
  ///   - lastWrite: what becomes of the last one.
  public init(
    _ base: any Transport, faults: TransportFaults, seed: UInt64, writesUntilKill: Int? = nil,
    lastWrite: LastWrite = .isDrawn
  ) {
    self.base = base
    state = Mutex(
      State(
        generator: SeededGenerator(seed: seed), faults: faults, writesLeft: writesUntilKill,
        lastWrite: lastWrite))
  }

  /// Changes what goes wrong from now on.
  public func setFaults(_ faults: TransportFaults) { state.withLock { $0.faults = faults } }

  public func send(_ request: TransportRequest) async throws -> TransportResponse {
    let isWrite = request.head.method != .get
    let path = request.head.path ?? ""
    let fault = state.withLock { $0.draw(request.head.method, path: path) }
    switch fault {
    case .killedBefore: throw ProcessKilled()
    case .heldUp(let post):
      post(request)
      throw ProcessKilled()
    case .unreachable: throw TransportError(.unreachable, "connection refused", wasSent: false)
    case .serverError:
      return FaultyTransport.status(
        503, "ServiceUnavailable", "the server is currently unable to handle the request")
    case .conflict: return FaultyTransport.status(409, "Conflict", "the object has been modified")
    case .stale(let head, let bytes): return TransportResponse(head: head, body: TransportBody(bytes))
    case .killedAfter:
      _ = try await base.send(request)
      throw ProcessKilled()
    case .lostAnswer:
      _ = try await base.send(request)
      throw TransportError(.timedOut, "no answer within \(request.timeout)")
    case .none: break
    }
    let response = try await base.send(request)
    guard !isWrite, state.withLock({ $0.faults.staleRead > 0 }), !path.contains("watch=true") else {
      return response
    }
    let bytes = try await response.body.collect(limit: 64 << 20)
    state.withLock { $0.remember(path, response.head, bytes) }
    return TransportResponse(head: response.head, body: TransportBody(bytes))
  }

  private static func status(_ code: Int, _ reason: String, _ message: String) -> TransportResponse {
    let body =
      #"{"apiVersion":"v1","code":\#(code),"kind":"Status","message":"\#(message)","#
      + #""reason":"\#(reason)","status":"Failure"}"#
    return TransportResponse(
      head: HTTPResponse(status: .init(code: code), headerFields: [.contentType: "application/json"]),
      body: TransportBody(Array(body.utf8)))
  }
}

extension FaultyTransport.State {
  fileprivate mutating func draw(_ method: HTTPRequest.Method, path: String) -> FaultyTransport.Fault {
    let isWrite = method != .get
    if isKilled { return .killedBefore }
    if isWrite, let left = writesLeft {
      writesLeft = left - 1
      if left <= 1 {
        isKilled = true
        switch lastWrite {
        case .isDrawn: return generator.chance(0.5) ? .killedBefore : .killedAfter
        case .isLost: return .killedBefore
        case .lands: return .killedAfter
        case .isHeldUp(let post): return .heldUp(post)
        }
      }
    }
    if generator.chance(faults.unreachable) { return .unreachable }
    if generator.chance(faults.serverError) { return .serverError }
    if isWrite {
      if generator.chance(faults.lostAnswer) { return .lostAnswer }
      if method != .post, generator.chance(faults.conflict) { return .conflict }
    } else if generator.chance(faults.staleRead), let known = former[path], !known.isEmpty {
      let (head, bytes) = known[Int(generator.next() % UInt64(known.count))]
      return .stale(head, bytes)
    }
    return .none
  }

  fileprivate mutating func remember(_ path: String, _ head: HTTPResponse, _ bytes: [UInt8]) {
    former[path, default: []].append((head, bytes))
    if former[path, default: []].count > 4 { former[path]?.removeFirst() }
  }
}
