import KubeModel
import Seams

/// How objects of one kind become rows: the server-side printers of Kubernetes 1.36.
struct TableCells: Sendable {
  typealias Cells = @Sendable (CellSource) -> [JSONValue]

  /// The cells in the order of the resource's columns.
  let cells: Cells
  /// The condition of a row whose object has come to its end.
  var completion: @Sendable (KubeObject) -> JSONValue? = { _ in nil }

  /// The printer of a resource, built-in or custom.
  static func of(_ resource: Resource) -> TableCells {
    if let known = all["\(resource.kind.group)/\(resource.kind.kind)"] { return known }
    let columns = Table.columns(of: resource).dropFirst().map { CustomColumn($0) }
    return TableCells(cells: { source in [source.name] + columns.map { $0.cell(source) } })
  }

  private static let all: [String: TableCells] = {
    var all: [String: TableCells] = [:]
    for part in [workloads, network, storage, configuration, policy, metrics] {
      for (kind, cells) in part { all[kind] = TableCells(cells: cells) }
    }
    all["/Pod"] = TableCells(cells: { PodRow($0).cells }, completion: PodRow.completion)
    all["/Event"] = TableCells(cells: event)
    all["events.k8s.io/Event"] = all["/Event"]
    for kind in [
      "/LimitRange", "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole",
      "apiextensions.k8s.io/CustomResourceDefinition", "storage.k8s.io/CSIStorageCapacity",
    ] {
      all[kind] = TableCells(cells: { [$0.name, $0.text("metadata", "creationTimestamp", or: "<unknown>")] })
    }
    return all
  }()
}
