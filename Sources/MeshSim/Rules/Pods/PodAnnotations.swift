import KubeModel

/// Annotations that mean something for pods.
enum PodAnnotations {
  static let mirror = "kubernetes.io/config.mirror"
  private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"
  private static let appArmor = "container.apparmor.security.beta.kubernetes.io/"

  static func check(
    _ metadata: JSONValue, _ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    guard let annotations = metadata["annotations"]?.object, !annotations.isEmpty else { return }
    if let value = annotations[mirror], spec.text("nodeName").isEmpty {
      errors.invalid(path[key: mirror], value, "must set spec.nodeName if mirror pod annotation is set")
    }
    if let cost = annotations[deletionCost]?.string, !isCost(cost) {
      errors.invalid(path[key: deletionCost], .string(cost), "must be a 32bit integer")
    }
    for member in annotations.members where member.key.hasPrefix(appArmor) {
      let container = String(member.key.dropFirst(appArmor.count))
      let profile = member.value.string ?? ""
      if !names(of: spec).contains(container) {
        errors.invalid(path[key: member.key], .string(container), "container not found")
      }
      if !["", "runtime/default", "unconfined"].contains(profile), !profile.hasPrefix("localhost/") {
        errors.invalid(path[key: member.key], member.value, "invalid AppArmor profile name: \"\(profile)\"")
      }
    }
  }

  /// Annotations that may not come, go or change.
  static func checkUpdate(
    _ new: JSONValue?, _ old: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    for member in old?.object?.members ?? [] where new?[member.key] != member.value {
      if member.key.hasPrefix(appArmor) {
        errors.forbidden(path[key: member.key], "may not remove or update AppArmor annotations")
      }
      if member.key == mirror {
        errors.forbidden(path[key: member.key], "may not remove or update mirror pod annotation")
      }
    }
    for member in new?.object?.members ?? [] where old?[member.key] == nil {
      if member.key.hasPrefix(appArmor) {
        errors.forbidden(path[key: member.key], "may not add AppArmor annotations")
      }
      if member.key == mirror { errors.forbidden(path[key: member.key], "may not add mirror pod annotation") }
    }
  }

  private static func names(of spec: JSONValue) -> [String] {
    ["initContainers", "containers", "ephemeralContainers"].flatMap { spec.list($0).map { $0.text("name") } }
  }

  /// Go reads 32 bits, and refuses a plus and leading zeros.
  private static func isCost(_ text: String) -> Bool {
    guard Int32(text) != nil, text.first != "+" else { return false }
    let digits = text.first == "-" ? text.dropFirst() : Substring(text)
    return digits == "0" ? text == "0" : digits.first != "0"
  }
}
