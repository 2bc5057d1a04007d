/// What the documents declare, by name: known before the first spec is read, so that a reference may stand
/// before what it refers to.
struct Directory {
  /// The regions, which the Topology document declares.
  var regions: [String] = []
  private var names: [DocumentKind: [String]] = [:]
  /// Where each document's name stands, by its identity.
  private var spots: [[String]: Spot] = [:]
  /// What can be called, sorted, be its spec right or wrong.
  private(set) var callables: [WorkloadReference] = []
  /// The kinds of which there may be more documents than could be read. That one of these is not declared
  /// cannot be said.
  private(set) var unreadable: Set<DocumentKind> = []

  init() {}

  /// Takes in the names of `documents`, reporting those that stand twice.
  init(documents: [Document], reading: Reading) {
    unreadable = reading.directory.unreadable
    var services: [[String]: Spot] = [:]
    for document in documents where document.isNamed {
      if let earlier = spots[document.identity] {
        reading.report(
          .duplicate,
          "\(document.spot.document) is declared twice, first at \(earlier.place)", at: document.nameSpot,
          remedy: "rename or remove one of the two")
        continue
      }
      spots[document.identity] = document.nameSpot
      names[document.kind, default: []].append(document.name)
      guard document.kind.isCallable else { continue }
      let service = [document.namespace, document.name]
      if let earlier = services[service] {
        reading.report(
          .duplicate,
          "\(earlier.document) has that name too, at \(earlier.place), and one Service cannot be both",
          at: document.nameSpot, remedy: "choose another name")
        continue
      }
      callables.append(WorkloadReference(namespace: document.namespace, name: document.name))
      services[service] = document.nameSpot
    }
    callables.sort()
  }

  /// Notes that a document could not be read as far as its name.
  ///
  /// - Parameter kind: its kind; `nil` when that is not known either.
  mutating func noteUnreadable(_ kind: DocumentKind?) {
    unreadable.formUnion(kind.map { [$0] } ?? DocumentKind.allCases)
  }

  /// The names of the documents of `kind`.
  func names(of kind: DocumentKind) -> [String] { names[kind] ?? [] }

  /// Whether a document of `kind` is declared, be its spec right or wrong, or may be.
  func isDeclared(_ kind: DocumentKind, _ name: String, namespace: String = "") -> Bool {
    unreadable.contains(kind) || spots[[kind.rawValue, namespace, name]] != nil
  }

  /// Whether something to call is declared, be its spec right or wrong, or may be.
  func isCallable(_ target: WorkloadReference) -> Bool {
    DocumentKind.allCases.contains {
      $0.isCallable && isDeclared($0, target.name, namespace: target.namespace)
    }
  }

  /// What was probably meant, as `name` where the reference stands in the same namespace, else as
  /// `namespace/name`.
  func nearestCallable(to target: WorkloadReference, from namespace: String) -> String? {
    if let namesake = callables.first(where: { $0.name == target.name }) { return "\(namesake)" }
    let neighbours = callables.filter { $0.namespace == target.namespace }.map(\.name)
    if let near = Suggestion.nearest(to: target.name, in: neighbours) {
      return target.namespace == namespace ? near : "\(target.namespace)/\(near)"
    }
    return Suggestion.nearest(to: "\(target)", in: callables.map(\.description))
  }
}
