/// The nearest of some known words to one that is not known.
enum Suggestion {
  /// The most known words that are compared; a hostile text may declare any number.
  private static let candidateLimit = 1000

  /// The remedy for an unknown word: `did you mean NEAREST?`, or `otherwise` when none is near.
  static func remedy(
    for word: String, in known: some Sequence<String>, otherwise: @autoclosure () -> String
  ) -> String {
    nearest(to: word, in: known).map { "did you mean \($0)?" } ?? otherwise()
  }

  /// The word that was probably meant: up to a third of its letters may be wrong, and their size does not
  /// count.
  static func nearest(to word: String, in known: some Sequence<String>) -> String? {
    guard word.utf8.count <= 100 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in known.prefix(candidateLimit) where candidate.utf8.count <= 100 {
      let longer = max(word.utf8.count, candidate.utf8.count)
      let limit = longer < 3 ? 0 : longer / 3
      guard abs(word.utf8.count - candidate.utf8.count) <= limit else { continue }
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// How many letters must be added, removed, changed or swapped with their neighbour to turn one word
  /// into the other (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        let change = last[column] + (left[row] == right[column] ? 0 : 1)
        var distance = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          distance = min(distance, beforeLast[column - 1] + 1)
        }
        current.append(distance)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
