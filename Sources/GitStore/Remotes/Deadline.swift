/// A moment that a transfer must not outlast.
struct Deadline: Sendable {
  let allowed: Duration
  let isPast: @Sendable () -> Bool

  init(after allowed: Duration, on clock: some Clock<Duration>) {
    let end = clock.now.advanced(by: allowed)
    self.allowed = allowed
    isPast = { clock.now >= end }
  }
}
