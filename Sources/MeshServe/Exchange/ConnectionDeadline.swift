internal import NIOCore

/// The moment at which a connection has taken too long; moved with each request, and so kept cheap: a timer
/// that fires early sets itself again.
///
/// Used on the connection's event loop only.
final class ConnectionDeadline {
  private let eventLoop: NIOIsolatedEventLoop
  private var due: NIODeadline?
  private var timer: (scheduled: Scheduled<Void>, time: NIODeadline)?
  private var onDue: () -> Void

  init(on eventLoop: NIOIsolatedEventLoop, onDue: @escaping () -> Void) {
    self.eventLoop = eventLoop
    self.onDue = onDue
  }

  /// Counts anew from now; `nil` for no deadline.
  func set(_ duration: Duration?) {
    due = duration.map { .now() + TimeAmount($0) }
    guard let due else { return }
    if let timer, timer.time <= due { return }
    schedule(at: due)
  }

  /// Forgets what is to happen.
  func cancel() {
    (due, onDue) = (nil, {})
    timer?.scheduled.cancel()
    timer = nil
  }

  private func schedule(at time: NIODeadline) {
    timer?.scheduled.cancel()
    timer = (eventLoop.scheduleTask(deadline: time) { [self] in fired() }, time)
  }

  private func fired() {
    timer = nil
    guard let due else { return }
    guard due <= .now() else { return schedule(at: due) }
    self.due = nil
    onDue()
  }
}
