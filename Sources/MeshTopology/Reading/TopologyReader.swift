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
  /// - Parameter environment: the environment whose overlays are laid over the rest; without one no overlay is,
  ///   but each environment is read as well, to find what is wrong with its overlays.
  /// - Throws: all problems found, at most 500.
  public func read(
    files: [TopologyFile], environment: String? = nil
  ) throws(TopologyProblems) -> Topology {
    try review(files: files, environment: environment).topology
  }

  /// Reads all documents of `files` as one topology, and says what of it somebody will regret.
  ///
  /// - Parameter environment: as in ``read(files:environment:)``.
  /// - Throws: all problems found, at most 500; warnings are none.
  public func review(
    files: [TopologyFile], environment: String? = nil
  ) throws(TopologyProblems) -> TopologyReview {
    let reading = Reading()
    let fileOrder = files.map(\.path)
    let text = read(files, reading: reading)
    // Headers first: then every name is known when the first reference is read.
    reading.directory = Directory(documents: text.documents, reading: reading)
    text.checkHeaders(files: files, reading: reading)
    let manifests = text.objects.flatMap { Manifest.read($0, reading: reading) }
    let declarations = Declarations(
      documents: text.documents(in: environment, reading: reading), reading: reading)
    declarations.check()
    Manifest.checkNamespaces(
      of: text.objects, mesh: declarations.sound(ServiceMesh.self).first?.value.namespace, reading: reading)
    if environment == nil, reading.problems.isEmpty {
      text.checkArchives(of: declarations.sound(Environment.self).map(\.value), reading: reading)
    }
    var problems = reading.sortedProblems(fileOrder: fileOrder)
    var warnings = reading.warnings
    if environment == nil, problems.isEmpty {
      for other in text.overlaidEnvironments {
        let overlaid = text.reading(in: other, directory: reading.directory)
        problems += overlaid.sortedProblems(fileOrder: fileOrder)
        warnings += overlaid.warnings.filter { !warnings.contains($0) }
      }
    }
    guard problems.isEmpty, var topology = declarations.topology else {
      throw TopologyProblems(problems: problems)
    }
    topology.overlays = text.overlays.compactMap(Overlay.init)
    topology.manifests = manifests.sorted { $0.object.reference < $1.object.reference }
    return TopologyReview(topology: topology, warnings: Reading.sorted(warnings, fileOrder))
  }

  func read(_ files: [TopologyFile], reading: Reading) -> TopologyText {
    var text = TopologyText()
    var count = 0
    for file in files {
      do {
        for node in try YAMLReader().documents(file.bytes, file: file.path) {
          count += 1
          guard count <= documentLimit else {
            reading.report(
              .tooMany, "more than \(documentLimit) documents", at: Spot(place: node.place),
              remedy: "split the system into several topologies")
            return text
          }
          if Manifest.isManifest(node) {
            text.objects.append(node)
          } else if let document = Document(node, reading: reading) {
            text.add(document)
          }
        }
      } catch let error as YAMLError {
        reading.directory.noteUnreadable(nil)
        reading.report(.invalidYAML, error.message, at: Spot(place: error.place), remedy: error.remedy ?? "")
      } catch {
        reading.directory.noteUnreadable(nil)
        let start = Place(file: file.path, line: 1, column: 1)
        reading.report(.invalidYAML, "the file cannot be read: \(error)", at: Spot(place: start), remedy: "")
      }
    }
    return text
  }
}
