import KubeModel
import Seams

/// What a namespace tells of its deletion.
struct NamespaceConditions {
  let remaining: [(kind: ResourceKind, objects: [KubeObject])]
  let hasFailed: Bool

  func write(to namespace: inout KubeObject, now: Timestamp) {
    var conditions = namespace[path: "status", "conditions"]?.array ?? []
    for (type, status, reason, message) in all {
      let known = conditions.firstIndex { $0["type"]?.string == type }
      if let known, conditions[known]["status"]?.string == status,
        conditions[known]["message"]?.string == message
      {
        continue
      }
      let isChange = known.map { conditions[$0]["status"]?.string != status } ?? true
      let since = isChange ? .string(now.rfc3339) : conditions[known ?? 0]["lastTransitionTime"] ?? .null
      let condition: JSONValue = [
        "type": .string(type), "status": .string(status), "lastTransitionTime": since,
        "reason": .string(reason),
        "message": .string(message),
      ]
      if let known { conditions[known] = condition } else { conditions.append(condition) }
    }
    namespace.set("status", "conditions", to: .array(conditions))
  }

  private var all: [(type: String, status: String, reason: String, message: String)] {
    [
      (
        "NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered",
        "All resources successfully discovered"
      ),
      (
        "NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions",
        "All legacy kube types successfully parsed"
      ),
      (
        "NamespaceDeletionContentFailure", "False", "ContentDeleted",
        "All content successfully deleted, may be waiting on finalization"
      ),
      content, finalizers,
    ]
  }

  private var content: (String, String, String, String) {
    guard !remaining.isEmpty else {
      return ("NamespaceContentRemaining", "False", "ContentRemoved", "All content successfully removed")
    }
    let list = remaining.map { kind, objects in
      "\(kind.plural).\(kind.group) has \(objects.count) resource instances"
    }
    return (
      "NamespaceContentRemaining", "True", "SomeResourcesRemain",
      "Some resources are remaining: " + list.sorted().joined(separator: ", ")
    )
  }

  private var finalizers: (String, String, String, String) {
    var counts: [String: Int] = [:]
    for object in remaining.flatMap(\.objects) {
      for finalizer in object.finalizers { counts[finalizer, default: 0] += 1 }
    }
    guard !counts.isEmpty else {
      return (
        "NamespaceFinalizersRemaining", "False", "ContentHasNoFinalizers",
        "All content-preserving finalizers finished"
      )
    }
    let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) in \($0.value) resource instances" }
    return (
      "NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain",
      "Some content in the namespace has finalizers remaining: " + list.joined(separator: ", ")
    )
  }
}
