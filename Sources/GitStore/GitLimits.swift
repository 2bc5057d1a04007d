/// Bounds on what is read from a repository, because what is in it was written by others.
public struct GitLimits: Hashable, Sendable {
  /// The largest single file or commit, in bytes.
  public var maxBlobBytes: Int
  /// The most entries, folders included, that one call looks at.
  public var maxEntries: Int
  /// The most components in a path.
  public var maxPathDepth: Int
  /// The most bytes that one call reads, for files, folders and their paths together.
  public var maxTotalBytes: Int
  /// The most bytes that one clone or fetch receives.
  public var maxTransferBytes: Int

  /// Makes limits; the defaults are generous for a repository of configuration.
  public init(
    maxBlobBytes: Int = 10 << 20, maxEntries: Int = 100_000, maxPathDepth: Int = 64,
    maxTotalBytes: Int = 256 << 20, maxTransferBytes: Int = 2 << 30
  ) {
    self.maxBlobBytes = maxBlobBytes
    self.maxEntries = maxEntries
    self.maxPathDepth = maxPathDepth
    self.maxTotalBytes = maxTotalBytes
    self.maxTransferBytes = maxTransferBytes
  }
}
