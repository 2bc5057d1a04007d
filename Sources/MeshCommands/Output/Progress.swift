import MeshKit
import Seams
import Synchronization

/// Tells the events of a procedure, a line each, with the procedure's own time.
final class Progress: Sendable {
  private let terminal: Terminal
  private let start = Mutex<Timestamp?>(nil)

  init(_ terminal: Terminal) { self.terminal = terminal }

  var sink: EventSink { { event in self.tell(event) } }

  private func tell(_ event: ProcedureEvent) {
    let start = start.withLock { start in
      start = start ?? event.time
      return start ?? event.time
    }
    guard terminal.isVerbose || event.kind != .progress || isNews(event) else { return }
    let mark =
      switch event.kind {
      case .stepStarted: "…"
      case .stepFinished: terminal.colored("✓", .green)
      case .progress: terminal.colored("·", .gray)
      case .decision: terminal.colored("✗", .red)
      case .warning: terminal.colored("!", .yellow)
      }
    if event.kind == .stepStarted, !terminal.isVerbose { return }
    let step = event.step.isEmpty ? "" : event.step + ": "
    terminal.log(step + event.message, mark: "\(Clock.text(event.time - start)) \(mark) ")
  }

  /// What changes something is news; what waits is told on request only.
  private func isNews(_ event: ProcedureEvent) -> Bool {
    !["watching", " of "].contains { event.message.contains($0) && !event.message.contains("traffic") }
  }
}

/// Durations as people read them.
enum Clock {
  /// `+01:23`, from the start of a procedure.
  static func text(_ duration: Duration) -> String {
    let seconds = Int(duration.inSeconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "+\(two(seconds / 60)):\(two(seconds % 60))"
  }

  /// `4.2 s` or `3 min 20 s`.
  static func words(_ duration: Duration) -> String {
    let tenths = Int((duration.inSeconds * 10).rounded())
    if tenths < 1_000 { return "\(tenths / 10).\(tenths % 10) s" }
    return "\(tenths / 600) min \(tenths % 600 / 10) s"
  }
}
