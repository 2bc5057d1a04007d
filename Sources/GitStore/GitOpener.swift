import CLibgit2

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Opens and clones on the queue that the repository then keeps, so that no handle changes queues.
actor GitOpener {
  private let executor = GitExecutor()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func open(
    at path: String, searches: Bool, ceiling: String?, limits: GitLimits
  ) throws(GitError) -> GitRepository {
    let handle = try RepositoryHandle(at: path, searches: searches, ceiling: ceiling, limits: limits)
    return GitRepository(handle, on: executor)
  }

  func clone(
    from remote: GitRemote, to path: String, limits: GitLimits, transfer: GitTransfer
  ) throws(GitError) -> GitRepository {
    let destination = try CloneDestination(path)
    do throws(GitError) {
      try fill(destination.partial, from: remote, limits, transfer)
      try destination.commit()
    } catch {
      destination.discard()
      throw error
    }
    return try open(at: path, searches: false, ceiling: nil, limits: limits)
  }

  /// Makes the clone; the handles are closed when it returns, before the folder is renamed.
  private func fill(
    _ folder: String, from remote: GitRemote, _ limits: GitLimits, _ transfer: GitTransfer
  ) throws(GitError) {
    let repository = try RepositoryHandle(creatingBareAt: folder, limits: limits)
    let handle = repository.handle.pointer
    // For people who look at the cache with git; fetches of this library take their remote from the caller.
    _ = try Handle<RemoteResource>({ git_remote_create(&$0, handle, "origin", remote.transportURL) }) {
      GitError(.other, "the clone cannot be configured", at: .init(folder), cause: $0.text)
    }
    _ = try repository.fetch(from: remote, transfer)
  }
}
