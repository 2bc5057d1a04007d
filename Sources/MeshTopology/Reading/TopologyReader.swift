internal import KubeModel

/// Reads a topology from YAML, and says everything that is wrong with it at once.
///
/// Input is hostile: the size and depth of each file, the number of documents and the number of
/// problems reported are bounded.
public struct TopologyReader: Sendable {
  /// The `apiVersion` of every document.
  public static let apiVersion = "meshctl.dev/v1alpha1"
  /// The most documents of all files together.
  public var documentLimit = 10_000

  /// A reader with the default bounds.
  public init() {}

  /// Reads all documents of `files` as one topology, whatever their order.
  ///
  /// - Throws: all problems found, at most 500.
  public func read(files: [TopologyFile]) throws(TopologyProblems) -> Topology {
    let reading = Reading()
    let documents = documents(of: files, reading: reading)
    // Headers first: then every name is known when the first reference is read.
    var declared = Declarations(documents: documents, files: files, reading: reading)
    declared.readSpecs(reading: reading)
    declared.checkCalls(reading: reading)
    declared.checkRanges(reading: reading)
    guard reading.problems.isEmpty, let topology = declared.topology else {
      throw TopologyProblems(problems: reading.sortedProblems(fileOrder: files.map(\.path)))
    }
    return topology
  }

  private func documents(of files: [TopologyFile], reading: Reading) -> [Document] {
    var documents: [Document] = []
    for file in files {
      do {
        for node in try YAMLReader().documents(file.bytes, file: file.path) {
          guard documents.count < documentLimit else {
            reading.report(
              .tooMany, "more than \(documentLimit) documents", at: Spot(place: node.place),
              remedy: "split the system into several topologies")
            return documents
          }
          if let document = Document(node, reading: reading) { documents.append(document) }
        }
      } catch let error as YAMLError {
        reading.noteUnreadable(nil)
        reading.report(.invalidYAML, error.message, at: Spot(place: error.place), remedy: error.remedy ?? "")
      } catch {
        reading.noteUnreadable(nil)
        let start = Place(file: file.path, line: 1, column: 1)
        reading.report(.invalidYAML, "the file cannot be read: \(error)", at: Spot(place: start), remedy: "")
      }
    }
    return documents
  }
}
