internal import Synchronization

/// The patterns that expressions used last, in their compiled form.
final class PatternCache: Sendable {
  static let shared = PatternCache()

  private let known = Mutex<[String: Pattern]>([:])
  private static let limit = 500

  func pattern(_ source: String) throws(Pattern.SyntaxError) -> Pattern {
    if let known = known.withLock({ $0[source] }) { return known }
    let new = try Pattern(source)
    known.withLock { patterns in
      // Expressions can make patterns of the objects they see: the cache is bounded.
      if patterns.count >= PatternCache.limit { patterns.removeAll() }
      patterns[source] = new
    }
    return new
  }
}
