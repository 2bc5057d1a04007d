import KubeModel

/// The fields by which each kind can be selected.
enum SelectableFields {
  private static let pod: Set<String> = [
    "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
  ]
  private static let event: Set<String> = [
    "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
    "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
    "reportingComponent", "source", "type",
  ]
  private static let newEvent: Set<String> = [
    "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
    "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type",
  ]
  private static let others: [String: Set<String>] = [
    "nodes": ["spec.unschedulable"], "namespaces": ["status.phase"], "secrets": ["type"],
    "services": ["spec.clusterIP", "spec.type"], "replicationcontrollers": ["status.replicas"],
    "replicasets.apps": ["status.replicas"], "jobs.batch": ["status.successful"],
    "certificatesigningrequests.certificates.k8s.io": ["spec.signerName"],
    "resourceslices.resource.k8s.io": ["spec.nodeName", "spec.driver"],
    "podcertificaterequests.certificates.k8s.io": ["spec.signerName", "spec.podName", "spec.nodeName"],
  ]

  /// - Throws: 400 when objects of the resource cannot be selected by the field.
  static func check(_ field: String, of served: ServedResource) throws(StatusError) {
    if field == "metadata.name" || (field == "metadata.namespace" && served.kind.isNamespaced) { return }
    if field == "metadata.namespace", !served.isCustom { return }
    let known = fields(of: served)
    if known.contains(field) { return }
    // Kinds with fields of their own say less about it than those without.
    guard known.isEmpty || served.isCustom else { throw .badRequest("field label not supported: \(field)") }
    throw .badRequest(
      served.isCustom
        ? "field label not supported: \(field)"
        : "\"\(field)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
  }

  private static func fields(of served: ServedResource) -> Set<String> {
    switch served.kind.description {
    case "pods": pod
    case "events": event
    case "events.events.k8s.io": newEvent
    default: others[served.kind.description] ?? Set(served.resource.selectableFields)
    }
  }

  /// The value of a field as selectors compare it; an empty string when there is none.
  static func value(of field: String, in object: KubeObject) -> String {
    switch field {
    case "metadata.name": return object.name
    case "metadata.namespace": return object.namespace ?? ""
    case "status.podIPs": return text(object[path: "status", "podIP"])
    case "spec.hostNetwork": return object[path: "spec", "hostNetwork"]?.bool == true ? "true" : "false"
    case "spec.unschedulable": return object[path: "spec", "unschedulable"]?.bool == true ? "true" : "false"
    case "status.successful": return text(object[path: "status", "succeeded"] ?? 0)
    case "status.replicas": return text(object[path: "status", "replicas"] ?? 0)
    case "source": return text(object[path: "source", "component"] ?? object.fields["reportingComponent"])
    case "reportingController": return text(object.fields["reportingComponent"])
    default: break
    }
    // Events are stored in their core form, whatever they are selected as.
    let name = field.hasPrefix("regarding.") ? "involvedObject." + field.dropFirst(10) : field
    let keys = name.split(separator: ".").map(String.init)
    return text(JSONValue.object(object.fields)[path: keys[...]])
  }

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    default: ""
    }
  }
}
