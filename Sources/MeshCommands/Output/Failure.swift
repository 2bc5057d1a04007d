import ArgumentParser
import KubeClient
import MeshKit
import MeshSim
import Seams

/// What an error means at the command line.
struct Failure {
  let code: Int32
  let text: String

  /// Done.
  static let done: Int32 = 0
  /// The procedure ended badly.
  static let badEnding: Int32 = 1
  /// Wrong usage or invalid input.
  static let invalidInput: Int32 = 2
  /// A cluster, repository or metrics source could not be reached or refused.
  static let unreachable: Int32 = 3
  /// Someone else holds the lock.
  static let locked: Int32 = 4
  /// A person has to say how to go on.
  static let needsPerson: Int32 = 5
  /// Interrupted, with the state saved.
  static let interrupted: Int32 = 130

  init(_ error: any Error) {
    switch error {
    case let problems as TopologyProblems:
      let count = problems.problems.count
      code = Failure.invalidInput
      text = problems.description + "\nerror: the topology has \(count) problem\(count == 1 ? "" : "s")"
    case let error as ProcedureError:
      code = Failure.code(of: error)
      text = "error: \(error)"
    case let error as GitError:
      code = Failure.code(of: error)
      text = "error: \(error)"
    case let error as KubeError:
      code = error.code == .invalid || error.code == .badRequest ? Failure.invalidInput : Failure.unreachable
      text = "error: \(error)"
    case let error as ClusterFileError:
      code = error.isLocked ? Failure.locked : Failure.unreachable
      text =
        "error: \(error)"
        + (error.isLocked ? "; wait until it is done, or stop it if it is meshctl sim serve" : "")
    case is CancellationError:
      code = Failure.interrupted
      text = "interrupted; everything is saved"
    default:
      code = Failure.unreachable
      text = "error: \(error)"
    }
  }

  /// Whether an error comes from a procedure rather than from the parser of arguments.
  static func isKnown(_ error: any Error) -> Bool {
    switch error {
    case is TopologyProblems, is ProcedureError, is GitError, is KubeError, is ClusterFileError,
      is CancellationError, is SimulationStalled:
      true
    default: false
    }
  }

  private static func code(of error: ProcedureError) -> Int32 {
    switch error.code {
    case .locked: locked
    case .unreachable: unreachable
    default: invalidInput
    }
  }

  private static func code(of error: GitError) -> Int32 {
    let remote: [GitError.Code] = [
      .authenticationFailed, .unreachable, .certificateRejected, .timedOut,
    ]
    if error.code == .cancelled { return interrupted }
    return remote.contains(error.code) ? unreachable : invalidInput
  }
}
