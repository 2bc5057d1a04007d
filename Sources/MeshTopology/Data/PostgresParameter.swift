internal import KubeModel

/// The parameters of `postgresql.conf` that a topology may not set.
enum PostgresParameter {
  /// Parameters that the operator or the topology itself decides, and why.
  private static let settled = [
    "archive_timeout": "it is backup.archiveTimeout", "archive_mode": "the archive is always on",
    "archive_command": "the operator archives", "archive_library": "the operator archives",
    "restore_command": "the operator restores", "archive_cleanup_command": "the operator cleans up",
    "primary_conninfo": "the operator connects replicas",
    "primary_slot_name": "the operator connects replicas",
    "synchronous_standby_names": "the operator decides who must confirm",
    "hot_standby": "replicas always answer reads",
    "listen_addresses": "callers are in other pods", "port": "the Service and NetworkPolicies know the port",
    "data_directory": "the volume is there", "config_file": "the operator writes it",
    "hba_file": "the operator writes it",
    "ident_file": "the operator writes it", "external_pid_file": "the container has one server",
    "unix_socket_directories": "the operator connects there", "ssl": "connections are always encrypted",
    "ssl_cert_file": "the operator makes certificates", "ssl_key_file": "the operator makes certificates",
    "ssl_ca_file": "the operator makes certificates", "ssl_crl_file": "the operator makes certificates",
    "log_destination": "logs go to the container's output",
    "logging_collector": "logs go to the container's output",
    "log_directory": "logs go to the container's output", "log_filename": "logs go to the container's output",
    "full_page_writes": "a torn page would be lost", "recovery_target_timeline": "the operator decides",
    "allow_system_table_mods": "it breaks the catalogue",
    "restart_after_crash": "Kubernetes starts servers anew",
  ]

  /// Parameters by name, each with a value on one line.
  static let parameters = Codec<[String: String]>.map(.variable, .setting).verified { parameters, field in
    for entry in field.entries() where parameters[entry.name] != nil {
      guard let reason = settled[entry.name] else { continue }
      field.reading.report(
        .contradiction, "\(entry.name) cannot be set: \(reason)", at: entry.nameSpot, remedy: "remove it")
    }
    return true
  }
}
