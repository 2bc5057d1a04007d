internal import Dispatch
internal import Foundation
internal import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A child process, from its start until it is gone and its output has been read.
final class RunningProgram: Sendable {
  private struct State {
    var result = ProgramResult()
    /// Why it was killed, or what killed it.
    var failure: (any Error)?
    /// The process itself and its two streams, as far as they have not ended.
    var open = 3
    var group: pid_t = 0
    var streams: [DispatchIO] = []
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let program: Program
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "meshkit.program")

  /// Starts the program that is at `path`.
  ///
  /// - Parameter searchPath: its `PATH`, when it is given none.
  init(_ program: Program, at path: String, searchPath: String) throws {
    self.program = program
    let process = Process()
    process.executableURL = URL(filePath: path, directoryHint: .notDirectory)
    process.arguments = program.arguments
    process.environment = ["PATH": searchPath].merging(program.environment) { $1 }
    process.currentDirectoryURL = URL(filePath: program.folder, directoryHint: .isDirectory)
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.terminationHandler = { self.ended($0) }
    do {
      try process.run()
    } catch {
      throw ProgramError(.notStarted, "\(program.name) cannot be started: \(error.localizedDescription)")
    }
    // Foundation makes each child the leader of a group, so the group has the child's number.
    state.withLock { $0.group = process.processIdentifier }
    read(output, into: \.output)
    read(errors, into: \.errors)
  }

  /// Waits until the process is gone and both streams are closed.
  func end() async -> Result<ProgramResult, any Error> {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.open > 0 { state.waiting = continuation }
        return state.open == 0
      }
      if isOver { continuation.resume() }
    }
    return state.withLock { state in
      state.failure.map { .failure($0) } ?? .success(state.result)
    }
  }

  /// Kills the process and all that it started, unless it is over; the first reason counts.
  func stop(_ reason: any Error) {
    let streams: [DispatchIO] = state.withLock { state in
      guard state.open > 0, state.failure == nil else { return [] }
      state.failure = reason
      if state.group > 0 { kill(-state.group, SIGKILL) }
      return state.streams
    }
    // What left the group may still hold the streams open.
    for stream in streams { stream.close(flags: .stop) }
  }

  private func read(_ pipe: Pipe, into stream: any WritableKeyPath<ProgramResult, [UInt8]> & Sendable) {
    try? pipe.fileHandleForWriting.close()
    let descriptor = fcntl(pipe.fileHandleForReading.fileDescriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else {
      stop(
        ProgramError(.notStarted, "\(program.name) cannot be read from: \(String(cString: strerror(errno)))"))
      return partEnded()
    }
    let io = DispatchIO(
      type: .stream, fileDescriptor: descriptor, queue: queue,
      cleanupHandler: { _ in _ = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) })
    io.setLimit(lowWater: 1)
    state.withLock { $0.streams.append(io) }
    io.read(offset: 0, length: program.outputLimit + 1, queue: queue) { [self] isDone, data, _ in
      let isTooLarge = state.withLock { state in
        if let data { state.result[keyPath: stream] += Array(data) }
        return state.result[keyPath: stream].count > program.outputLimit
      }
      if isTooLarge { stop(ProgramError.outputTooLarge(program)) }
      guard isDone else { return }
      io.close()
      partEnded()
    }
  }

  private func ended(_ process: Process) {
    let isSignal = process.terminationReason == .uncaughtSignal
    state.withLock { state in
      state.result.status = process.terminationStatus
      if isSignal, state.failure == nil {
        state.failure = ProgramError(
          .crashed, "\(program.name) was ended by signal \(process.terminationStatus)")
      }
    }
    partEnded()
  }

  private func partEnded() {
    let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
      state.open -= 1
      guard state.open == 0 else { return nil }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }
}
