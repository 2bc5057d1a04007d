internal import KubeModel

extension NodePool: Formed {
  static let form = Form("NodePool", "A group of equal nodes.", blank: Self(name: "", machineType: "")) {
    machineFields
    nodeFields
  }

  @FormBuilder<NodePool>
  private static var machineFields: [FormField<NodePool>] {
    FormField.required("name", \.name, .name(.label), example: "microservices-pool", "The name.")
    FormField.required(
      "machineType", \.machineType, .text("a machine type"), example: "e2-standard-4",
      "The provider's machine type.")
    FormField.defaulted(
      "diskSizeGb", \.diskSizeGb, .integer(in: 10...65536), "The size of each node's boot disk in GiB.",
      default: 100)
    FormField.defaulted(
      "diskType", \.diskType, .choice, "The kind of each node's boot disk.", default: .balanced)
    FormField.defaulted(
      "nodes", \.nodes, .integer(in: 0...15_000),
      "The number of nodes in all zones together, where `autoscaling` does not decide.", default: 3)
    FormField.optional("autoscaling", \.autoscaling, .form, "How the number of nodes follows the load.")
    FormField.list(
      "zones", \.zones, .list(of: .name(.label), unique: [Unique("zone", key: nil) { $0 }]),
      "The zones; those of the cluster by default.")
    FormField.defaulted(
      "maxPodsPerNode", \.maxPodsPerNode, .integer(in: GKE.podsPerNode), "The most pods of a node.",
      default: GKE.defaultPodsPerNode)
    FormField.optional(
      "podsRange", \.podsRange, .name(.label),
      "The secondary range of the subnet that pods take their addresses from; the cluster's by default.")
  }

  @FormBuilder<NodePool>
  private static var nodeFields: [FormField<NodePool>] {
    FormField.defaulted(
      "interruption", \.interruption, .choice, "Whether the provider may take nodes away at any time.",
      default: .never)
    FormField.optional(
      "serviceAccount", \.serviceAccount, .text("an address such as nodes@project.iam.gserviceaccount.com"),
      "The service account of the nodes; the project's default one, which may do far more than a node needs, by default."
    )
    FormField.defaulted(
      "labels", \.labels, .map(.labelKey, .text()), "The labels of the nodes, which pods choose them by.",
      default: [:])
    FormField.list(
      "taints", \.taints, .list(of: .form), "What keeps pods off the nodes unless they tolerate it.")
    FormField.defaulted(
      "secureBoot", \.hasSecureBoot, .flag, property: "hasSecureBoot",
      "Whether nodes start nothing but signed code. Unsigned kernel modules need it off.", default: true)
    FormField.defaulted(
      "upgrade", \.upgrade, .form, "How nodes are replaced by those of a new version.", default: Upgrade())
  }
}

extension NodePool.Autoscaling: Formed {
  static let form = Form(
    "NodePool.Autoscaling", "The bounds of a number of nodes.", blank: Self(min: 0, max: 1)
  ) {
    FormField.required(
      "min", \.min, .integer(in: 0...15_000), example: "3", "The fewest nodes in all zones together.")
    FormField.required(
      "max", \.max, .integer(in: 1...15_000), example: "12", "The most nodes in all zones together.")
  }.checked { bounds, section in
    if bounds.min > bounds.max {
      section["max"]?.report(
        .contradiction, "max \(bounds.max) is below min \(bounds.min)",
        remedy: "raise max to \(bounds.min) or more, or lower min")
    }
  }
}

extension NodePool.Taint: Formed {
  static let form = Form(
    "NodePool.Taint", "What keeps pods off a node unless they tolerate it.",
    blank: Self(key: "", effect: .noSchedule)
  ) {
    FormField.required("key", \.key, .name(.labelKey), example: "dedicated", "The key.")
    FormField.defaulted("value", \.value, .text(), "The value.", default: "")
    FormField.required(
      "effect", \.effect, .choice, example: "NoSchedule", "What happens to pods that do not tolerate it.")
  }
}

extension NodePool.Upgrade: Formed {
  static let form = Form(
    "NodePool.Upgrade", "How nodes are replaced by those of a new version.", blank: Self()
  ) {
    FormField.defaulted(
      "maxSurge", \.maxSurge, .integer(in: 0...20),
      "The number of nodes more than usual. They need addresses, too.",
      default: 1)
    FormField.defaulted(
      "maxUnavailable", \.maxUnavailable, .integer(in: 0...20), "The number of nodes fewer than usual.",
      default: 0)
  }.checked { upgrade, section in
    if upgrade.maxSurge + upgrade.maxUnavailable == 0 {
      section.report(
        .contradiction, "an upgrade that may neither add nor take away a node cannot be made",
        remedy: "write maxSurge: 1")
    }
  }
}
