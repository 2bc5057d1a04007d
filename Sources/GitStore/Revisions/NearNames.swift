/// Finds the names that someone who mistyped one may have meant.
enum NearNames {
  /// The `count` names nearest to `name` by edits, nearest first.
  static func closest(to name: String, among names: [String], count: Int = 5) -> [String] {
    let wanted = Array(name.utf8.prefix(maxLength))
    let ranked = Set(names.prefix(maxNames)).map {
      (name: $0, distance: distance(wanted, Array($0.utf8.prefix(maxLength))))
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count).map(\.name)
  }

  // A repository may have a hundred thousand branches; an error message is not worth a search of all.
  private static let maxNames = 2_000
  private static let maxLength = 100

  /// The Levenshtein distance, one row of the table at a time.
  static func distance(_ from: [UInt8], _ to: [UInt8]) -> Int {
    var row = Array(0...to.count)
    for (index, byte) in from.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in to.indices {
        let replaced = diagonal + (byte == to[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[to.count]
  }
}
