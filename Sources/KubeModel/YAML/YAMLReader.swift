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
  /// The most bytes in all scalars and keys of one text, counting each use of an alias.
  public var textLimit = 16 << 20

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
    guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8(bytes, file: file) }
    try checkLineEnds(text, file: file)
    guard let marked = ByteOrderMark(text) else { throw strayMark(text, file: file) }
    try checkNesting(marked.text, file: file)
    try checkKeys(marked.text, file: file)
    var documents: [SourceNode] = []
    var state = ReadState(nodes: nodeLimit, bytes: textLimit, mark: marked)
    do {
      let parser = try Yams.Parser(yaml: marked.text, resolver: .basic, encoding: .utf8)
      while let root = try parser.nextRoot() {
        if case .scalar(let scalar) = root, scalar.string.isEmpty, scalar.style == .plain {
          try spend(on: root, state: &state, place: start)
          continue
        }
        documents.append(try convert(root, file: file, fallback: start, depth: 0, state: &state))
      }
    } catch let error as YamlError {
      throw describe(error, bytes: bytes, file: file)
    }
    return documents
  }

  private func convert(
    _ node: Node, file: String, fallback: Place, depth: Int, state: inout ReadState
  ) throws -> SourceNode {
    let place = node.mark.map { Place(file: file, line: $0.line, column: $0.column) } ?? fallback
    try spend(on: node, state: &state, place: place)
    guard depth <= depthLimit else { throw tooDeep(place) }
    switch node {
    case .scalar(let scalar):
      let isPlain = try isPlain(scalar, place: place)
      return SourceNode(
        content: .scalar(SourceScalar(text: state.mark.restored(scalar.string), isPlain: isPlain)),
        place: place)
    case .sequence(let sequence):
      try checkTag(sequence.tag, is: .seq, place: place)
      let nodes = try sequence.map {
        try convert($0, file: file, fallback: place, depth: depth + 1, state: &state)
      }
      return SourceNode(content: .list(nodes), place: place)
    case .mapping(let mapping):
      try checkTag(mapping.tag, is: .map, place: place)
      return SourceNode(
        content: .mapping(
          try entries(of: mapping, file: file, place: place, depth: depth, state: &state)), place: place)
    case .alias:
      throw YAMLError(message: "an alias without an anchor", place: place, remedy: nil)
    }
  }

  private func entries(
    of mapping: Node.Mapping, file: String, place: Place, depth: Int, state: inout ReadState
  ) throws -> [SourceNode.Entry] {
    var entries: [SourceNode.Entry] = []
    var keys: Set<String> = []
    for (keyNode, valueNode) in mapping {
      let keyPlace = keyNode.mark.map { Place(file: file, line: $0.line, column: $0.column) } ?? place
      guard case .scalar(let key) = keyNode else {
        throw YAMLError(message: "a key is a list or mapping", place: keyPlace, remedy: "keys are strings")
      }
      _ = try isPlain(key, place: keyPlace)
      let name = state.mark.restored(key.string)
      try spend(on: keyNode, state: &state, place: keyPlace)
      // Yams tags a key as it hashes it, so only the style tells whether it is quoted.
      guard name != "<<" || key.style != .plain else {
        throw YAMLError(
          message: "the key << merges mappings in YAML 1.1 only", place: keyPlace,
          remedy: "write the entries out, or quote the key")
      }
      guard keys.insert(name).inserted else { throw twice(name, place: keyPlace) }
      let value = try convert(
        valueNode, file: file, fallback: keyPlace, depth: depth + 1, state: &state)
      entries.append(SourceNode.Entry(key: name, place: keyPlace, value: value))
    }
    return entries
  }
}
