import KubeModel

/// Checks what a container mounts.
struct MountCheck {
  let container: JSONValue
  let volumes: [String: JSONValue]

  func check(_ path: FieldPath, _ errors: inout FieldErrors) {
    let devices = container.list("volumeDevices")
    let mounts = container.list("volumeMounts")
    check(mounts, devices, path["volumeMounts"], &errors)
    check(devices: devices, mounts, path["volumeDevices"], &errors)
  }

  private func check(
    _ mounts: [JSONValue], _ devices: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    var places: Set<String> = []
    for (index, mount) in mounts.enumerated() {
      let own = path[index]
      let name = mount.text("name")
      let place = mount.text("mountPath")
      if name.isEmpty { errors.required(own["name"]) }
      if volumes[name] == nil { errors.notFound(own["name"], .string(name)) }
      if place.isEmpty { errors.required(own["mountPath"]) }
      if !places.insert(place).inserted { errors.invalid(own["mountPath"], .string(place), "must be unique") }
      if devices.contains(where: { $0.text("name") == name }) {
        errors.invalid(own["name"], .string(name), "must not already exist in volumeDevices")
      }
      if devices.contains(where: { $0.text("devicePath") == place }) {
        errors.invalid(own["mountPath"], .string(place), "must not already exist as a path in volumeDevices")
      }
      let part = mount.text("subPath")
      let expression = mount.text("subPathExpr")
      MountPath.descending(part, path["subPath"], &errors)
      if !expression.isEmpty, !part.isEmpty {
        errors.invalid(
          own["subPathExpr"], .string(expression), "subPathExpr and subPath are mutually exclusive")
      }
      MountPath.descending(expression, path["subPathExpr"], &errors)
      modes(mount, path, &errors)
    }
  }

  private func modes(_ mount: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if let propagation = mount["mountPropagation"]?.string {
      let path = path["mountPropagation"]
      let supported = ["Bidirectional", "HostToContainer", "None"]
      if !supported.contains(propagation) { errors.notSupported(path, .string(propagation), supported) }
      if propagation == "Bidirectional", container[path: "securityContext", "privileged"] != .bool(true) {
        errors.forbidden(
          path, "Bidirectional mount propagation is available only to privileged containers")
      }
    }
    guard let recursive = mount["recursiveReadOnly"]?.string else { return }
    let place = path["recursiveReadOnly"]
    switch recursive {
    case "Disabled": break
    case "Enabled", "IfPossible":
      if !mount.flag("readOnly") {
        errors.forbidden(place, "may only be specified when readOnly is true")
      }
      if !["", "None"].contains(mount.text("mountPropagation")) {
        errors.forbidden(place, "may only be specified when mountPropagation is None or not specified")
      }
    default: errors.notSupported(place, .string(recursive), ["Disabled", "Enabled", "IfPossible"])
    }
  }

  private func check(
    devices: [JSONValue], _ mounts: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    var names: Set<String> = []
    var places: Set<String> = []
    for (index, device) in devices.enumerated() {
      let path = path[index]
      let name = device.text("name")
      let place = device.text("devicePath")
      if name.isEmpty { errors.required(path["name"]) }
      if names.contains(name) { errors.invalid(path["name"], .string(name), "must be unique") }
      if let volume = volumes[name] {
        if !volume.has("persistentVolumeClaim"), !volume.has("ephemeral") {
          errors.invalid(
            path["name"], .string(name),
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode")
        }
      } else {
        errors.notFound(path["name"], .string(name))
      }
      if place.isEmpty { errors.required(path["devicePath"]) }
      if places.contains(place) { errors.invalid(path["devicePath"], .string(place), "must be unique") }
      if place.split(separator: "/").contains("..") {
        errors.invalid(path["devicePath"], .string(place), "can not contain backsteps ('..')")
      } else {
        places.insert(place)
      }
      if mounts.contains(where: { $0.text("name") == name }) {
        errors.invalid(path["name"], .string(name), "must not already exist in volumeMounts")
      }
      if mounts.contains(where: { $0.text("mountPath") == place }) {
        errors.invalid(
          path["devicePath"], .string(place), "must not already exist as a path in volumeMounts")
      }
      if !name.isEmpty { names.insert(name) }
    }
  }
}
