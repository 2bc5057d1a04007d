public import MeshTopology

/// Turns existing manifests into a topology, as far as they say what one needs.
///
/// It only reads what it is given: nothing of a cluster, and never what a Secret holds.
public struct Importer: Sendable {
  /// The most documents of all files together.
  public var documentLimit = 10_000

  /// An importer with the default bounds.
  public init() {}

  /// Imports the manifests in `files`; a file that cannot be read is noted, and the rest goes on.
  ///
  /// - Parameter name: the name of the system; what no name can have is left out.
  public func run(files: [TopologyFile], name: String) -> Import {
    var importing = Importing(system: name.topologyName)
    importing.read(files, documentLimit: documentLimit)
    importing.findPods()
    importing.placePlatform()
    importing.placeWorkloads()
    importing.placeTraffic()
    importing.placeAlertmanagers()
    importing.placeCalls()
    importing.placeSurroundings()
    importing.keepSelfCalls()
    importing.keepTheRest()
    return importing.finished()
  }
}

extension String {
  /// The text as a name of the topology: small letters, digits and single `-`.
  var topologyName: String {
    var name = ""
    for byte in lowercased().utf8.prefix(56) {
      let isAllowed = (97...122).contains(byte) || (48...57).contains(byte)
      if isAllowed {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !name.isEmpty, !name.hasSuffix("-") {
        name += "-"
      }
    }
    while name.hasSuffix("-") { name.removeLast() }
    return name.isEmpty ? "imported" : name
  }
}
