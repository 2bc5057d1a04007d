import KubeModel

extension PodTarget {
  func matches(_ pod: KubeObject) -> Bool {
    guard namespace == nil || pod.namespace == namespace else { return false }
    if let name, !ImagePattern(name).matches(pod.name) { return false }
    guard !labels.isEmpty else { return true }
    let present = pod.labels
    return labels.allSatisfy { present[$0.key] == $0.value }
  }

  func matches(image other: String) -> Bool { image.map { ImagePattern($0).matches(other) } ?? true }
}

extension NodeTarget {
  func matches(_ node: KubeObject) -> Bool {
    guard names.isEmpty || names.contains(node.name) else { return false }
    let present = node.labels
    return labels.allSatisfy { present[$0.key] == $0.value }
  }
}

extension RequestTarget {
  func matches(_ info: RequestInfo) -> Bool {
    guard verbs.isEmpty && resources.isEmpty && namespace == nil || info.isResource else { return false }
    return matches(verb: info.verb, plural: info.plural, namespace: info.namespace)
  }

  func matches(verb: String, plural: String, namespace other: String) -> Bool {
    (verbs.isEmpty || verbs.contains(verb)) && (resources.isEmpty || resources.contains(plural))
      && (namespace == nil || namespace == other)
  }
}

extension FaultEffect {
  /// Whether it cuts a node off.
  func cutsOff(_ node: KubeObject) -> Bool {
    switch self {
    case .nodeLoss(let target): target.matches(node)
    case .zoneLoss(let zone): node.zone == zone
    default: false
    }
  }

  /// Whether nodes are what it is about.
  var isAboutNodes: Bool {
    switch self {
    case .nodeLoss, .zoneLoss: true
    default: false
    }
  }
}
