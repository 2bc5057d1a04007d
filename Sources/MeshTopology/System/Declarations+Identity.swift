extension Declarations {
  /// Reports Google service accounts that no pod of some cluster can act as: GKE names the pool of identities after
  /// the project, so that without a known project it is not rendered.
  ///
  /// A cluster of which only the region is said is described elsewhere, its identities too.
  func checkIdentities() {
    let networks = Dictionary(
      sound(Network.self).map { ($0.value.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard sound(Network.self).count == all(Network.self).count,
      !reading.directory.unreadable.contains(.network)
    else { return }
    let clusters = sound(Cluster.self).map(\.value).filter { $0.network != nil || !$0.nodePools.isEmpty }
    func project(of cluster: Cluster) -> String? {
      cluster.project ?? cluster.network.flatMap { networks[$0] }?.project
    }
    guard
      let cluster = clusters.first(where: { !$0.hasWorkloadIdentity || project(of: $0) == nil })
    else { return }
    for (account, spot) in googleAccounts {
      if !cluster.hasWorkloadIdentity {
        reading.report(
          .contradiction, "nobody on \(cluster.name) can act as \(account): its workloadIdentity is off",
          at: spot, remedy: "remove workloadIdentity: false from the Cluster \(cluster.name)")
      } else {
        let home = cluster.network.map { "Network \($0)" } ?? "Cluster \(cluster.name)"
        reading.report(
          .missingField,
          "nobody on \(cluster.name) can act as \(account): its project is not known, and its identities "
            + "are named after it",
          at: spot, remedy: "add project: to the \(home)")
      }
    }
  }

  private var googleAccounts: [(account: String, spot: Spot)] {
    var accounts = sound(Workload.self).compactMap { declared in
      declared.value.googleServiceAccount.map { ($0, declared.document.spot("googleServiceAccount")) }
    }
    accounts += sound(Database.self).compactMap { declared in
      declared.value.backup?.googleServiceAccount.map {
        ($0, declared.document.spot("backup", "googleServiceAccount"))
      }
    }
    accounts += sound(Logging.self).compactMap { declared in
      declared.value.googleServiceAccount.map { ($0, declared.document.spot("googleServiceAccount")) }
    }
    return accounts
  }
}
