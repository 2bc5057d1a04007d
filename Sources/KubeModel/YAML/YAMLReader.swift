internal import Yams

/// A text that is not YAML, or more of it than the bounds allow.
public struct YAMLError: Error, CustomStringConvertible, Sendable {
  /// What is wrong.
  public let message: String
  /// Where.
  public let place: Place
  /// What to do about it.
  public let remedy: String?

  public var description: String {
    "\(place): \(message)" + (remedy.map { "; \($0)" } ?? "")
  }
}

/// Reads YAML and JSON with the place of each node.
///
/// Input is hostile: size, nesting and the number of nodes after resolving aliases are bounded.
public struct YAMLReader: Sendable {
  /// The largest text in bytes.
  public var sizeLimit = 4 << 20
  /// The deepest nesting.
  public var depthLimit = 100
  /// The most nodes of one text, counting each use of an alias.
  public var nodeLimit = 500_000

  /// A reader with the default bounds.
  public init() {}

  /// Reads all documents of a text; empty documents are left out.
  ///
  /// - Parameters:
  ///   - bytes: the text, in UTF-8.
  ///   - file: the name that places carry.
  /// - Throws: `YAMLError` with the place.
  public func documents(_ bytes: [UInt8], file: String) throws -> [SourceNode] {
    let start = Place(file: file, line: 1, column: 1)
    guard bytes.count <= sizeLimit else {
      throw YAMLError(
        message: "the file has \(bytes.count) bytes; at most \(sizeLimit) are read", place: start,
        remedy: "split it into several files")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLError(message: "the file is not UTF-8", place: start, remedy: "save it as UTF-8")
    }
    try checkNesting(text, file: file)
    try checkKeys(text, file: file)
    var documents: [SourceNode] = []
    var budget = nodeLimit
    do {
      let parser = try Yams.Parser(yaml: text, resolver: .basic)
      while let root = try parser.nextRoot() {
        if case .scalar(let scalar) = root, scalar.string.isEmpty, scalar.style == .plain { continue }
        documents.append(try convert(root, file: file, fallback: start, depth: 0, budget: &budget))
      }
    } catch let error as YamlError {
      throw describe(error, file: file)
    }
    return documents
  }

  private func convert(
    _ node: Node, file: String, fallback: Place, depth: Int, budget: inout Int
  ) throws -> SourceNode {
    let place = node.mark.map { Place(file: file, line: $0.line, column: $0.column) } ?? fallback
    budget -= 1
    guard budget >= 0 else {
      throw YAMLError(
        message: "more than \(nodeLimit) values, counting each use of an alias", place: place,
        remedy: "write fewer aliases, or split the file")
    }
    guard depth <= depthLimit else { throw tooDeep(place) }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return SourceNode(
        content: .scalar(SourceScalar(text: scalar.string, isPlain: isPlain && scalar.tag.isImplicit)),
        place: place)
    case .sequence(let sequence):
      let nodes = try sequence.map {
        try convert($0, file: file, fallback: place, depth: depth + 1, budget: &budget)
      }
      return SourceNode(content: .list(nodes), place: place)
    case .mapping(let mapping):
      return SourceNode(
        content: .mapping(
          try entries(of: mapping, file: file, place: place, depth: depth, budget: &budget)), place: place)
    case .alias:
      throw YAMLError(message: "an alias without an anchor", place: place, remedy: nil)
    }
  }

  private func entries(
    of mapping: Node.Mapping, file: String, place: Place, depth: Int, budget: inout Int
  ) throws -> [SourceNode.Entry] {
    var entries: [SourceNode.Entry] = []
    var keys: Set<String> = []
    for (keyNode, valueNode) in mapping {
      let keyPlace = keyNode.mark.map { Place(file: file, line: $0.line, column: $0.column) } ?? place
      guard case .scalar(let key) = keyNode else {
        throw YAMLError(message: "a key is a list or mapping", place: keyPlace, remedy: "keys are strings")
      }
      guard keys.insert(key.string).inserted else {
        throw YAMLError(
          message: "the key \(key.string) stands twice", place: keyPlace, remedy: "remove one of the two")
      }
      let value = try convert(
        valueNode, file: file, fallback: keyPlace, depth: depth + 1, budget: &budget)
      entries.append(SourceNode.Entry(key: key.string, place: keyPlace, value: value))
    }
    return entries
  }

  func tooDeep(_ place: Place) -> YAMLError {
    YAMLError(message: "nested deeper than \(depthLimit)", place: place, remedy: "flatten the document")
  }

  private func describe(_ error: YamlError, file: String) -> YAMLError {
    func at(_ mark: Mark) -> Place { Place(file: file, line: mark.line, column: mark.column) }
    let start = Place(file: file, line: 1, column: 1)
    switch error {
    case .scanner(_, let problem, let mark, _):
      let isTab = problem.contains("cannot start any token") || problem.contains("tab character")
      return YAMLError(
        message: "invalid YAML: \(problem)", place: at(mark),
        remedy: isTab ? "indent with spaces, not tabs, and quote text that starts with @, ` or %" : nil)
    case .parser(_, let problem, let mark, _) where problem.contains("nesting level"):
      return tooDeep(at(mark))
    case .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return YAMLError(
        message: "invalid YAML: \(problem)", place: at(mark), remedy: "check the indentation")
    case .reader(let problem, let offset, _, _):
      return YAMLError(
        message: "invalid YAML: \(problem)" + (offset.map { " at byte \($0)" } ?? ""), place: start,
        remedy: "save the file as UTF-8 text")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return YAMLError(
        message: "the key \(duplicates.first ?? "") stands twice", place: at(context.mark),
        remedy: "remove one of the two")
    default:
      return YAMLError(message: "invalid YAML: \(error)", place: start, remedy: nil)
    }
  }
}

extension Tag {
  /// Yams gives plain scalars an implicit tag; `!!str 5` is a string although it is plain.
  fileprivate var isImplicit: Bool { description.isEmpty }
}
