internal import Synchronization

/// A value that is made when it is first asked for, and kept.
final class Deferred<Value: Sendable>: Sendable {
  private let make: @Sendable () -> Value
  private let made = Mutex<Value?>(nil)

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    if let known = made.withLock({ $0 }) { return known }
    // Making is pure: when two make it at the same time, both make the same.
    let new = make()
    return made.withLock { slot in
      if let known = slot { return known }
      slot = new
      return new
    }
  }
}
