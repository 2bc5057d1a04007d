public import Seams

/// Something that happened in a procedure, for people and logs.
public struct ProcedureEvent: Hashable, Sendable {
  /// What kind of news it is.
  public enum Kind: String, Hashable, Sendable {
    /// A step began.
    case stepStarted
    /// A step ended well.
    case stepFinished
    /// Something moved within a step.
    case progress
    /// Something was decided, on evidence.
    case decision
    /// Something went wrong but the procedure goes on.
    case warning
  }

  /// When, in the procedure's time.
  public let time: Timestamp
  /// What kind of news it is.
  public let kind: Kind
  /// The step it belongs to; empty for none.
  public let step: String
  /// What happened, in words.
  public let message: String

  /// Creates an event.
  public init(time: Timestamp, kind: Kind, step: String, message: String) {
    self.time = time
    self.kind = kind
    self.step = step
    self.message = message
  }
}

/// Receives the events of a procedure as they happen.
public typealias EventSink = @Sendable (ProcedureEvent) -> Void
