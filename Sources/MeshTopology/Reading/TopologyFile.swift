/// A file of a topology, as it was found.
public struct TopologyFile: Hashable, Sendable {
  /// The path that problems name, such as `topology/network.yaml`.
  public var path: String
  /// What is in it.
  public var bytes: [UInt8]

  /// Creates a file.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
