import CLibgit2

/// The C library as a whole.
enum Libgit2 {
  /// Starts the library on first use; it stays up for the life of the process, because a shutdown
  /// would have to wait for every handle.
  static func start() { _ = started }

  private static let started: Bool = {
    guard git_libgit2_init() > 0 else { return false }
    // These bound a server that accepts and then says nothing, which no callback can see. They are
    // process-wide in libgit2, so they are fixed here and not a parameter.
    return meshkit_git_set_server_timeouts(connectMilliseconds, silenceMilliseconds) >= 0
  }()

  private static let connectMilliseconds: Int32 = 15_000
  private static let silenceMilliseconds: Int32 = 60_000
}
