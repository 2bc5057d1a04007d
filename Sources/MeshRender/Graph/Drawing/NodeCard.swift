/// The text of a node, cut to what it has room for.
struct NodeCard {
  static let padding = 10
  static let icon = 16
  static let textStart = padding + icon + 7
  private static let widestText = 210
  private static let lineHeight = 18

  let kind: TopologyGraph.Node.Kind
  let name: String
  let details: String
  /// The split of traffic; empty for none.
  let shares: String
  /// The parts of the bar below it, in percent.
  let percents: [Int]

  init(_ node: TopologyGraph.Node) {
    kind = node.kind
    name = TextMetrics.name.fitted(node.name.onOneLine, to: NodeCard.widestText)
    let details = node.details.filter { !$0.isEmpty }.joined(separator: " · ")
    self.details = TextMetrics.small.fitted(details.onOneLine, to: NodeCard.widestText)
    let shares = node.shares.map { "\($0.name) \($0.percent)" }.joined(separator: " / ")
    self.shares = TextMetrics.small.fitted(shares.onOneLine, to: NodeCard.widestText)
    percents = node.shares.prefix(8).map { min(100, max(0, $0.percent)) }
  }

  /// The width it needs; a multiple of 2.
  var width: Int {
    let text = max(
      TextMetrics.name.width(of: name), TextMetrics.small.width(of: details),
      TextMetrics.small.width(of: shares))
    return (max(112, NodeCard.textStart + text + NodeCard.padding) + 1) / 2 * 2
  }

  /// The height of the text.
  var textHeight: Int {
    NodeCard.lineHeight * (1 + (details.isEmpty ? 0 : 1)) + (shares.isEmpty ? 0 : NodeCard.lineHeight + 6)
  }

  /// The height it needs; a multiple of 2.
  var height: Int { (textHeight + 12) / 2 * 2 }
}
