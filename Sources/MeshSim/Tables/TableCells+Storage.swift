import KubeModel

extension TableCells {
  static let storage: [String: Cells] = [
    "/PersistentVolume": { row in
      var claim = ""
      if let reference = row.value("spec", "claimRef") {
        claim = "\(reference["namespace"]?.string ?? "")/\(reference["name"]?.string ?? "")"
      }
      return [
        row.name, .string(row.value("spec", "capacity", "storage")?.amountText ?? "0"),
        .string(CellText.accessModes(row.list("spec", "accessModes"))),
        row.text("spec", "persistentVolumeReclaimPolicy"), phase(row), .string(claim),
        .string(CellText.storageClass(row.object)),
        row.text("spec", "volumeAttributesClassName", or: "<unset>"),
        row.text("status", "reason"), row.age, row.text("spec", "volumeMode", or: "<unset>"),
      ]
    },
    "/PersistentVolumeClaim": { row in
      let volume = row.value("spec", "volumeName")?.string ?? ""
      let isBound = !volume.isEmpty
      return [
        row.name, phase(row), .string(volume),
        .string(isBound ? row.value("status", "capacity", "storage")?.amountText ?? "0" : ""),
        .string(isBound ? CellText.accessModes(row.list("status", "accessModes")) : ""),
        .string(CellText.storageClass(row.object)),
        row.text("spec", "volumeAttributesClassName", or: "<unset>"),
        row.age, row.text("spec", "volumeMode", or: "<unset>"),
      ]
    },
    "storage.k8s.io/StorageClass": { row in
      [
        nameMarkingDefault(row), row.text("provisioner"), row.text("reclaimPolicy", or: "Delete"),
        row.text("volumeBindingMode", or: "Immediate"), row.flag("allowVolumeExpansion"), row.age,
      ]
    },
    "storage.k8s.io/VolumeAttributesClass": { row in
      [nameMarkingDefault(row), row.text("driverName"), row.age]
    },
    "storage.k8s.io/VolumeAttachment": { row in
      [
        row.name, row.text("spec", "attacher"), row.text("spec", "source", "persistentVolumeName"),
        row.text("spec", "nodeName"), row.flag("status", "attached"), row.age,
      ]
    },
    "storage.k8s.io/CSINode": { row in [row.name, row.count("spec", "drivers"), row.age] },
    "storage.k8s.io/CSIDriver": { row in
      let modes = row.list("spec", "volumeLifecycleModes").compactMap(\.string)
      let audiences = row.value("spec", "tokenRequests")?.array?.map { $0["audience"]?.string ?? "" }
      return [
        row.name, row.flag("spec", "attachRequired", or: true), row.flag("spec", "podInfoOnMount"),
        row.flag("spec", "storageCapacity"), .string(audiences?.joined(separator: ",") ?? "<unset>"),
        row.flag("spec", "requiresRepublish"), .string(modes.joined(separator: ",").orNone), row.age,
      ]
    },
  ]

  private static func phase(_ row: CellSource) -> JSONValue {
    row.object.deletionTimestamp == nil ? row.text("status", "phase") : "Terminating"
  }

  private static func nameMarkingDefault(_ row: CellSource) -> JSONValue {
    let annotations = row.object.annotations
    let isDefault = [
      "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
    ]
    .contains { annotations[$0] == "true" }
    return .string(row.object.name + (isDefault ? " (default)" : ""))
  }
}
