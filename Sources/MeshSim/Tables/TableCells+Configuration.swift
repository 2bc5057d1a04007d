import KubeModel

extension TableCells {
  static let configuration: [String: Cells] = [
    "/ConfigMap": { row in
      let count = (row.value("data")?.object?.count ?? 0) + (row.value("binaryData")?.object?.count ?? 0)
      return [row.name, .int(Int64(count)), row.age]
    },
    "/Secret": { row in [row.name, row.text("type"), row.count("data"), row.age] },
    "/ServiceAccount": { row in [row.name, row.age] },
    "/Namespace": { row in [row.name, row.text("status", "phase"), row.age] },
    "/ResourceQuota": { row in
      var texts: [Bool: [String]] = [:]
      for (name, hard) in (row.value("status", "hard")?.object?.members ?? []).map({ ($0.key, $0.value) }) {
        let used = row.value("status", "used")?[name]?.amountText ?? "0"
        texts[name.hasPrefix("limits."), default: []].append("\(name): \(used)/\(hard.amountText ?? "0")")
      }
      let columns = [false, true].map { JSONValue.string((texts[$0] ?? []).joined(separator: ", ")) }
      return [row.name] + columns + [row.age]
    },
    "/Node": { row in
      let ready = row.object.condition("Ready").map { $0["status"]?.string == "True" ? "Ready" : "NotReady" }
      let isCordoned = row.value("spec", "unschedulable")?.bool == true
      func address(_ type: String) -> JSONValue {
        let all = row.list("status", "addresses")
        return .string(all.first { $0["type"]?.string == type }?["address"]?.string ?? "<none>")
      }
      func info(_ field: String) -> JSONValue {
        let text = row.value("status", "nodeInfo", field)?.string ?? ""
        return .string(text.isEmpty ? "<unknown>" : text)
      }
      return [
        row.name, .string((ready ?? "Unknown") + (isCordoned ? ",SchedulingDisabled" : "")),
        .string(nodeRoles(row.object)), row.age, row.text("status", "nodeInfo", "kubeletVersion"),
        address("InternalIP"), address("ExternalIP"), info("osImage"), info("kernelVersion"),
        info("containerRuntimeVersion"),
      ]
    },
    "/ComponentStatus": { row in
      let healthy = row.list("conditions").first { $0["type"]?.string == "Healthy" }
      let status = healthy.map { $0["status"]?.string == "True" ? "Healthy" : "Unhealthy" } ?? "Unknown"
      return [row.name, .string(status)]
        + ["message", "error"].map { .string(healthy?[$0]?.string ?? "") }
    },
    "coordination.k8s.io/Lease": { row in [row.name, row.text("spec", "holderIdentity"), row.age] },
    "scheduling.k8s.io/PriorityClass": { row in
      [
        row.name, .int(row.number("value")), row.flag("globalDefault"), row.age,
        row.text("preemptionPolicy", or: "PreemptLowerPriority"),
      ]
    },
    "node.k8s.io/RuntimeClass": { row in [row.name, row.text("handler"), row.age] },
    "resource.k8s.io/DeviceClass": { row in [row.name, row.age] },
    "resource.k8s.io/ResourceClaimTemplate": { row in [row.name, row.age] },
    "resource.k8s.io/ResourceClaim": { row in
      var states = row.object.deletionTimestamp == nil ? [] : ["deleted"]
      if row.value("status", "allocation") != nil {
        states.append("allocated")
        if !row.list("status", "reservedFor").isEmpty { states.append("reserved") }
      } else if states.isEmpty {
        states = ["pending"]
      }
      return [row.name, .string(states.joined(separator: ",")), row.age]
    },
    "resource.k8s.io/ResourceSlice": { row in
      [
        row.name, row.text("spec", "nodeName"), row.text("spec", "driver"), row.text("spec", "pool", "name"),
        row.age,
      ]
    },
  ]

  private static func nodeRoles(_ node: KubeObject) -> String {
    let prefix = "node-role.kubernetes.io/"
    var roles = Set(
      node.labels.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    if let role = node.labels["kubernetes.io/role"] { roles.insert(role) }
    roles.remove("")
    return roles.sorted().joined(separator: ",").orNone
  }
}
