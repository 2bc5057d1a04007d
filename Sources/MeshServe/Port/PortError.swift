/// A port could not be opened, or what it needs could not be read or written.
public struct PortError: Error, Hashable, CustomStringConvertible, Sendable {
  /// What happened.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// The address is taken, not this machine's, or not allowed.
    public static let cannotListen = Code(description: "cannot listen")
    /// A file of the state folder could not be read or written, or holds something else.
    public static let file = Code(description: "file")
  }

  /// What happened.
  public var code: Code
  /// What happened and what to do, in words.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
