internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Reads all documents of all files, each by itself: what is wrong with one does not concern the others.
  mutating func read(_ files: [TopologyFile], documentLimit: Int) {
    let documents = documents(of: files, limit: documentLimit)
    let known = Set(files.map(\.path))
    let found = documents.flatMap { Importing.items(of: $0) }.compactMap { source(of: $0, known) }
    let folders = clusterFolders(of: found)
    sites = (folders?.names ?? []).map { name in
      ClusterSite(folder: ((folders?.prefix ?? []) + [name]).joined(separator: "/"), cluster: name)
    }
    var places: [Int: [ObjectReference: Place]] = [:]
    var twins: [FolderSplit: [(first: Place, source: Source)]] = [:]
    var common: [Source] = []
    for source in found {
      let site = folders?.name(of: source.place.file).flatMap { folders?.names.firstIndex(of: $0) }
      let identity = Importing.identity(of: source)
      if let first = places[site ?? -1]?[identity] {
        if let split = FolderSplit(first.file, source.place.file) {
          twins[split, default: []].append((first, source))
        } else {
          noteTwin(first, source)
        }
        continue
      }
      places[site ?? -1, default: [:]][identity] = source.place
      if let site { sites[site].sources.append(source) } else { common.append(source) }
    }
    for (split, pairs) in twins { noteTwins(split, pairs) }
    chooseMainSite(proof: folders?.proof)
    settle(common)
  }

  private func clusterFolders(of found: [Source]) -> ClusterFolders? {
    let clusters = found.filter { $0.kind == "ContainerCluster" || $0.object.apiVersion == "container.v1" }
    var named: [String: String] = [:]
    for source in found where source.kind == "IstioOperator" {
      named[source.place.file] = source.root["spec", "values", "global", "multiCluster", "clusterName"]?.peek
    }
    return ClusterFolders(
      objects: found.map { (Importing.identity(of: $0), $0.place.file) },
      declared: Set(clusters.map(\.name)), named: named)
  }

  /// Gives the objects that the topology is made of their numbers, and others to those of further clusters.
  private mutating func settle(_ common: [Source]) {
    let used = ((sites.first?.sources ?? []) + common).sorted { $0.place.order < $1.place.order }
    for source in used {
      byKind[source.kind, default: []].append(sources.count)
      sources.append(source.moved(to: sources.count))
    }
    if !sites.isEmpty { sites[0].sources = [] }
    var next = Importing.firstForeignIndex
    for index in sites.indices {
      sites[index].sources = sites[index].sources.map { source in
        next += 1
        return source.moved(to: next)
      }
    }
  }

  /// Where the numbers of objects of further clusters begin.
  private static let firstForeignIndex = 1_000_000

  private mutating func documents(of files: [TopologyFile], limit: Int) -> [SourceNode] {
    var documents: [SourceNode] = []
    for file in files {
      do {
        for document in try YAMLReader().documents(file.bytes, file: file.path) {
          guard documents.count < limit else {
            note(document.place, "more than \(limit) documents; the rest is not read")
            return documents
          }
          documents.append(document)
        }
      } catch let error as YAMLError {
        refuse(error.place, error.message + (error.remedy.map { "; \($0)" } ?? ""))
      } catch {
        refuse(Place(file: file.path, line: 1, column: 1), "the file cannot be read")
      }
    }
    return documents
  }
}
