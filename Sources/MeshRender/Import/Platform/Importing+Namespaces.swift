internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Declares the namespaces with their rules, and what depends on regions.
  mutating func placeSurroundings() {
    placePodSecurityPolicies()
    let platform: Set<String> = [topology.istioNamespace, "kube-system", "kube-public", "kube-node-lease"]
    let declared = byKind["Namespace", default: []].map { sources[$0].name }.filter { !platform.contains($0) }
    let names = usedNamespaces.union(declared)
    markMeshed(names)
    for name in names.sorted() { topology.namespaces.append(namespace(name)) }
    if let trustDomain, topology.serviceMesh == nil {
      topology.serviceMesh = ServiceMesh(name: "mesh").with { $0.trustDomain = trustDomain }
      assume(
        "ServiceMesh/mesh",
        "identities of policies begin with \(trustDomain); the rest of Istio's installation is assumed")
    }
    placeAddresses()
  }

  private var usedNamespaces: Set<String> {
    var names = Set(workloads.keys.map(\.namespace)).union(mentioned.keys)
    let callees: [any Callee] =
      topology.redisClusters as [any Callee] + topology.databases + topology.gateways
      + topology.externalServices
    names.formUnion(callees.map(\.namespace))
    names.formUnion(
      [
        topology.tracing?.namespace, topology.monitoring?.namespace, topology.logging?.namespace,
        topology.backup?.namespace,
      ].compactMap(\.self))
    names.formUnion(topology.logging?.namespaces ?? [])
    return names
  }

  /// Who calls into a namespace that takes certificates only must have one.
  private mutating func markMeshed(_ names: Set<String>) {
    for name in names.sorted() {
      guard let source = only("", "Namespace", WorkloadReference(namespace: "", name: name)) else { continue }
      let labels = source.object.labels
      if labels[MeshLabels.istioInjection] == "enabled" || labels["istio.io/rev"] != nil {
        meshed[name] = ""
      } else if labels[MeshLabels.istioInjection] == "disabled" {
        meshed[name] = nil
        unmeshed.insert(name)
      }
    }
    let calls = workloads.values.flatMap { workload in workload.calls.map { (workload.reference, $0.to) } }
    let routes = topology.gateways.flatMap { gateway in gateway.routes.map { (gateway.reference, $0.to) } }
    for (from, to) in (calls + routes).sorted(by: { $0 < $1 })
    where meshed[to.namespace] != nil && meshed[from.namespace] == nil && mutualTLS[to.namespace] == .strict {
      let source = only("", "Namespace", WorkloadReference(namespace: "", name: from.namespace))
      let place = source?.place ?? pods.first { $0.target == from }?.source.place
      if let place {
        contradict(
          place,
          "\(to.namespace) takes certificates of the mesh only, and \(from), which calls \(to), is not part of it"
        )
      }
      if !unmeshed.contains(from.namespace) {
        meshed[from.namespace] = "\(from) calls \(to), which takes certificates only"
      }
    }
  }

  private mutating func namespace(_ name: String) -> Namespace {
    var namespace = Namespace(name: name)
    let path = "Namespace/\(name)"
    let source = only("", "Namespace", WorkloadReference(namespace: "", name: name))
    let labels = source?.root["metadata", "labels"]
    namespace.podSecurity = podSecurity(name, labels, path)
    if let reason = meshed[name] {
      if !reason.isEmpty {
        assume(path + " istioInjection", "its pods are taken to have Istio's proxy: \(reason)")
      }
    } else {
      namespace.hasIstioInjection = false
    }
    if let mode = mutualTLS[name] ?? meshMode {
      let usual = topology.serviceMesh?.mutualTLS ?? .strict
      if mode != usual, namespace.hasIstioInjection { namespace.mutualTLS = mode }
    } else if namespace.hasIstioInjection, topology.serviceMesh == nil || mutualTLS.isEmpty {
      assume(path + " mutualTLS", "no PeerAuthentication is about it; callers need a certificate now")
    }
    namespace.deniesByDefault = denied[name] != nil
    guard let source else { return namespace }
    for key in [
      MeshLabels.istioInjection, "istio.io/rev", MeshLabels.podSecurityEnforce, MeshLabels.namespaceName,
      "name",
    ] { labels?[key]?.take() }
    place(source, at: path)
    return namespace
  }

  private mutating func podSecurity(_ name: String, _ labels: Part?, _ path: String) -> Namespace.PodSecurity
  {
    if let said = labels?[MeshLabels.podSecurityEnforce]?.text.flatMap(Namespace.PodSecurity.init(rawValue:))
    {
      guard said != .privileged, topology.logging?.namespace == name else { return said }
    }
    if let reason = unprotected[name] {
      assume(path + " podSecurity", "privileged: \(reason)")
      return .privileged
    }
    let own = pods.filter { $0.namespace == name && $0.role == .workload }
    if own.allSatisfy({ isHardened($0) }) {
      assume(
        path + " podSecurity",
        "restricted: \(isSecured ? "a PodSecurityPolicy asks for it" : "no pods among the manifests need more")"
      )
      return .restricted
    }
    if isSecured {
      assume(path + " podSecurity", "restricted: a PodSecurityPolicy asks for it")
      return .restricted
    }
    assume(path + " podSecurity", "baseline: not all pods say that they run without root")
    return .baseline
  }

  private func isHardened(_ set: PodSet) -> Bool {
    let kept = set.container?["securityContext", "capabilities", "add"]?.elements.compactMap(\.peek) ?? []
    guard kept.allSatisfy({ $0 == "NET_BIND_SERVICE" }) else { return false }
    let flags = [
      set.spec?["securityContext", "runAsNonRoot"]?.peek,
      set.container?["securityContext", "runAsNonRoot"]?.peek,
    ]
    let user =
      set.container?["securityContext", "runAsUser"]?.peek ?? set.spec?["securityContext", "runAsUser"]?.peek
    return flags.contains("true") || (user.map { $0 != "0" } ?? false)
  }

  private mutating func placePodSecurityPolicies() {
    for source in all("policy", "PodSecurityPolicy") + all("extensions", "PodSecurityPolicy") {
      let spec = source.root["spec"]
      guard spec?["privileged"]?.peek != "true" else { continue }
      isSecured = true
      contradict(
        source.place,
        "\(source.words): Kubernetes 1.25 and later have no PodSecurityPolicies; the levels of namespaces take their place"
      )
      spec?.take()
      source.root["metadata", "labels"]?.take()
      place(source, at: "Namespace", "podSecurity: restricted, and what each pod says of itself")
    }
  }
}
