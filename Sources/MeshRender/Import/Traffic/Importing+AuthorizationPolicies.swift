internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Finds calls in what AuthorizationPolicies allow.
  mutating func readAuthorizationPolicies() {
    for source in all("security.istio.io", "AuthorizationPolicy") {
      let spec = source.root["spec"]
      meshed[source.namespace] = meshed[source.namespace] ?? "\(source.words) is about the mesh"
      guard ["ALLOW", nil].contains(spec?["action"]?.peek), spec?["targetRefs"] == nil,
        spec?["targetRef"] == nil
      else {
        keep(source, "the topology says who may call; what else is refused stays an object")
        continue
      }
      let rules = spec?["rules"]?.elements ?? []
      let selector = spec?["selector"]
      if selector == nil, rules.isEmpty {
        spec?.take()
        place(source, at: "Namespace/\(source.namespace)", "each workload lets in its callers only")
        continue
      }
      let subjects =
        selector.map { members(of: $0, in: source.namespace) }
        ?? workloads.keys.filter { $0.namespace == source.namespace }.sorted()
      guard !subjects.isEmpty else {
        contradict(source.place, "\(source.words) selects no pods")
        continue
      }
      for subject in subjects {
        authorization[subject, default: PolicyReach()].policies.append((source.words, source.place))
      }
      for rule in rules { read(rule, of: source, subjects) }
      spec?.take()
      source.root["metadata", "labels"]?.take()
      for subject in subjects { place(source, at: pathOf(subject), "calls") }
    }
  }

  private mutating func read(_ rule: Part, of source: Source, _ subjects: [WorkloadReference]) {
    if let conditions = rule["when"] {
      drop(conditions, "a call of the topology has methods and paths, and no further conditions")
    }
    let operations = (rule["to"]?.elements ?? []).compactMap { $0["operation"] }
    let froms = rule["from"]?.elements ?? []
    for subject in subjects { note(operations, subject) }
    if froms.isEmpty {
      for subject in subjects { authorization[subject]?.isOpen = true }
      let isEntrance = subjects.allSatisfy { subject in
        workloads[subject]?.isExposed ?? topology.gateways.contains { $0.reference == subject }
      }
      if !isEntrance { drop(rule, "it lets everybody in; the topology names who calls whom") }
      return
    }
    for from in froms {
      for (key, values) in from["source"]?.entries ?? [] {
        switch key {
        case "principals":
          for value in values.elements { read(value, operations, of: source, subjects) }
        case "namespaces":
          let spaces = values.elements.compactMap(\.peek)
          let inside = (pods.map(\.target) + workloads.keys).filter { spaces.contains($0.namespace) }
          for subject in subjects { authorization[subject]?.peers.formUnion(inside) }
          drop(
            values,
            "it means every workload of \(spaces.joined(separator: ", ")); only calls that something else names are declared"
          )
        default: drop(values, "a caller of the topology is a workload")
        }
      }
    }
  }

  private mutating func note(_ operations: [Part], _ subject: WorkloadReference) {
    if operations.isEmpty {
      authorization[subject]?.allowsAllMethods = true
      authorization[subject]?.allowsAllPaths = true
    }
    for operation in operations {
      let methods = operation["methods"]?.elements.compactMap(\.peek) ?? []
      if methods.isEmpty { authorization[subject]?.allowsAllMethods = true }
      authorization[subject]?.methods.formUnion(methods)
      let paths = operation["paths"]?.elements.compactMap(\.peek) ?? []
      if paths.isEmpty { authorization[subject]?.allowsAllPaths = true }
      authorization[subject]?.paths.formUnion(paths)
    }
  }

  private mutating func read(
    _ principal: Part, _ operations: [Part], of source: Source, _ subjects: [WorkloadReference]
  ) {
    guard let text = principal.peek else { return }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[1] == "ns", parts[3] == "sa" else {
      for subject in subjects { authorization[subject]?.isOpen = true }
      if text != "*" { drop(principal, "a principal of the topology is the service account of one workload") }
      return
    }
    if parts[0] != ServiceMesh.defaultTrustDomain, !parts[0].contains("*") { trustDomain = parts[0] }
    let callers = self.callers(account: parts[4], in: parts[2])
    if callers.isEmpty { reportMissing(principal, parts, of: source, subjects) }
    for subject in subjects {
      authorization[subject]?.peers.formUnion(callers)
      for caller in callers {
        for operation in operations.isEmpty ? [nil] : operations.map(Optional.some) {
          let numbers = operation?["ports"]?.elements.compactMap(\.peek).compactMap { Int($0) } ?? []
          for port in numbers.isEmpty ? [nil] : numbers.map(Optional.some) {
            evidence.append(
              CallEvidence(
                kind: .authorization, from: caller, to: subject, port: port,
                methods: operation?["methods"]?.elements.compactMap(\.peek).compactMap(
                  Call.Method.init(rawValue:)) ?? [],
                paths: operation?["paths"]?.elements.compactMap(\.peek).filter { $0.hasPrefix("/") } ?? [],
                place: source.place, words: source.words))
          }
        }
      }
    }
  }

  /// Who acts as a service account.
  private func callers(account: String, in namespace: String) -> [WorkloadReference] {
    let declared = workloads.values.filter { $0.namespace == namespace && $0.serviceAccount == account }.map(
      \.reference)
    let others = pods.filter {
      $0.role != .workload && $0.role != .version && $0.namespace == namespace
        && ($0.spec?["serviceAccountName"]?.peek ?? "default") == account
    }
    return Array(Set(declared + others.map(\.target))).sorted()
  }

  private mutating func reportMissing(
    _ principal: Part, _ parts: [String], of source: Source, _ subjects: [WorkloadReference]
  ) {
    let routers = evidence.filter {
      $0.kind == .need && subjects.contains($0.to) && workloads[$0.from] == nil
    }.map(\.from)
    let hint = routers.first.map { "; \($0), which routes here, runs in \($0.namespace)" } ?? ""
    let isPlatform = parts[2] == "istio-system" || parts[4].contains("ingressgateway")
    contradict(
      principal.place,
      "\(source.words) lets in the service account \(parts[4]) of \(parts[2]), which "
        + (isPlatform ? "is Istio's own: it is no workload of the topology" : "no workload runs as") + hint)
    drop(principal, "no workload acts as this account")
  }
}
