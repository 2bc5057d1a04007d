internal import KubeModel

extension RedisCluster: Formed {
  static let form = Form(
    "RedisCluster", "A cache of several nodes: Redis Cluster.", blank: Self(name: "", namespace: "")
  ) {
    sizeFields
    behaviourFields
  }.checked { $0.check($1) }

  @FormBuilder<RedisCluster>
  private static var sizeFields: [FormField<RedisCluster>] {
    FormField.defaulted("image", \.image, .image, "The image, of Redis 7 or later.", default: defaultImage)
    FormField.defaulted(
      "masters", \.masters, .integer(in: 3...500),
      "The number of masters that share the keys. Fewer than 3 cannot agree on a failover.", default: 3)
    FormField.defaulted(
      "replicasPerMaster", \.replicasPerMaster, .integer(in: 0...5),
      "The number of nodes that stand by for each master.", default: 1)
    FormField.required(
      "storage", \.storage, .quantity(.memory), example: "10Gi", "How much each node can store on its volume."
    )
    FormField.optional(
      "storageClass", \.storageClass, .name(.domain),
      "The storage class; the cluster's default one by default.")
    FormField.optional("resources", \.resources, .form, "What each node asks of its machine.")
    FormField.defaulted(
      "runAsUser", \.runAsUser, .user,
      "The user id that the nodes run as; that of the official image by default.",
      default: 999)
  }

  @FormBuilder<RedisCluster>
  private static var behaviourFields: [FormField<RedisCluster>] {
    FormField.optional(
      "maxMemory", \.maxMemory, .quantity(.memory),
      "The memory of each node for keys; as much as there is by default.")
    FormField.defaulted(
      "evictionPolicy", \.evictionPolicy, .choice, "What becomes of keys when `maxMemory` is used up.",
      default: .noEviction)
    FormField.defaulted(
      "appendOnly", \.isAppendOnly, .flag, property: "isAppendOnly",
      "Whether each write is logged to the volume, so that a node that starts anew has it.", default: true)
    FormField.optional(
      "password", \.password, .form, "The password that clients and nodes need; none by default.")
    FormField.defaulted(
      "nodeTimeout", \.nodeTimeout, .duration(in: .milliseconds(500) ... .seconds(3600)),
      "How long a node may be silent before its replica takes over.", default: .seconds(15))
    FormField.defaulted(
      "settings", \.settings, RedisDirective.settings, "Further directives of `redis.conf`, by name.",
      default: [:])
    FormField.defaulted(
      "durability", \.durability, .choice,
      "Whether what it holds must outlive a disaster, or can be made anew from elsewhere.", default: .kept)
  }

  private func check(_ section: Section) {
    if maxMemory == nil, evictionPolicy != .noEviction {
      section["evictionPolicy"]?.report(
        .contradiction,
        "evictionPolicy \(evictionPolicy.rawValue) without maxMemory: nothing would ever be evicted",
        remedy: "add maxMemory, such as 512Mi")
    }
    if let maxMemory, let limit = resources.flatMap({ $0.memoryLimit ?? $0.memory }),
      maxMemory.value >= limit.value
    {
      section["maxMemory"]?.report(
        .contradiction,
        "maxMemory \(maxMemory) leaves nothing of the \(limit) of memory for anything but keys",
        remedy: "keep it to about two thirds: a node that saves needs room for pages that change meanwhile")
    }
    if replicasPerMaster == 0, durability == .kept {
      section["replicasPerMaster"]?.report(
        .contradiction, "without replicas the keys of a master are gone as long as it is",
        remedy: "write replicasPerMaster: 1, or durability: rebuildable")
    }
  }
}
