extension GitError {
  /// The kind of a failure: an open set, so that a new kind breaks nobody's `switch`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The kind's name as it appears in JSON output.
    public let description: String

    private init(_ name: String) { description = name }

    /// No Git repository is there, or something that only looks like one.
    public static let notARepository = Code("notARepository")
    /// Someone else owns the repository's folder, so its configuration is not trusted.
    public static let notOwned = Code("notOwned")
    /// The repository has no commit yet.
    public static let emptyRepository = Code("emptyRepository")
    /// No branch, tag or commit has this name.
    public static let revisionNotFound = Code("revisionNotFound")
    /// More than one thing has this name or prefix.
    public static let ambiguousRevision = Code("ambiguousRevision")
    /// The name leads to a tree or a file, not to a commit.
    public static let notACommit = Code("notACommit")
    /// The commit has nothing at this path.
    public static let pathNotFound = Code("pathNotFound")
    /// The path leads to or through something that is not followed: a folder, symbolic link or submodule.
    public static let notAFile = Code("notAFile")
    /// The repository lacks an object that it refers to.
    public static let objectMissing = Code("objectMissing")
    /// An object is damaged or is not what the reference to it says.
    public static let objectCorrupt = Code("objectCorrupt")
    /// A bound of `GitLimits` was reached.
    public static let tooLarge = Code("tooLarge")
    /// A path or a name in a tree could lead outside the repository.
    public static let unsafePath = Code("unsafePath")
    /// The address of a remote is malformed or of a kind that is not supported.
    public static let unsupportedURL = Code("unsupportedURL")
    /// The server wants credentials, or refused those it got.
    public static let authenticationFailed = Code("authenticationFailed")
    /// The server could not be reached or did not answer as a Git server does.
    public static let unreachable = Code("unreachable")
    /// The server's TLS certificate is not trusted.
    public static let certificateRejected = Code("certificateRejected")
    /// The transfer took longer than it was allowed to.
    public static let timedOut = Code("timedOut")
    /// The task that asked for the transfer was cancelled.
    public static let cancelled = Code("cancelled")
    /// The folder to clone into is already in use.
    public static let destinationExists = Code("destinationExists")
    /// Anything else; `cause` says what.
    public static let other = Code("other")
  }
}
