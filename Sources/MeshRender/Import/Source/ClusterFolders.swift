internal import KubeModel

/// The folders of the manifests that hold one cluster each, as `DIR/CLUSTER/…` does.
///
/// They are told by what they share: the same objects stand in each of them.
struct ClusterFolders {
  /// The folders above them; empty where they are at the top.
  let prefix: [String]
  /// Their names, sorted.
  let names: [String]
  /// What says that they are clusters rather than, say, stages; `nil` where that is only likely.
  let proof: String?

  /// Names that folders of stages and of parts have, rather than those of clusters.
  private static let others: Set<String> = [
    "base", "bases", "overlay", "overlays", "component", "components", "common", "shared", "default", "dev",
    "develop", "development", "test", "testing", "tests", "qa", "uat", "sandbox", "preview", "preprod",
    "stage",
    "staging", "canary", "prod", "production", "live", "local", "ci",
  ]

  /// Kinds of what runs pods.
  private static let controllers: Set<String> = ["Deployment", "StatefulSet", "DaemonSet"]

  /// - Parameters:
  ///   - objects: which objects stand in which files.
  ///   - declared: the names of clusters that manifests declare.
  ///   - named: what Istio's installation in a file calls its cluster.
  init?(objects: [(identity: ObjectReference, file: String)], declared: Set<String>, named: [String: String])
  {
    var files: [ObjectReference: [String]] = [:]
    for object in objects { files[object.identity, default: []].append(object.file) }
    var shared: [[String]: [String: Int]] = [:]
    var running: [[String]: Int] = [:]
    for (identity, places) in files where places.count > 1 {
      var folders: [[String]: Set<String>] = [:]
      for other in places.dropFirst() {
        guard let split = FolderSplit(places[0], other) else { continue }
        folders[split.prefix, default: []].formUnion([split.first, split.second])
      }
      for (prefix, names) in folders {
        for name in names { shared[prefix, default: [:]][name, default: 0] += 1 }
        if Self.controllers.contains(identity.kind) { running[prefix, default: 0] += 1 }
      }
    }
    guard
      let (prefix, counts) = shared.max(by: {
        ($0.value.values.reduce(0, +), $1.key.count) < ($1.value.values.reduce(0, +), $0.key.count)
      })
    else { return nil }
    self.prefix = prefix
    names = counts.keys.sorted()
    var totals: [String: Int] = [:]
    var installations: [String: Set<String>] = [:]
    for object in objects {
      guard let name = Self.name(of: object.file, below: prefix) else { continue }
      totals[name, default: 0] += 1
      if let cluster = named[object.file] { installations[name, default: []].insert(cluster) }
    }
    let meshNames = Set(names.flatMap { installations[$0] ?? [] })
    if declared.isSuperset(of: names) {
      proof = "clusters of these names are declared"
    } else if meshNames.count == names.count, names.allSatisfy({ installations[$0]?.count == 1 }) {
      proof = "Istio's installation in each names another cluster"
    } else {
      proof = nil
      // Folders of single services have little in common, such as the namespace, and nothing that runs.
      let smallest = names.compactMap { totals[$0] }.min() ?? 0
      let isLikely = names.allSatisfy {
        !Self.others.contains($0.lowercased()) && 2 * (counts[$0] ?? 0) >= smallest
      }
      guard isLikely, running[prefix] ?? 0 > 0 else { return nil }
    }
  }

  /// Which of the folders a file is in.
  func name(of file: String) -> String? {
    Self.name(of: file, below: prefix).flatMap { names.contains($0) ? $0 : nil }
  }

  private static func name(of file: String, below prefix: [String]) -> String? {
    let parts = file.split(separator: "/").map(String.init)
    guard parts.count > prefix.count + 1, Array(parts.prefix(prefix.count)) == prefix else { return nil }
    return parts[prefix.count]
  }
}

/// Where the paths of two files part.
struct FolderSplit: Hashable {
  /// The folders that both are in.
  let prefix: [String]
  /// The next folder of the first one.
  let first: String
  /// The next folder of the second one.
  let second: String

  /// - Returns: `nil` when one of the files itself stands where they part.
  init?(_ first: String, _ second: String) {
    let left = first.split(separator: "/").map(String.init)
    let right = second.split(separator: "/").map(String.init)
    guard let index = zip(left, right).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset,
      index < left.count - 1, index < right.count - 1
    else { return nil }
    (prefix, self.first, self.second) = (Array(left.prefix(index)), left[index], right[index])
  }

  /// The first folder, as a path.
  var firstPath: String { (prefix + [first]).joined(separator: "/") }
  /// The second folder, as a path.
  var secondPath: String { (prefix + [second]).joined(separator: "/") }
}
