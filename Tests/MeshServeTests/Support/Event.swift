import Seams
import Synchronization

/// Something that a test waits for.
final class Event<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let bell = Bell()

  func happen(_ value: Value) {
    self.value.withLock { $0 = value }
    bell.ring()
  }

  func wait() async throws -> Value {
    try await within(seconds: 300) { [self] in
      while true {
        let seen = bell.rings
        if let value = value.withLock({ $0 }) { return value }
        try Task.checkCancellation()
        await bell.wait(after: seen)
      }
    }
  }
}

extension Event where Value == Void {
  func happen() { happen(()) }
}
