import KubeModel

/// Checks of a pod that is written through `status`.
enum PodStatus {
  static func check(_ pod: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors) {
    PodAnnotations.checkUpdate(
      pod[path: "metadata", "annotations"], live[path: "metadata", "annotations"],
      FieldPath("metadata.annotations"), &errors)
    let status = pod.fields["status"] ?? .null
    let old = live.fields["status"] ?? .null
    let path = FieldPath("status")
    for (index, condition) in status.list("conditions").enumerated() {
      errors.labelKey(FieldPath("metadata.conditions")[index]["Type"], condition.text("type"))
    }
    if old.has("qosClass") { errors.immutable(path["qosClass"], status["qosClass"], old["qosClass"]) }
    let nominated = status.text("nominatedNodeName")
    if !nominated.isEmpty, nominated != old.text("nominatedNodeName") {
      errors.name(path["nominatedNodeName"], nominated, .dnsSubdomain)
    }
    let policy = live[path: "spec", "restartPolicy"]?.string ?? "Always"
    for (list, policy) in [
      ("containerStatuses", policy), ("initContainerStatuses", policy),
      ("ephemeralContainerStatuses", "Never"),
    ] { transitions(status.list(list), old.list(list), path[list], policy, &errors) }
    addresses(status.list("podIPs"), path["podIPs"], &errors)
    let hosts = status.list("hostIPs")
    if let first = hosts.first, first.text("ip") != status.text("hostIP") {
      errors.invalid(path["hostIPs"][0]["ip"], .string(first.text("ip")), "must be equal to `hostIP`")
    }
    addresses(hosts, path["hostIPs"], &errors)
  }

  private static func transitions(
    _ new: [JSONValue], _ old: [JSONValue], _ path: FieldPath, _ policy: String, _ errors: inout FieldErrors
  ) {
    guard policy != "Always" else { return }
    for (index, status) in old.enumerated() {
      guard let ended = status[path: "state", "terminated"], !ended.isNull else { continue }
      if policy == "OnFailure", ended.number("exitCode") ?? 0 != 0 { continue }
      for other in new
      where other.text("name") == status.text("name") && other[path: "state", "terminated"] == nil {
        errors.forbidden(path[index]["state"], "may not be transitioned to non-terminated state")
      }
    }
  }

  private static func addresses(_ list: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    let texts = list.map { $0.text("ip") }
    for (index, text) in texts.enumerated() {
      errors.invalid(path[index], text, problems: Address.problems(of: text))
    }
    guard list.count > 1 else { return }
    if list.count > 2 || Set(texts.map { Address($0)?.isIPv6 }).count != list.count {
      errors.invalid(path, .array(list), "may specify no more than one IP for each IP family")
    }
    for (index, text) in texts.enumerated() where texts[..<index].contains(text) {
      errors.duplicate(path[index], list[index])
    }
  }
}
