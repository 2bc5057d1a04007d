/// What is to be laid out: boxes of known size, frames around them, and lines between them.
package struct Diagram: Sendable {
  /// A box.
  package struct Node: Sendable {
    package var width: Int
    package var height: Int
    /// The frame it is in.
    package var group: Int?

    package init(width: Int, height: Int, group: Int? = nil) {
      self.width = width
      self.height = height
      self.group = group
    }
  }

  /// A line with an arrow at its target.
  package struct Edge: Sendable {
    package var source: Int
    package var target: Int
    /// Lines to one target that have the same mark run together, and share one label at the target.
    package var mark: String
    /// The width of the label at the source; 0 for none.
    package var startLabel = 0
    /// The width of the label at the target; 0 for none.
    package var endLabel = 0
    /// The width and the number of lines of the second label at the target, below the line; 0 for none.
    package var endNote = 0
    package var endNoteLines = 0

    package init(source: Int, target: Int, mark: String = "") {
      self.source = source
      self.target = target
      self.mark = mark
    }
  }

  package var nodes: [Node]
  package var edges: [Edge]
  package var groupCount: Int

  package init(nodes: [Node], edges: [Edge], groupCount: Int) {
    self.nodes = nodes
    self.edges = edges
    self.groupCount = groupCount
  }
}

/// Where everything of a diagram is drawn.
package struct DiagramLayout: Hashable, Sendable {
  /// A line from its source to the arrow's tip.
  package struct Route: Hashable, Sendable {
    package var points: [Point]
    /// Lines of one bundle run together where they can.
    package var bundle: Int
    package var startLabel: Box?
    /// Only one line of a bundle has its labels.
    package var endLabel: Box?
    package var endNote: Box?
  }

  /// By node.
  package var nodes: [Box] = []
  /// By group; `nil` for one without nodes.
  package var groups: [Box?] = []
  /// By edge.
  package var routes: [Route] = []
  package var width = 0
  package var height = 0
}

/// The distances of a drawing, in pixels.
enum Spacing {
  static let betweenNodes = 14
  static let betweenLines = 12
  static let betweenGroups = 20
  static let groupTitle = 28
  static let groupPadding = 14
  static let betweenTracks = 8
  static let channelMargin = 10
  static let arrow = 10
  static let labelHeight = 15
  static let noteLine = 13
  static let labelMargin = 6
  static let portMargin = 8
  static let betweenPorts = 17
  static let loop = 16
}
