internal import KubeModel
internal import MeshTopology

/// Takes out of a topology's documents what its reader refuses, until nothing is left to refuse.
struct Pruning {
  /// A document with what reports call it.
  struct Entry {
    let path: String
    let isManifest: Bool
    var tree: YAMLTree?
  }

  /// A part that was taken out.
  struct Removal {
    let entry: Int
    /// The field; empty for the whole document.
    let field: String
    let reason: String
  }

  var entries: [Entry]
  private(set) var removals: [Removal] = []

  init(_ topology: Topology) {
    entries = topology.documents.map { document in
      let path = [document.kind, document.namespace, document.name].compactMap(\.self).joined(separator: "/")
      return Entry(path: path, isManifest: document.isManifest, tree: document.tree)
    }
  }

  /// Reads the documents, and removes what is refused, at most `rounds` times.
  mutating func run(rounds: Int = 200) -> Topology? {
    for round in 0...rounds {
      let files = entries.indices.compactMap { index in
        entries[index].tree.map { TopologyFile(path: "\(index)", bytes: Array($0.yamlText.utf8)) }
      }
      do throws(TopologyProblems) {
        return try TopologyReader().read(files: files)
      } catch {
        var touched: Set<Int> = []
        for problem in error.problems {
          guard let index = Int(problem.place.file), entries.indices.contains(index),
            entries[index].tree != nil,
            touched.insert(index).inserted
          else { continue }
          remove(problem, from: index, isHard: round > rounds / 2)
        }
        if touched.isEmpty { return nil }
      }
    }
    return nil
  }

  private mutating func remove(_ problem: Problem, from index: Int, isHard: Bool) {
    let field = problem.path.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    var inner = field.hasPrefix("spec.") ? String(field.dropFirst(5)) : ""
    // An element without its name could not stay.
    if inner.hasSuffix("].name") { inner = inner.replacingSuffix(".name") }
    let reason = problem.message
    if !isHard, !inner.isEmpty, !entries[index].isManifest, case .mapping(let parts)? = entries[index].tree,
      let position = parts.firstIndex(where: { $0.0 == "spec" }),
      let pruned = parts[position].1.removing(inner[...])
    {
      var parts = parts
      parts[position].1 = pruned
      entries[index].tree = .mapping(parts)
      removals.append(Removal(entry: index, field: inner, reason: reason))
    } else {
      entries[index].tree = nil
      removals.append(Removal(entry: index, field: "", reason: reason))
    }
  }
}

extension TopologyDocument {
  /// Whether it is an object that the repository holds as it is.
  var isManifest: Bool {
    guard case .mapping(let entries) = tree,
      let version = entries.first(where: { $0.0 == "apiVersion" })?.1.json.string
    else { return true }
    return version != TopologyReader.apiVersion
  }
}

extension YAMLTree {
  /// The tree without the part at a path such as `ports[0].name`; `nil` when there is no such part.
  func removing(_ path: Substring) -> YAMLTree? {
    switch self {
    case .mapping(var entries):
      // Keys may have dots of their own, so the longest that fits is meant.
      let fitting = entries.indices.filter {
        path == entries[$0].0 || path.hasPrefix(entries[$0].0 + ".") || path.hasPrefix(entries[$0].0 + "[")
      }
      guard let index = fitting.max(by: { entries[$0].0.utf8.count < entries[$1].0.utf8.count }) else {
        return nil
      }
      let rest = path.dropFirst(entries[index].0.count)
      if rest.isEmpty {
        entries.remove(at: index)
      } else {
        guard let inner = entries[index].1.removing(rest.hasPrefix(".") ? rest.dropFirst() : rest) else {
          return nil
        }
        entries[index].1 = inner
      }
      return .mapping(entries)
    case .list(var elements):
      guard path.hasPrefix("["), let end = path.firstIndex(of: "]"),
        let index = Int(path[path.index(after: path.startIndex)..<end]), elements.indices.contains(index)
      else { return nil }
      let rest = path[path.index(after: end)...]
      if rest.isEmpty {
        elements.remove(at: index)
      } else {
        guard let inner = elements[index].removing(rest.hasPrefix(".") ? rest.dropFirst() : rest) else {
          return nil
        }
        elements[index] = inner
      }
      return .list(elements)
    case .scalar: return nil
    }
  }
}
