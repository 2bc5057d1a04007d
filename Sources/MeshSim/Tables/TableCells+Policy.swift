import KubeModel

extension TableCells {
  static let policy: [String: Cells] = [
    "rbac.authorization.k8s.io/RoleBinding": binding,
    "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
    "certificates.k8s.io/CertificateSigningRequest": { row in
      let duration = row.value("spec", "expirationSeconds")?.int.map { HumanDuration.text(.seconds($0)) }
      let types = row.list("status", "conditions").compactMap { $0["type"]?.string }
      var state = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
      if types.contains("Failed") { state += ",Failed" }
      if !(row.value("status", "certificate")?.string ?? "").isEmpty { state += ",Issued" }
      return [
        row.name, row.age, row.text("spec", "signerName"), row.text("spec", "username"),
        .string(duration ?? "<none>"), .string(state),
      ]
    },
    "admissionregistration.k8s.io/MutatingWebhookConfiguration": webhooks,
    "admissionregistration.k8s.io/ValidatingWebhookConfiguration": webhooks,
    "admissionregistration.k8s.io/ValidatingAdmissionPolicy": {
      admissionPolicy($0, counting: "validations")
    },
    "admissionregistration.k8s.io/MutatingAdmissionPolicy": { admissionPolicy($0, counting: "mutations") },
    "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": policyBinding,
    "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding": policyBinding,
    "apiregistration.k8s.io/APIService": { row in
      let service = row.value("spec", "service").map {
        "\($0["namespace"]?.string ?? "")/\($0["name"]?.string ?? "")"
      }
      let condition = row.object.condition("Available")
      let status = condition?["status"]?.string ?? "Unknown"
      let reason = status == "True" ? nil : condition?["reason"]?.string
      return [
        row.name, .string(service ?? "Local"), .string(reason.map { "\(status) (\($0))" } ?? status), row.age,
      ]
    },
    "flowcontrol.apiserver.k8s.io/FlowSchema": { row in
      [
        row.name, row.text("spec", "priorityLevelConfiguration", "name"),
        .int(row.number("spec", "matchingPrecedence")),
        row.text("spec", "distinguisherMethod", "type", or: "<none>"), row.age,
        .string(row.object.condition("Dangling")?["status"]?.string ?? "?"),
      ]
    },
    "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration": { row in
      let queuing = row.value("spec", "limited", "limitResponse", "queuing")
      return [
        row.name, row.text("spec", "type"),
        row.value("spec", "limited", "nominalConcurrencyShares") ?? "<none>",
        queuing?["queues"] ?? "<none>", queuing?["handSize"] ?? "<none>",
        queuing?["queueLengthLimit"] ?? "<none>", row.age,
      ]
    },
  ]

  /// An event; `events.k8s.io` calls some of the fields otherwise.
  static let event: Cells = { row in
    func since(_ value: JSONValue?) -> String { HumanDuration.since(value, now: row.now) }
    let eventTime = row.value("eventTime")
    func time(_ field: String) -> JSONValue? { row.value(field).flatMap { $0.isNull ? nil : $0 } }
    let first = since(time("firstTimestamp") ?? time("deprecatedFirstTimestamp") ?? eventTime)
    let series = row.value("series")
    let lastTime = time("lastTimestamp") ?? time("deprecatedLastTimestamp")
    var last = lastTime?.string == nil ? first : since(lastTime)
    if let series { last = since(series["lastObservedTime"]) }
    let counted = row.value("count")?.int ?? row.value("deprecatedCount")?.int ?? 0
    let target = row.value("involvedObject") ?? row.value("regarding")
    let kind = (target?["kind"]?.string ?? "").lowercased()
    let name = target?["name"]?.string ?? ""
    let source = row.value("source") ?? row.value("deprecatedSource")
    func origin(_ old: String, _ new: String...) -> String {
      ([source?[old]?.string ?? ""] + new.map { row.value($0)?.string ?? "" }).first { !$0.isEmpty } ?? ""
    }
    let component = origin("component", "reportingComponent", "reportingController")
    let host = origin("host", "reportingInstance")
    let message = row.value("message")?.string ?? row.value("note")?.string ?? ""
    return [
      .string(last), row.text("type"), row.text("reason"), .string(name.isEmpty ? kind : "\(kind)/\(name)"),
      .string(target?["fieldPath"]?.string ?? ""),
      .string(host.isEmpty ? component : "\(component), \(host)"),
      .string(withoutOuterSpace(message)), .string(first), .int(series?["count"]?.int ?? max(counted, 1)),
      row.name,
    ]
  }

  private static let binding: Cells = { row in
    let role = row.value("roleRef")
    var names: [String: [String]] = [:]
    for subject in row.list("subjects") {
      let name = subject["name"]?.string ?? ""
      let space = subject["namespace"]?.string ?? ""
      names[subject["kind"]?.string ?? "", default: []].append(space.isEmpty ? name : "\(space)/\(name)")
    }
    return [row.name, .string("\(role?["kind"]?.string ?? "")/\(role?["name"]?.string ?? "")"), row.age]
      + ["User", "Group", "ServiceAccount"].map { .string((names[$0] ?? []).joined(separator: ", ")) }
  }

  private static let webhooks: Cells = { row in [row.name, row.count("webhooks"), row.age] }

  private static func admissionPolicy(_ row: CellSource, counting field: String) -> [JSONValue] {
    let kind = row.value("spec", "paramKind").map {
      "\($0["apiVersion"]?.string ?? "")/\($0["kind"]?.string ?? "")"
    }
    return [row.name, row.count("spec", field), .string(kind ?? "<unset>"), row.age]
  }

  private static let policyBinding: Cells = { row in
    var parameter = "<unset>"
    if let reference = row.value("spec", "paramRef") {
      let name = reference["name"]?.string ?? ""
      let space = reference["namespace"]?.string ?? ""
      parameter = space.isEmpty ? name : "\(space)/\(name)"
      if name.isEmpty { parameter = CellText.selector(reference["selector"]) }
    }
    return [row.name, row.text("spec", "policyName"), .string(parameter), row.age]
  }

  private static func withoutOuterSpace(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
