internal import Synchronization

/// Lets a virtual clock follow wall time, at a speed of one's choice.
///
/// While `run` runs, nothing else may move the clock. When events take longer to carry out than the speed
/// leaves time for, virtual time falls behind instead of piling up work.
public final class ClockPacer: Sendable {
  private struct Pace {
    var speed: Double
    var isPaused = false
    /// The virtual time that belongs to a wall time.
    var anchor: (wall: Timestamp, virtual: Timestamp)

    func virtual(at wall: Timestamp) -> Timestamp {
      guard !isPaused else { return anchor.virtual }
      return anchor.virtual + ClockPacer.duration(seconds: (wall - anchor.wall).inSeconds * speed)
    }

    func wall(at virtual: Timestamp) -> Timestamp? {
      guard !isPaused, speed > 0 else { return nil }
      // A microsecond late rather than early, so that what is due is due.
      return anchor.wall + ClockPacer.duration(seconds: (virtual - anchor.virtual).inSeconds / speed)
        + .microseconds(1)
    }
  }

  /// How much wall time is carried out in one turn, and how far virtual time may lag before it gives up.
  private static let turn = 0.1
  private static let lagLimit = 1.0

  private let clock: VirtualClock
  private let wall: any WorldClock
  private let pace: Mutex<Pace>
  /// Held by whoever moves the clock.
  private let moving = Mutex(())
  private let changed = Bell()

  /// A pacer for `clock`, which goes on from the time it shows.
  ///
  /// - Parameters:
  ///   - wall: the clock to follow.
  ///   - speed: virtual seconds a wall second, 0 to a million.
  public init(_ clock: VirtualClock, following wall: any WorldClock, speed: Double = 1) {
    self.clock = clock
    self.wall = wall
    pace = Mutex(Pace(speed: ClockPacer.bounded(speed), anchor: (wall.now, clock.now)))
  }

  // MARK: Control

  /// Virtual seconds a wall second.
  public var speed: Double { pace.withLock { $0.speed } }

  /// Whether the clock stands still.
  public var isPaused: Bool { pace.withLock { $0.isPaused } }

  /// Changes the speed from now on; it is kept between 0 and a million.
  public func setSpeed(_ speed: Double) { change { $0.speed = ClockPacer.bounded(speed) } }

  /// Lets the clock stand still.
  public func pause() { change { $0.isPaused = true } }

  /// Lets the clock go on from where it stands.
  public func resume() { change { $0.isPaused = false } }

  /// Moves virtual time by `duration` at once, paused or not, with all that is due on the way.
  ///
  /// - Returns: the time after it.
  @discardableResult
  public func advance(by duration: Duration) -> Timestamp {
    let now = moving.withLock { _ in
      let target = virtualNow + max(.zero, duration)
      clock.advance(to: target)
      reanchor(at: target)
      return clock.now
    }
    changed.ring()
    return now
  }

  /// Moves the clock to the time it should show now, so that what is asked next sees it; does nothing when
  /// it is being moved already.
  public func catchUp() {
    _ = moving.withLockIfAvailable { _ in turn() }
  }

  // MARK: Running

  /// Moves the clock until the task is cancelled.
  public func run() async {
    clock.onReschedule { [changed] in changed.ring() }
    defer { clock.onReschedule(nil) }
    pace.withLock { $0.anchor = (wall.now, clock.now) }
    while !Task.isCancelled {
      let seen = changed.rings
      moving.withLock { _ in turn() }
      guard let due = clock.nextDue else {
        await changed.wait(after: seen)
        continue
      }
      guard due > virtualNow else {
        await Task.yield()
        continue
      }
      await rest(until: pace.withLock { $0.wall(at: due) }, after: seen)
    }
  }

  private var virtualNow: Timestamp { pace.withLock { $0.virtual(at: wall.now) } }

  /// Carries out what is due, a bounded part at a time.
  private func turn() {
    let target = virtualNow
    guard let due = clock.nextDue, due <= target else { return clock.advance(to: target) }
    let part = max(due, clock.now) + ClockPacer.duration(seconds: ClockPacer.turn * speed)
    clock.advance(to: min(target, part))
    let lag = (virtualNow - clock.now).inSeconds
    if lag > ClockPacer.lagLimit * speed { reanchor(at: clock.now) }
  }

  private func rest(until deadline: Timestamp?, after seen: UInt64) async {
    guard let deadline else { return await changed.wait(after: seen) }
    // Cancelled and waited for on the way out.
    async let _: Void = ring(at: deadline)
    await changed.wait(after: seen)
  }

  private func ring(at deadline: Timestamp) async {
    guard (try? await wall.sleep(until: deadline)) != nil else { return }
    changed.ring()
  }

  private static func bounded(_ speed: Double) -> Double { speed > 0 ? min(speed, 1_000_000) : 0 }

  /// A duration of at most a thousand years: a clock that hardly moves has its next event far away.
  private static func duration(seconds: Double) -> Duration { .seconds(min(max(seconds, -3e10), 3e10)) }

  private func reanchor(at virtual: Timestamp) { pace.withLock { $0.anchor = (wall.now, virtual) } }

  private func change(_ body: (inout Pace) -> Void) {
    pace.withLock { pace in
      let now = wall.now
      pace.anchor = (now, pace.virtual(at: now))
      body(&pace)
    }
    changed.ring()
  }
}
