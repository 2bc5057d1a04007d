internal import KubeModel

/// The directives of `redis.conf` (Redis 7), and which of them a topology may set.
enum RedisDirective {
  /// Directives that have a field of their own.
  private static let fields = [
    "maxmemory": "maxMemory", "maxmemory-policy": "evictionPolicy", "appendonly": "appendOnly",
    "requirepass": "password", "masterauth": "password", "cluster-node-timeout": "nodeTimeout",
  ]

  /// Directives that are as they must be in a cluster, and why.
  private static let settled = [
    "cluster-enabled": "without it there is no cluster", "cluster-config-file": "the volume holds it",
    "cluster-announce-ip": "each pod announces its own address",
    "cluster-announce-port": "the Service knows the port",
    "cluster-announce-tls-port": "the Service knows the port",
    "cluster-announce-bus-port": "the Service knows the port",
    "cluster-announce-hostname": "each pod announces its own address",
    "cluster-port": "NetworkPolicies know the port", "port": "the Service and NetworkPolicies know the port",
    "tls-port": "the mesh encrypts", "bind": "the other nodes could not connect",
    "bind-source-addr": "the other nodes could not connect",
    "protected-mode": "the other nodes could not connect",
    "dir": "the volume is there", "daemonize": "the container would end",
    "supervised": "Kubernetes supervises",
    "replicaof": "the cluster decides who follows whom", "slaveof": "the cluster decides who follows whom",
    "aclfile": "no such file is mounted", "logfile": "logs go to the container's output",
    "pidfile": "the container has one process", "unixsocket": "clients are in other pods",
    "databases": "a cluster has database 0 only", "rename-command": "forming the cluster needs all commands",
  ]

  /// Directives that may be set.
  private static let free = Set(
    """
    acl-pubsub-default acllog-max-len active-defrag-cycle-max active-defrag-cycle-min active-defrag-ignore-bytes
    active-defrag-max-scan-fields active-defrag-threshold-lower active-defrag-threshold-upper active-expire-effort
    activedefrag activerehashing always-show-logo aof-disable-auto-gc aof-load-truncated
    aof-rewrite-incremental-fsync aof-timestamp-enabled aof-use-rdb-preamble appenddirname appendfilename
    appendfsync auto-aof-rewrite-min-size auto-aof-rewrite-percentage busy-reply-threshold
    client-output-buffer-limit client-query-buffer-limit cluster-allow-pubsubshard-when-down
    cluster-allow-reads-when-down cluster-allow-replica-migration cluster-link-sendbuf-limit
    cluster-migration-barrier cluster-preferred-endpoint-type cluster-replica-no-failover
    cluster-replica-validity-factor cluster-require-full-coverage crash-log-enabled crash-memcheck-enabled
    dbfilename disable-thp dynamic-hz enable-debug-command enable-module-command hash-max-listpack-entries
    hash-max-listpack-value hll-sparse-max-bytes hz io-threads io-threads-do-reads jemalloc-bg-thread
    latency-monitor-threshold latency-tracking latency-tracking-info-percentiles lazyfree-lazy-eviction
    lazyfree-lazy-expire lazyfree-lazy-server-del lazyfree-lazy-user-del lazyfree-lazy-user-flush lfu-decay-time
    lfu-log-factor list-compress-depth list-max-listpack-size loglevel lua-time-limit maxclients maxmemory-clients
    maxmemory-eviction-tenacity maxmemory-samples min-replicas-max-lag min-replicas-to-write
    no-appendfsync-on-rewrite notify-keyspace-events oom-score-adj oom-score-adj-values
    propagation-error-behavior proto-max-bulk-len rdb-save-incremental-fsync rdbchecksum rdbcompression
    repl-backlog-size repl-backlog-ttl repl-disable-tcp-nodelay repl-diskless-load repl-diskless-sync
    repl-diskless-sync-delay repl-diskless-sync-max-replicas repl-ping-replica-period repl-timeout
    replica-ignore-disk-write-errors replica-ignore-maxmemory replica-lazy-flush replica-priority
    replica-read-only replica-serve-stale-data sanitize-dump-payload save set-max-intset-entries
    shutdown-on-sigint shutdown-on-sigterm shutdown-timeout slowlog-log-slower-than slowlog-max-len
    stop-writes-on-bgsave-error stream-node-max-bytes stream-node-max-entries tcp-backlog tcp-keepalive timeout
    tracking-table-max-keys zset-max-listpack-entries zset-max-listpack-value
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Directives by name, each with a value on one line.
  static let settings = Codec<[String: String]>.map(.key, .setting).verified { settings, field in
    for entry in field.entries() where settings[entry.name] != nil { check(entry, field.reading) }
    return true
  }

  private static func check(_ entry: NamedField, _ reading: Reading) {
    if let field = fields[entry.name] {
      reading.report(
        .contradiction, "\(entry.name) has a field of its own", at: entry.nameSpot,
        remedy: "write \(field) beside settings, not in it")
    } else if let reason = settled[entry.name] {
      reading.report(
        .contradiction, "\(entry.name) cannot be set: \(reason)", at: entry.nameSpot, remedy: "remove it")
    } else if !free.contains(entry.name) {
      reading.reportUnknown(
        "directive of Redis", entry.name, at: entry.nameSpot, known: free.sorted(),
        remedy: "look it up in the redis.conf of Redis 7")
    }
  }
}
