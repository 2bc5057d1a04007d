import KubeModel

extension KindRules {
  static let volumes: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fillText("persistentVolumeReclaimPolicy", "Retain")
        spec.fill("volumeMode", "Filesystem")
        spec.change("hostPath") { $0.fill("type", "") }
      }
      object.make("status") { $0.fillText("phase", "Pending") }
    }
    rules.dropStatus(initially: ["phase": "Pending"])
    rules.validate = { object, live, errors in
      let spec = object.fields["spec"] ?? .null
      let path = FieldPath("spec")
      ClaimCheck.accessModes(spec, path, "", &errors)
      VolumeSpecCheck.check(spec, path, &errors)
      guard let old = live?.fields["spec"] else { return }
      func source(_ spec: JSONValue) -> [JSONObject.Member] {
        (spec.object?.members ?? []).filter { VolumeSpecCheck.sources.contains($0.key) }
      }
      if source(spec) != source(old) {
        errors.forbidden(
          path["persistentvolumesource"],
          "spec.persistentvolumesource is immutable after creation\n\(StructDifference.text(old, spec))")
      }
      errors.immutable(FieldPath("volumeMode"), spec["volumeMode"], old["volumeMode"])
      if old.has("nodeAffinity") {
        errors.immutable(FieldPath("nodeAffinity"), spec["nodeAffinity"], old["nodeAffinity"])
      }
    }
    rules.warnings = { object, _ in
      let spec = object.fields["spec"] ?? .null
      var warnings: [String] = []
      if spec["persistentVolumeReclaimPolicy"] == "Recycle" {
        warnings.append(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning."
        )
      }
      if object[path: "metadata", "annotations", "volume.beta.kubernetes.io/storage-class"] != nil {
        warnings.append(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "
            + "\"storageClassName\" attribute instead")
      }
      return warnings
    }
    rules.deletionAnswersObject = true
    return rules
  }()
}

/// Checks a PersistentVolume's specification.
enum VolumeSpecCheck {
  static let sources: [String] = [
    "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", "nfs", "rbd", "quobyte",
    "cephfs", "iscsi", "cinder", "fc", "flexVolume", "azureFile", "vsphereVolume", "photonPersistentDisk",
    "portworxVolume", "azureDisk", "scaleIO", "local", "storageos", "csi",
  ]
  private static let required = [
    "hostPath": ["path"], "nfs": ["server", "path"], "local": ["path"], "csi": ["driver", "volumeHandle"],
    "glusterfs": ["endpoints", "path"], "rbd": ["image"], "iscsi": ["targetPortal", "iqn"],
    "gcePersistentDisk": ["pdName"], "awsElasticBlockStore": ["volumeID"], "cinder": ["volumeID"],
    "azureFile": ["secretName", "shareName"], "azureDisk": ["diskName", "diskURI"],
    "vsphereVolume": ["volumePath"], "portworxVolume": ["volumeID"], "flexVolume": ["driver"],
  ]

  static func check(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let capacity = spec.entries("capacity")
    if capacity.isEmpty { errors.required(path["capacity"]) }
    if capacity.count != 1 || capacity[0].key != "storage" {
      errors.notSupported(path["capacity"], spec["capacity"] ?? .null, ["storage"])
    }
    for member in capacity {
      if let amount = Amount(member.value), amount.nanos <= 0 {
        errors.invalid(
          path["capacity"][key: member.key], .string(amount.text), "must be greater than zero")
      }
    }
    let policy = spec.text("persistentVolumeReclaimPolicy")
    if !policy.isEmpty, !["Delete", "Recycle", "Retain"].contains(policy) {
      errors.notSupported(
        path["persistentVolumeReclaimPolicy"], .string(policy), ["Delete", "Recycle", "Retain"])
    }
    if let affinity = spec["nodeAffinity"] {
      if let selector = affinity["required"] {
        AffinityCheck.nodeSelector(selector, path["nodeAffinity"]["required"], &errors)
      } else {
        errors.required(path["nodeAffinity"]["required"], "must specify required node constraints")
      }
    }
    source(spec, path, &errors)
    let name = spec.text("storageClassName")
    if !name.isEmpty { errors.name(path["storageClassName"], name, .dnsSubdomain) }
    if let mode = spec["volumeMode"]?.string, !["Block", "Filesystem"].contains(mode) {
      errors.notSupported(path["volumeMode"], .string(mode), ["Block", "Filesystem"])
    }
  }

  private static func source(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let known = sources.filter(spec.has)
    guard let first = known.first else { return errors.required(path, "must specify a volume type") }
    for other in known.dropFirst() {
      errors.forbidden(path[other], "may not specify more than 1 volume type")
    }
    let source = spec[first] ?? .null
    for field in required[first] ?? [] where source.text(field).isEmpty {
      errors.required(path[first][field])
    }
    let place = source.text("path")
    if first == "hostPath" || first == "local" { MountPath.noBacksteps(place, path[first]["path"], &errors) }
    if first == "nfs", !place.hasPrefix("/") {
      errors.invalid(path[first]["path"], .string(place), "must be an absolute path")
    }
    if first == "local", !spec.has("nodeAffinity") {
      errors.required(path["nodeAffinity"], "Local volume requires node affinity")
    }
    if first == "hostPath", place == "/", spec["persistentVolumeReclaimPolicy"] == "Recycle" {
      errors.forbidden(
        path["persistentVolumeReclaimPolicy"], "may not be 'recycle' for a hostPath mount of '/'")
    }
  }
}
