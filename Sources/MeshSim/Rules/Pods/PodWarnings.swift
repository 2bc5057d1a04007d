import KubeModel

/// What the server warns of in pods and templates (pkg/api/pod/warnings.go).
enum PodWarnings {
  private static let annotations = [
    (
      "scheduler.alpha.kubernetes.io/critical-pod",
      "non-functional in v1.16+; use the \"priorityClassName\" field instead"
    ),
    ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    (
      "security.alpha.kubernetes.io/unsafe-sysctls",
      "non-functional in v1.11+; use the \"sysctls\" field instead"
    ),
  ]
  private static let volumes = [
    ("photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
    ("scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"),
  ]

  static func of(spec: JSONValue, metadata: JSONValue, _ path: FieldPath) -> [String] {
    var warnings: [String] = []
    let specPath = path["spec"]
    for member in spec.entries("nodeSelector") {
      if let words = NodeWarnings.labels[member.key] {
        warnings.append("\(specPath["nodeSelector"][key: member.key]): \(words)")
      }
    }
    if let node = spec[path: "affinity", "nodeAffinity"] {
      warnings += NodeWarnings.of(node, specPath["affinity"]["nodeAffinity"])
    }
    for (index, constraint) in spec.list("topologySpreadConstraints").enumerated() {
      let path = specPath["topologySpreadConstraints"][index]
      let key = constraint.text("topologyKey")
      if let words = NodeWarnings.labels[key] {
        warnings.append("\(path["topologyKey"]): \(key) is \(words)")
      }
      if !constraint.has("labelSelector") {
        warnings.append("\(path["labelSelector"]): a null labelSelector results in matching no pod")
      }
    }
    for (key, words) in annotations where metadata["annotations"]?.has(key) == true {
      warnings.append("\(path["metadata"]["annotations"][key: key]): \(words)")
    }
    for (index, volume) in spec.list("volumes").enumerated() {
      for (field, shown, words) in volumes where volume.has(field) {
        warnings.append("\(specPath["volumes"][index][shown]): \(words)")
      }
    }
    warnings += duplicates(spec.list("hostAliases"), "ip", "duplicate ip", specPath["hostAliases"])
    let secrets = spec.list("imagePullSecrets")
    warnings += duplicates(secrets, "name", "duplicate name", specPath["imagePullSecrets"])
    for (index, secret) in secrets.enumerated() where secret.text("name").isEmpty {
      warnings.append("\(specPath["imagePullSecrets"][index]["name"]): invalid empty name \"\"")
    }
    warnings += containers(spec, metadata, path)
    if let period = spec.number("terminationGracePeriodSeconds"), period < 0 {
      warnings.append(
        "\(specPath["terminationGracePeriodSeconds"]): must be >= 0; negative values are invalid and will be "
          + "treated as 1")
    }
    for kind in ["podAffinity", "podAntiAffinity"] {
      warnings += neighbours(spec[path: "affinity", kind], specPath["affinity"][kind])
    }
    return warnings
  }

  private static func duplicates(
    _ list: [JSONValue], _ field: String, _ words: String, _ path: FieldPath
  ) -> [String] {
    var known: Set<String> = []
    return list.enumerated().compactMap { index, element in
      let text = element.text(field)
      return known.insert(text).inserted ? nil : "\(path[index][field]): \(words) \"\(text)\""
    }
  }

  private static func neighbours(_ affinity: JSONValue?, _ path: FieldPath) -> [String] {
    guard let affinity else { return [] }
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    let words = "a null labelSelector results in matching no pod"
    return affinity.list(required).enumerated().filter { !$1.has("labelSelector") }
      .map { index, _ in "\(path[required][index]["labelSelector"]): \(words)" }
      + affinity.list(preferred).enumerated()
      .filter { $1["podAffinityTerm"]?.has("labelSelector") != true }
      .map { index, _ in "\(path[preferred][index]["podAffinityTerm"]["labelSelector"]): \(words)" }
  }

  private static func containers(_ spec: JSONValue, _ metadata: JSONValue, _ path: FieldPath) -> [String] {
    var warnings: [String] = []
    var ports: [String: [(path: FieldPath, port: JSONValue)]] = [:]
    var portWarnings: [String] = []
    for list in ["initContainers", "containers", "ephemeralContainers"] {
      for (index, container) in spec.list(list).enumerated() {
        let path = path["spec"][list][index]
        warnings += fractions(container["resources"], path["resources"])
        warnings += variables(container.list("env"), path["env"])
        for (number, port) in container.list("ports").enumerated() {
          let place = path["ports"][number]
          let key = "\(port.number("containerPort") ?? 0)/\(port.text("protocol"))"
          for other in ports[key] ?? [] {
            if let words = conflict(port, other.port) {
              portWarnings.append("\(place): \(words) port definition with \(other.path)")
            }
          }
          ports[key, default: []].append((place, port))
        }
      }
    }
    return warnings + portWarnings
  }

  private static func conflict(_ port: JSONValue, _ other: JSONValue) -> String? {
    let host = port.number("hostPort") ?? 0
    let otherHost = other.number("hostPort") ?? 0
    let address = port.text("hostIP")
    let otherAddress = other.text("hostIP")
    if address == otherAddress, host == otherHost { return "duplicate" }
    if host == 0 || otherHost == 0 { return "overlapping" }
    if host == otherHost, address.isEmpty != otherAddress.isEmpty { return "dangerously ambiguous" }
    return nil
  }

  private static func variables(_ variables: [JSONValue], _ path: FieldPath) -> [String] {
    var known: Set<String> = []
    return variables.enumerated().compactMap { index, variable in
      let name = variable.text("name")
      guard !known.insert(name).inserted else { return nil }
      let reference = "$(\(name))"
      let value = variable.text("value")
      guard variable.has("valueFrom") || value == reference || !value.contains(reference) else { return nil }
      return
        "\(path[index]): hides previous definition of \"\(name)\", which may be dropped when using apply"
    }
  }

  private static func fractions(_ resources: JSONValue?, _ path: FieldPath) -> [String] {
    var warnings: [String] = []
    for name in ["memory", "ephemeral-storage"] {
      for list in ["limits", "requests"] {
        guard let amount = Amount(resources?[list]?[name]), !amount.isWhole else { continue }
        warnings.append(
          "\(path[list][key: name]): fractional byte value \"\(amount.text)\" is invalid, must be an integer")
      }
    }
    return warnings
  }
}

/// Labels of nodes that have gone out of use.
enum NodeWarnings {
  static let labels = [
    "beta.kubernetes.io/arch": "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
    "beta.kubernetes.io/os": "deprecated since v1.14; use \"kubernetes.io/os\" instead",
    "failure-domain.beta.kubernetes.io/region":
      "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
    "failure-domain.beta.kubernetes.io/zone":
      "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
    "beta.kubernetes.io/instance-type":
      "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
  ]

  static func of(_ affinity: JSONValue, _ path: FieldPath) -> [String] {
    func term(_ term: JSONValue, _ path: FieldPath) -> [String] {
      term.list("matchExpressions").enumerated().compactMap { index, expression in
        let key = expression.text("key")
        return labels[key].map { "\(path["matchExpressions"][index]["key"]): \(key) is \($0)" }
      }
    }
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    let terms = affinity[required]?.list("nodeSelectorTerms") ?? []
    return terms.enumerated().flatMap { term($1, path[required]["nodeSelectorTerms"][$0]) }
      + affinity.list(preferred).enumerated().flatMap {
        term($1["preference"] ?? .null, path[preferred][$0]["preference"])
      }
  }
}
