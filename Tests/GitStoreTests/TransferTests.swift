import Foundation
import GitStore
import Synchronization
import Testing

@Suite("A transfer can be bounded, watched and stopped")
struct TransferTests {
  /// A clock that jumps by an hour whenever it is read.
  struct LeapingClock: Clock {
    private final class Reading: Sendable {
      let hours = Mutex(0)
    }
    private let reading = Reading()
    var minimumResolution: Duration { .zero }
    var now: ContinuousClock.Instant {
      let hours = reading.hours.withLock { hours in
        hours += 1
        return hours
      }
      return ContinuousClock.now.advanced(by: .seconds(3_600 * hours))
    }
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
  }

  @Test("by a time-out, which is its own error and leaves nothing behind")
  func timeout() async throws {
    let fixture = try Fixture()
    let transfer = GitTransfer(timeout: .seconds(60), clock: LeapingClock())
    let error = try await expectError(.timedOut) {
      _ = try await GitRepository.clone(
        from: GitRemote(fixture.work), to: fixture.root + "/cache", transfer: transfer)
    }
    #expect(error.message.contains("60"))
    #expect(try fixture.siblings() == [])
  }

  @Test("by cancelling the task in the middle, which leaves nothing behind")
  func cancellation() async throws {
    let fixture = try Fixture()
    let task = Task {
      let transfer = GitTransfer { _ in withUnsafeCurrentTask { $0?.cancel() } }
      return try await GitRepository.clone(
        from: GitRemote(fixture.work), to: fixture.root + "/cache", transfer: transfer)
    }
    try await expectError(.cancelled) { _ = try await task.value }
    #expect(try fixture.siblings() == [])
  }

  @Test("by bytes")
  func bytes() async throws {
    let fixture = try Fixture()
    try await expectError(.tooLarge) {
      _ = try await GitRepository.clone(
        from: GitRemote(fixture.work), to: fixture.root + "/cache", limits: GitLimits(maxTransferBytes: 10))
    }
    #expect(try fixture.siblings() == [])
  }

  @Test("and its progress ends at all objects")
  func progress() async throws {
    let fixture = try Fixture()
    let last = Mutex<GitProgress?>(nil)
    let report = { @Sendable (progress: GitProgress) in last.withLock { $0 = progress } }
    let transfer = GitTransfer(progress: { report($0) })
    _ = try await GitRepository.clone(
      from: GitRemote(fixture.work), to: fixture.root + "/cache", transfer: transfer)
    let progress = try #require(last.withLock { $0 })
    #expect(progress.totalObjects == 3)
    #expect(progress.receivedObjects == 3)
    #expect(progress.receivedBytes > 0)
  }

  @Test("and a stopped fetch leaves the repository as it was")
  func stoppedFetch() async throws {
    let fixture = try Fixture()
    let first = try fixture.id("HEAD")
    let remote = try GitRemote(fixture.work)
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    let second = try fixture.commit(["new": "new"], "Second")
    let task = Task {
      let transfer = GitTransfer { _ in withUnsafeCurrentTask { $0?.cancel() } }
      return try await repository.fetch(from: remote, transfer: transfer)
    }
    try await expectError(.cancelled) { _ = try await task.value }
    #expect(try await repository.resolve("main") == first)
    try await repository.fetch(from: remote)
    #expect(try await repository.resolve("main") == second)
  }
}
