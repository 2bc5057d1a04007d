/// Everything that is wrong with a topology's text, in the order of the files and lines.
public struct TopologyProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems; at least one.
  public let problems: [Problem]

  /// One line for each problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
