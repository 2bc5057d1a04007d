internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Whether a StatefulSet of Redis is a cluster of nodes: by its bus port, its configuration or its name.
  func isRedisCluster(_ set: PodSet) -> Bool {
    let ports = set.container?["ports"]?.elements.compactMap { $0["containerPort"]?.peek } ?? []
    let replicas = Int(set.source.root["spec", "replicas"]?.peek ?? "1") ?? 1
    guard replicas >= 3 else { return false }
    return ports.contains("16379") || set.source.name.contains("cluster")
      || redisConfiguration(of: set)?.contains { $0.name == "cluster-enabled" && $0.value == "yes" } ?? false
  }

  /// The directives of the configuration that a set of pods mounts; `nil` when it mounts none that is there.
  private func redisConfiguration(of set: PodSet) -> [(name: String, value: String)]? {
    for volume in set.spec?["volumes"]?.elements ?? [] {
      guard let name = volume["configMap", "name"]?.peek,
        let map = only("", "ConfigMap", WorkloadReference(namespace: set.namespace, name: name)),
        let entry = map.root["data"]?.entries.first(where: { $0.key.hasSuffix("redis.conf") }),
        case .scalar(let scalar) = entry.value.node.content
      else { continue }
      return scalar.text.split(whereSeparator: \.isNewline).compactMap { line in
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, !line.hasPrefix("#") else { return nil }
        return (words[0], words[1].trimmed)
      }
    }
    return nil
  }

  mutating func placeRedis(_ set: PodSet) {
    guard let container = set.container else { return }
    let reference = set.source.reference
    let path = "RedisCluster/\(reference)"
    let nodes = set.source.root["spec", "replicas"]?.integer ?? 6
    let claim = set.source.root["spec", "volumeClaimTemplates"]?.elements.first
    var redis = RedisCluster(name: reference.name, namespace: reference.namespace)
    if let size = claim?["spec", "resources", "requests", "storage"]?.text.flatMap(Quantity.init(parsing:)) {
      redis.storage = size
    } else {
      assume(path + " storage", "no volume is claimed; 10Gi are assumed")
    }
    redis.storageClass = claim?["spec", "storageClassName"]?.text
    claim?.take()
    if let image = container["image"], let reference = imageReference(image, for: reference) {
      redis.image = reference
    }
    // As many replicas as masters is what is usual; fewer than three masters cannot agree.
    if nodes % 2 == 0, nodes >= 6 {
      redis.masters = nodes / 2
    } else {
      redis.masters = max(3, nodes)
      redis.replicasPerMaster = 0
      redis.durability = .rebuildable
    }
    assume(
      path + " masters",
      "\(nodes) nodes are taken for \(redis.masters) masters with \(redis.replicasPerMaster) replicas each")
    redis.resources = resources(container["resources"], of: path)
    if let user = container["securityContext", "runAsUser"]?.integer
      ?? set.spec?["securityContext", "runAsUser"]?.integer
    {
      redis.runAsUser = user
    }
    readRedisSettings(of: set, into: &redis)
    readRedisPassword(container, into: &redis)
    for part in [
      container["name"], container["command"], container["args"], container["ports"],
      container["volumeMounts"],
      container["env"], container["readinessProbe"], container["livenessProbe"], container["startupProbe"],
      container["securityContext"], set.spec?["volumes"], set.spec?["initContainers"],
      set.spec?["securityContext"],
      set.spec?["topologySpreadConstraints"], set.spec?["affinity"],
      set.spec?["automountServiceAccountToken"],
      set.source.root["spec", "podManagementPolicy"], set.source.root["spec", "updateStrategy"],
    ] { part?.take() }
    takeLabels(of: set)
    topology.redisClusters.append(redis)
    place(set.source, at: path)
    placeSurroundings(of: set, at: path)
  }

  private mutating func readRedisSettings(of set: PodSet, into redis: inout RedisCluster) {
    for volume in set.spec?["volumes"]?.elements ?? [] {
      guard let name = volume["configMap", "name"]?.peek else { continue }
      if let map = only("", "ConfigMap", WorkloadReference(namespace: set.namespace, name: name)) {
        map.root["data"]?.take()
        map.root["metadata", "labels"]?.take()
        if !settled.contains(map.index) { place(map, at: "RedisCluster/\(redis.reference)", "settings") }
      } else {
        contradict(
          volume.place, "\(set.source.words) mounts the ConfigMap \(name), which is not among the manifests")
      }
    }
    let own: Set<String> = [
      "port", "bind", "dir", "cluster-enabled", "cluster-config-file", "protected-mode", "daemonize",
      "logfile", "pidfile",
      "cluster-announce-ip", "cluster-announce-port", "cluster-announce-bus-port",
      "cluster-announce-hostname", "cluster-port",
      "supervised", "databases", "tls-port", "include", "loadmodule", "user",
    ]
    for (name, value) in redisConfiguration(of: set) ?? [] where !own.contains(name) {
      switch name {
      case "maxmemory":
        let amount = value.lowercased()
        let text = [("gb", "Gi"), ("mb", "Mi"), ("kb", "Ki")].first { amount.hasSuffix($0.0) }.map {
          amount.replacingSuffix($0.0) + $0.1
        }
        redis.maxMemory = Quantity(parsing: text ?? Importing.binary(amount))
      case "maxmemory-policy":
        redis.evictionPolicy = RedisCluster.EvictionPolicy(rawValue: value) ?? .noEviction
      case "appendonly": redis.isAppendOnly = value == "yes"
      case "cluster-node-timeout": if let time = Int(value) { redis.nodeTimeout = .milliseconds(time) }
      case "requirepass", "masterauth":
        redis.password = SecretKey(name: "\(redis.name)-auth", key: "password")
        contradict(
          set.source.place, "the password of \(set.source.words) stands in plain text: keep it in a Secret")
        assume(
          "RedisCluster/\(redis.reference) password",
          "it is expected in the Secret \(redis.name)-auth under password")
      default: redis.settings[name] = value
      }
    }
  }

  /// A number of bytes in the largest unit that it is a whole number of.
  private static func binary(_ amount: String) -> String {
    guard let bytes = Int(amount), bytes > 0 else { return amount }
    let units = [(30, "Gi"), (20, "Mi"), (10, "Ki")]
    return units.first { bytes % (1 << $0.0) == 0 }.map { "\(bytes >> $0.0)\($0.1)" } ?? amount
  }

  /// The Secret with the password: that of the variable which an argument hands to the server.
  private mutating func readRedisPassword(_ container: Part, into redis: inout RedisCluster) {
    let variables = container["env"]?.elements ?? []
    let words = ((container["command"]?.elements ?? []) + (container["args"]?.elements ?? [])).compactMap(
      \.peek)
    let isAsked = words.contains { $0.contains("requirepass") || $0.contains("masterauth") }
    for variable in variables {
      guard let name = variable["name"]?.peek,
        let secret = variable["valueFrom", "secretKeyRef", "name"]?.peek,
        let key = variable["valueFrom", "secretKeyRef", "key"]?.peek
      else { continue }
      let isHanded =
        isAsked
        && words.contains {
          $0.contains("$(\(name))") || $0.contains("$\(name)") || $0.contains("${\(name)}")
        }
      guard isHanded || name == "REDIS_PASSWORD" || name == "REDISCLI_AUTH" else { continue }
      redis.password = SecretKey(name: secret, key: key)
      return
    }
  }

  /// Takes clusters of CloudNativePG over.
  mutating func placeDatabases() {
    for source in all("postgresql.cnpg.io", "Cluster") {
      let spec = source.root["spec"]
      var database = Database(name: source.name, namespace: source.namespace)
      if let size = spec?["storage", "size"]?.text.flatMap(Quantity.init(parsing:)) {
        database.storage = size
      }
      database.storageClass = spec?["storage", "storageClass"]?.text
      database.logStorage = spec?["walStorage", "size"]?.text.flatMap(Quantity.init(parsing:))
      if let count = spec?["instances"]?.integer { database.instances = count }
      if let image = spec?["imageName"] { database.image = imageReference(image, for: source.reference) }
      database.resources = resources(spec?["resources"], of: "Database/\(source.reference)")
      if let name = spec?["bootstrap", "initdb", "database"]?.text { database.database = name }
      if let owner = spec?["bootstrap", "initdb", "owner"]?.text { database.owner = owner }
      database.credentials = spec?["bootstrap", "initdb", "secret", "name"]?.text
      for (key, value) in spec?["postgresql", "parameters"]?.entries ?? [] {
        database.parameters[key] = value.text
      }
      database.backup = databaseBackup(source)
      database.replication = replication(of: source, database)
      if database.parameters["archive_timeout"] != nil {
        if let text = database.parameters.removeValue(forKey: "archive_timeout"),
          let time = Duration(
            goText: Int(text) == nil
              ? text.replacingSuffix("min") + (text.hasSuffix("min") ? "m" : "") : text + "s")
        {
          database.backup?.archiveTimeout = time
        }
      }
      source.root["metadata", "labels"]?.take()
      topology.databases.append(database)
      place(source, at: "Database/\(source.reference)")
    }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
