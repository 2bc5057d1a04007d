import KubeModel

/// Checks the volumes of a pod.
struct VolumeCheck {
  /// The pod's name; nil in a template.
  let podName: String?

  /// Sources in the order in which the server looks at them, with the fields that each must have.
  private static let sources: [(name: String, required: [String])] = [
    ("emptyDir", []), ("hostPath", ["path"]), ("gitRepo", ["repository"]), ("gcePersistentDisk", ["pdName"]),
    ("awsElasticBlockStore", ["volumeID"]), ("secret", ["secretName"]), ("nfs", ["server", "path"]),
    ("iscsi", ["targetPortal", "iqn"]), ("glusterfs", ["endpoints", "path"]), ("flocker", []),
    ("persistentVolumeClaim", ["claimName"]), ("rbd", ["image"]), ("cinder", ["volumeID"]), ("cephfs", []),
    ("quobyte", ["volume"]), ("downwardAPI", []), ("fc", []), ("flexVolume", ["driver"]),
    ("configMap", ["name"]), ("azureFile", ["secretName", "shareName"]), ("vsphereVolume", ["volumePath"]),
    ("photonPersistentDisk", ["pdID"]), ("portworxVolume", ["volumeID"]),
    ("azureDisk", ["diskName", "diskURI"]), ("storageos", ["volumeName"]), ("projected", []),
    ("scaleIO", ["gateway", "system", "volumeName"]), ("csi", ["driver"]), ("ephemeral", []), ("image", []),
  ]
  private static let hostPathTypes = [
    "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
  ]
  private static let fileFields = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid",
  ]

  /// Checks them and answers the sound ones by name.
  func check(
    _ volumes: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors
  ) -> [String: JSONValue] {
    var sound: [String: JSONValue] = [:]
    for (index, volume) in volumes.enumerated() {
      var found = FieldErrors()
      let path = path[index]
      source(volume, path, &found)
      let name = volume.text("name")
      if name.isEmpty { found.required(path["name"]) } else { found.name(path["name"], name, .dnsLabel) }
      if sound[name] != nil { found.duplicate(path["name"], .string(name)) }
      if found.isEmpty { sound[name] = volume }
      errors.add(found.all)
    }
    return sound
  }

  private func source(_ volume: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let known = VolumeCheck.sources.filter { volume.has($0.name) }
    guard let first = known.first else { return errors.required(path, "must specify a volume type") }
    for other in known.dropFirst() {
      errors.forbidden(path[other.name], "may not specify more than 1 volume type")
    }
    let source = volume[first.name] ?? .null
    let path = path[first.name]
    for field in first.required where source.text(field).isEmpty { errors.required(path[field]) }
    switch first.name {
    case "hostPath":
      let place = source.text("path")
      guard !place.isEmpty else { return }
      MountPath.noBacksteps(place, path["path"], &errors)
      let type = source.text("type")
      if !VolumeCheck.hostPathTypes.contains(type) {
        errors.notSupported(path["type"], .string(type), VolumeCheck.hostPathTypes)
      }
    case "gitRepo": MountPath.descending(source.text("directory"), path["directory"], &errors)
    case "secret", "configMap":
      VolumeCheck.mode(source["defaultMode"], path["defaultMode"], &errors)
      for (index, item) in source.list("items").enumerated() {
        VolumeCheck.item(item, path["items"][index], &errors)
      }
    case "nfs":
      let place = source.text("path")
      if !place.hasPrefix("/") { errors.invalid(path["path"], .string(place), "must be an absolute path") }
    case "emptyDir":
      if let limit = Amount(source["sizeLimit"]), limit.nanos < 0 {
        errors.forbidden(path["sizeLimit"], "SizeLimit field must be a valid resource quantity")
      }
    case "downwardAPI":
      VolumeCheck.mode(source["defaultMode"], path["defaultMode"], &errors)
      for file in source.list("items") { VolumeCheck.file(file, path, &errors) }
    case "projected":
      VolumeCheck.mode(source["defaultMode"], path["defaultMode"], &errors)
      projected(source, path, &errors)
    case "csi":
      let driver = source.text("driver")
      if driver.utf8.count > 63 { errors.tooLong(path["driver"], maximum: 63) }
      if !driver.isEmpty {
        errors.invalid(
          path["driver"], driver, problems: NameForm.dnsSubdomain.problems(of: driver.lowercased()))
      }
    case "ephemeral":
      guard let template = source["volumeClaimTemplate"], !template.isNull else {
        return errors.required(path["volumeClaimTemplate"])
      }
      ClaimCheck.check(
        spec: template["spec"] ?? .null, path["volumeClaimTemplate"]["spec"], isTemplate: true, &errors)
    default: break
    }
  }

  private func projected(_ projected: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    var paths: Set<String> = []
    func place(_ text: String, _ shown: String, _ errors: inout FieldErrors) {
      if !text.isEmpty, !paths.insert(text).inserted {
        errors.invalid(path, .string(shown), "conflicting duplicate paths")
      }
    }
    for (index, source) in projected.list("sources").enumerated() {
      let sourcePath = path["sources"][index]
      let kinds = ["secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle"]
      let known = kinds.filter(source.has)
      for kind in ["secret", "configMap"] {
        guard let value = source[kind] else { continue }
        let name = value.text("name")
        if name.isEmpty { errors.required(sourcePath[kind]["name"]) }
        for (index, item) in value.list("items").enumerated() {
          VolumeCheck.item(item, sourcePath[kind]["items"][index], &errors)
          place(item.text("path"), name, &errors)
        }
      }
      for file in source["downwardAPI"]?.list("items") ?? [] {
        VolumeCheck.file(file, sourcePath["downwardAPI"], &errors)
        place(file.text("path"), file.text("path"), &errors)
      }
      if let token = source["serviceAccountToken"] {
        let seconds = token.number("expirationSeconds") ?? 0
        let expiry = sourcePath["serviceAccountToken"]["expirationSeconds"]
        if seconds < 600 {
          errors.invalid(expiry, .int(seconds), "may not specify a duration less than 10 minutes")
        }
        if seconds > 1 << 32 {
          errors.invalid(expiry, .int(seconds), "may not specify a duration larger than 2^32 seconds")
        }
        if token.text("path").isEmpty {
          errors.required(path["path"])
        } else {
          MountPath.local(token.text("path"), path["path"], &errors)
        }
      }
      if known.count > 1 {
        errors.forbidden(sourcePath, "may not specify more than 1 volume type per source")
      }
    }
  }

  private static func mode(_ mode: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let mode = mode?.int, !(0...0o777).contains(mode) else { return }
    errors.invalid(path, .int(mode), "must be a number between 0 and 0777 (octal), both inclusive")
  }

  private static func item(_ item: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for field in ["key", "path"] where item.text(field).isEmpty { errors.required(path[field]) }
    MountPath.local(item.text("path"), path["path"], &errors)
    mode(item["mode"], path["mode"], &errors)
  }

  private static func file(_ file: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if file.text("path").isEmpty { errors.required(path["path"]) }
    MountPath.local(file.text("path"), path["path"], &errors)
    if let field = file["fieldRef"] {
      EnvironmentCheck.field(field, fileFields, path["fieldRef"], &errors)
      if file.has("resourceFieldRef") {
        errors.invalid(
          path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")
      }
    } else if let resource = file["resourceFieldRef"] {
      EnvironmentCheck.resource(resource, path["resourceFieldRef"], isVolume: true, &errors)
    } else {
      errors.required(path, "one of fieldRef and resourceFieldRef is required")
    }
    mode(file["mode"], path["mode"], &errors)
  }
}

/// Paths within a volume.
enum MountPath {
  static func noBacksteps(_ text: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    if text.split(separator: "/", omittingEmptySubsequences: false).contains("..") {
      errors.invalid(path, .string(text), "must not contain '..'")
    }
  }

  static func descending(_ text: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    if text.hasPrefix("/") { errors.invalid(path, .string(text), "must be a relative path") }
    noBacksteps(text, path, &errors)
  }

  static func local(_ text: String, _ path: FieldPath, _ errors: inout FieldErrors) {
    descending(text, path, &errors)
    if text.hasPrefix(".."), !text.hasPrefix("../") {
      errors.invalid(path, .string(text), "must not start with '..'")
    }
  }
}
