/// How far a transfer has come.
public struct GitProgress: Hashable, Sendable {
  /// Objects received so far.
  public let receivedObjects: Int
  /// Objects that the transfer has in all; 0 until the server has said so.
  public let totalObjects: Int
  /// Bytes received so far.
  public let receivedBytes: Int
}
