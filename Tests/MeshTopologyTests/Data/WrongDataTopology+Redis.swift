extension WrongDataTopology {
  static let redis: [WrongDataTopology] = [
    WrongDataTopology(
      "two masters",
      "storage: 10Gi\n  maxMemory",
      """
      storage: 10Gi
        masters: 2
        maxMemory
      """,
      Wanted(
        at: "60:12",
        "2 is outside 3 to 500",
        in: "RedisCluster/redis-cluster spec.masters",
        remedy: "choose a number within that range")),
    WrongDataTopology(
      "eviction without a limit",
      "  maxMemory: 512Mi\n",
      "",
      Wanted(
        at: "60:19",
        "evictionPolicy allkeys-lru without maxMemory: nothing would ever be evicted",
        in: "RedisCluster/redis-cluster spec.evictionPolicy",
        remedy: "add maxMemory, such as 512Mi")),
    WrongDataTopology(
      "a limit that leaves no memory",
      "maxMemory: 512Mi",
      "maxMemory: 1Gi",
      Wanted(
        at: "60:14",
        "maxMemory 1Gi leaves nothing of the 1Gi of memory for anything but keys",
        in: "RedisCluster/redis-cluster spec.maxMemory",
        remedy: "keep it to about two thirds: a node that saves needs room for pages that change "
          + "meanwhile")),
    WrongDataTopology(
      "no replicas of what must be kept",
      "durability: rebuildable",
      "replicasPerMaster: 0",
      Wanted(
        at: "70:22",
        "without replicas the keys of a master are gone as long as it is",
        in: "RedisCluster/redis-cluster spec.replicasPerMaster",
        remedy: "write replicasPerMaster: 1, or durability: rebuildable")),
    WrongDataTopology(
      "a directive that breaks the cluster",
      "maxclients: 2000",
      "cluster-enabled: \"no\"",
      Wanted(
        at: "69:5",
        "cluster-enabled cannot be set: without it there is no cluster",
        in: "RedisCluster/redis-cluster spec.settings.cluster-enabled",
        remedy: "remove it")),
    WrongDataTopology(
      "a directive that moves the port",
      "maxclients: 2000",
      "port: 7000",
      Wanted(
        at: "69:5",
        "port cannot be set: the Service and NetworkPolicies know the port",
        in: "RedisCluster/redis-cluster spec.settings.port",
        remedy: "remove it")),
    WrongDataTopology(
      "a directive that closes the node",
      "maxclients: 2000",
      "bind: 127.0.0.1",
      Wanted(
        at: "69:5",
        "bind cannot be set: the other nodes could not connect",
        in: "RedisCluster/redis-cluster spec.settings.bind",
        remedy: "remove it")),
    WrongDataTopology(
      "a directive with a field of its own",
      "maxclients: 2000",
      "maxmemory: 1gb",
      Wanted(
        at: "69:5",
        "maxmemory has a field of its own",
        in: "RedisCluster/redis-cluster spec.settings.maxmemory",
        remedy: "write maxMemory beside settings, not in it")),
    WrongDataTopology(
      "an unknown directive",
      "maxclients: 2000",
      "maxclient: 2000",
      Wanted(
        at: "69:5",
        "there is no directive of Redis \"maxclient\"",
        in: "RedisCluster/redis-cluster spec.settings.maxclient",
        remedy: "did you mean maxclients?")),
    WrongDataTopology(
      "a directive that YAML 1.1 reads as a Boolean",
      "maxclients: 2000",
      "activedefrag: yes",
      Wanted(
        at: "69:19",
        "expected text, found yes without quotes, which YAML 1.1 tools read as true",
        in: "RedisCluster/redis-cluster spec.settings.activedefrag",
        remedy: "put it in quotes: \"yes\"")),
    WrongDataTopology(
      "no storage",
      "  storage: 10Gi\n  maxMemory",
      "  maxMemory",
      Wanted(
        at: "58:1",
        "storage is missing",
        in: "RedisCluster/redis-cluster spec",
        remedy: "add it, such as storage: 10Gi")),
    WrongDataTopology(
      "a cache that must be kept and is saved once a day",
      "durability: rebuildable",
      "durability: kept",
      Wanted(
        at: "56:9",
        "up to 24h of writes to the cache redis-cluster in namespace cache would be lost with the "
          + "primary region, 5m are allowed",
        in: "RedisCluster/redis-cluster metadata.name",
        remedy: "write durability: rebuildable if it is only a cache, or save the namespace more often")),
  ]
}
