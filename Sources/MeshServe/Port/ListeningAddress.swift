/// Where a port listens.
public struct ListeningAddress: Hashable, Sendable {
  /// The address to bind to.
  public let host: String
  /// The port; 0 lets the system pick a free one.
  public let port: Int

  /// A port that only this machine reaches: on 127.0.0.1.
  public static func loopback(port: Int = 0) -> ListeningAddress {
    ListeningAddress(host: "127.0.0.1", port: port)
  }

  /// A port that other machines reach. Whoever asks for it means it: tokens are all that protects what is
  /// behind it.
  public static func reachableFromOutside(host: String, port: Int) -> ListeningAddress {
    ListeningAddress(host: host, port: port)
  }

  private init(host: String, port: Int) {
    self.host = host
    self.port = port
  }
}
