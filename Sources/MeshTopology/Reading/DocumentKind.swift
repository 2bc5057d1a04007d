/// The kinds of documents, in the order in which their specs are read: each refers only to those before
/// it (calls between workloads are checked at the end).
enum DocumentKind: String, CaseIterable {
  case topology = "Topology"
  case network = "Network"
  case namespace = "Namespace"
  case cluster = "Cluster"
  case workload = "Workload"
  case environment = "Environment"

  /// What a name of this kind must look like.
  var nameRule: NameRule { self == .workload ? .workload : .label }
}
