public import KubeModel

/// A folder of a workload's pods that is not part of its image.
public struct Volume: TopologyValue {
  /// How long what is in a volume lasts.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Longer than the pod: a claim of its own for each pod of a StatefulSet.
    case persistent
    /// As long as the pod.
    case temporary
    /// As long as the node: a folder of the node, to be read only.
    case node
  }

  /// The name; unique in its workload.
  public var name: String
  /// Where the containers find it.
  public var path: String
  /// How long what is in it lasts; `temporary` by default.
  public var kind: Kind = .temporary
  /// How much fits, such as `10Gi`; needed for a persistent volume.
  public var size: Quantity?
  /// The storage class of a persistent volume; the cluster's default one by default.
  public var storageClass: String?
  /// Whether what is in a persistent volume must outlive a disaster; it must by default.
  public var durability = Durability.kept
  /// The node's folder; the same as `path` by default.
  public var nodePath: String?

  /// A temporary volume.
  public init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

extension Volume: Formed {
  static let form = Form(
    "Volume", "A folder of a workload's pods that is not part of its image.", blank: Self(name: "", path: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "data", "The name, unique in its workload.")
    FormField.required("path", \.path, .path("/data"), example: "/data", "Where the containers find it.")
    FormField.defaulted(
      "kind", \.kind, .choice,
      "How long what is in it lasts: longer than the pod, as long as the pod, or a folder of the node, to be read only.",
      default: .temporary)
    FormField.optional("size", \.size, .quantity(.memory), "How much fits; needed for a persistent volume.")
    FormField.optional(
      "storageClass", \.storageClass, .name(.domain),
      "The storage class; the cluster's default one by default.")
    FormField.defaulted(
      "durability", \.durability, .choice,
      "Whether what is in a persistent volume must outlive a disaster, or can be made anew.", default: .kept)
    FormField.optional(
      "nodePath", \.nodePath, .path("/var/log"), "The node's folder; the same as `path` by default.")
  }.checked { volume, section in
    if volume.kind == .persistent, volume.size == nil {
      section.report(.missingField, "a persistent volume without a size", remedy: "add size: 10Gi")
    }
    if volume.kind != .persistent, volume.storageClass != nil {
      section["storageClass"]?.report(
        .contradiction, "a storage class, but the volume is not persistent", remedy: "add kind: persistent")
    }
    if volume.kind != .node, volume.nodePath != nil {
      section["nodePath"]?.report(
        .contradiction, "a folder of the node, but the volume is not of kind node", remedy: "add kind: node")
    }
  }
}
