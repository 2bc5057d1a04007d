internal import KubeModel
internal import MeshTopology

extension Database {
  /// One server of the official image.
  var plainServer: Workload {
    Workload(name: name, namespace: namespace, image: runningImage).with {
      $0.controller = .statefulSet
      $0.args = parameters.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
      $0.ports = ports
      $0.health = HealthCheck(port: "postgres")
      $0.resources = resources
      $0.env = [
        "POSTGRES_DB": .text(database), "POSTGRES_USER": .text(owner),
        // The volume's own folder may hold what the file system put there, which the image refuses.
        "PGDATA": .text("\(Database.volumePath)/pgdata"),
      ]
      if let credentials { $0.env["POSTGRES_PASSWORD"] = .secret(name: credentials, key: "password") }
      $0.volumes = [
        Volume(name: "data", path: Database.volumePath).with {
          $0.kind = .persistent
          $0.size = storage
          $0.storageClass = storageClass
        }
      ]
      $0.runAsUser = Database.officialUser
      $0.fsGroup = Database.officialUser
      // A server that ends writes all it has in memory.
      $0.terminationGracePeriod = .seconds(120)
    }
  }

  private static let volumePath = "/var/lib/postgresql/data"
  /// The user `postgres` of the official image.
  private static let officialUser = 999
}
