import KubeModel

/// Checks security contexts.
enum SecurityCheck {
  static func pod(_ spec: JSONValue, _ specPath: FieldPath, _ errors: inout FieldErrors) {
    guard let context = spec["securityContext"], context.object?.isEmpty == false else { return }
    let path = specPath["securityContext"]
    for field in ["fsGroup", "runAsUser", "runAsGroup"] {
      identity(context[field], path[field], &errors)
    }
    for (index, group) in context.list("supplementalGroups").enumerated() {
      identity(group, path["supplementalGroups"][index], &errors)
    }
    if spec.flag("shareProcessNamespace"), spec.flag("hostPID") {
      errors.invalid(
        path["shareProcessNamespace"], true, "ShareProcessNamespace and HostPID cannot both be enabled")
    }
    sysctls(context.list("sysctls"), path["sysctls"], spec, &errors)
    let choices = [
      ("fsGroupChangePolicy", ["Always", "OnRootMismatch"]),
      ("supplementalGroupsPolicy", ["Merge", "Strict"]),
      ("seLinuxChangePolicy", ["MountOption", "Recursive"]),
    ]
    for (field, supported) in choices {
      guard let text = context[field]?.string, !supported.contains(text) else { continue }
      errors.notSupported(path[field], .string(text), supported)
    }
    profiles(context, path, &errors)
  }

  static func container(
    _ context: JSONValue?, _ path: FieldPath, isHostUser: Bool, _ errors: inout FieldErrors
  ) {
    guard let context, context.object?.isEmpty == false else { return }
    for field in ["runAsUser", "runAsGroup"] { identity(context[field], path[field], &errors) }
    if let mount = context["procMount"]?.string {
      if !["Default", "Unmasked"].contains(mount) {
        errors.notSupported(path["procMount"], .string(mount), ["Default", "Unmasked"])
      }
      if isHostUser, mount == "Unmasked" {
        errors.invalid(path["procMount"], .string(mount), "`hostUsers` must be false to use `Unmasked`")
      }
    }
    if context["allowPrivilegeEscalation"] == .bool(false) {
      if context.flag("privileged") {
        errors.invalid(
          path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
      }
      if context["capabilities"]?.texts("add").contains("CAP_SYS_ADMIN") == true {
        errors.invalid(
          path, context,
          "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")
      }
    }
    profiles(context, path, &errors)
  }

  private static func identity(_ value: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors) {
    guard let number = value?.int, !(0...0xFFFF_FFFF).contains(number) else { return }
    errors.invalid(path, .int(number), "must be between 0 and 4294967295, inclusive")
  }

  private static func profiles(_ context: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for (field, word, key) in [
      ("seccompProfile", "seccomp", "seccompProfile"), ("appArmorProfile", "AppArmor", "appArmorProfile"),
    ] {
      guard let profile = context[field], !profile.isNull else { continue }
      let path = path[field]
      let type = profile.text("type")
      let local = profile["localhostProfile"]?.string
      if type.isEmpty {
        errors.required(path["type"], "type is required when \(key) is set")
      } else if !["Localhost", "RuntimeDefault", "Unconfined"].contains(type) {
        errors.notSupported(path["type"], .string(type), ["Localhost", "RuntimeDefault", "Unconfined"])
      }
      if type == "Localhost" {
        guard let local, word == "seccomp" || !local.isEmpty else {
          errors.required(path["localhostProfile"], "must be set when \(word) type is Localhost")
          continue
        }
        if word == "seccomp" { MountPath.descending(local, path["localhostProfile"], &errors) }
      } else if let local {
        errors.invalid(
          path["localhostProfile"], word == "seccomp" ? profile : .string(local),
          "can only be set when \(word) type is Localhost")
      }
    }
  }

  private static func sysctls(
    _ sysctls: [JSONValue], _ path: FieldPath, _ spec: JSONValue, _ errors: inout FieldErrors
  ) {
    var names: Set<String> = []
    for (index, sysctl) in sysctls.enumerated() {
      let path = path[index]["name"]
      let name = sysctl.text("name")
      let isPlain = name.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "/" })
        .allSatisfy { !$0.isEmpty && NameForm.underscoredSubdomain.problems(of: String($0)).isEmpty }
      if name.isEmpty {
        errors.required(path)
      } else if name.utf8.count > 253 || !isPlain {
        errors.invalid(
          path, .string(name),
          "must have at most 253 characters and match regex "
            + "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$")
      } else if !names.insert(name).inserted {
        errors.duplicate(path, .string(name))
      }
      if spec.flag("hostNetwork"), name.hasPrefix("net.") {
        errors.invalid(path, .string(name), "may not be specified when 'hostNetwork' is true")
      }
      if spec.flag("hostIPC"), name.hasPrefix("kernel.shm") || name.hasPrefix("fs.mqueue.") {
        errors.invalid(path, .string(name), "may not be specified when 'hostIPC' is true")
      }
    }
  }
}
