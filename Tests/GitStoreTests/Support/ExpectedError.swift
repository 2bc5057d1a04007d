import GitStore
import Testing

/// Runs `body`, which must throw a `GitError` of this kind, and returns the error for a closer look.
@discardableResult
func expectError(
  _ code: GitError.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Void
) async throws -> GitError {
  let error = await #expect(throws: GitError.self, sourceLocation: sourceLocation) { try await body() }
  let thrown = try #require(error, sourceLocation: sourceLocation)
  #expect(thrown.code == code, "\(thrown)", sourceLocation: sourceLocation)
  return thrown
}
