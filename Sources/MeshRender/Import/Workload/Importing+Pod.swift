internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Whom the pods act as.
  mutating func readIdentity(_ spec: Part, _ container: Part, into workload: inout Workload) {
    spec["serviceAccount"]?.take()
    if let account = spec["serviceAccountName"]?.text, account != "default" {
      workload.serviceAccount = account
    }
    spec["automountServiceAccountToken"]?.take()
    let security = spec["securityContext"]
    if let user = security?["runAsUser"]?.integer { workload.runAsUser = user }
    if let group = security?["fsGroup"]?.integer, group > 0 { workload.fsGroup = group }
    if workload.runAsUser == 0 {
      workload.runAsUser = nil
      assume(
        workload.reference.workloadPath + " runAsUser",
        "the manifest says 0, root; the image's own user is taken")
    }
  }

  /// Where the pods run, and how they end.
  mutating func readPlacement(_ spec: Part, of set: PodSet, into workload: inout Workload) {
    if let grace = spec["terminationGracePeriodSeconds"]?.integer {
      workload.terminationGracePeriod = .seconds(grace)
    }
    workload.nodePool = spec["nodeSelector", "cloud.google.com/gke-nodepool"]?.text
    workload.priorityClass = spec["priorityClassName"]?.text
    workload.tolerations = (spec["tolerations"]?.elements ?? []).map { part in
      part["operator"]?.take()
      return Toleration().with {
        $0.key = part["key"]?.text
        $0.value = part["value"]?.text
        $0.effect = part["effect"]?.text.flatMap(NodePool.Taint.Effect.init(rawValue:))
      }
    }
    for key in ["hostNetwork", "hostPID", "hostIPC"] where spec[key]?.peek == "true" {
      unprotected[set.namespace] = "\(set.source.words) uses \(key)"
    }
    readSpread(spec, of: set, into: &workload)
  }

  private mutating func readSpread(_ spec: Part, of set: PodSet, into workload: inout Workload) {
    func path(_ key: String?) -> WritableKeyPath<Spread, Spread.Strictness>? {
      switch key {
      case "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone": \.zones
      case "kubernetes.io/hostname": \.nodes
      default: nil
      }
    }
    var said: Set<String> = []
    for part in spec["topologySpreadConstraints"]?.elements ?? [] {
      guard let path = path(part["topologyKey"]?.peek) else { continue }
      said.insert(part["topologyKey"]?.peek ?? "")
      part["labelSelector"]?.take()
      part["topologyKey"]?.take()
      if part["maxSkew"]?.peek == "1" { part["maxSkew"]?.take() }
      workload.spread[keyPath: path] =
        part["whenUnsatisfiable"]?.text == "ScheduleAnyway" ? .preferred : .required
    }
    let anti = spec["affinity", "podAntiAffinity"]
    for part in anti?["requiredDuringSchedulingIgnoredDuringExecution"]?.elements ?? [] {
      guard let path = path(part["topologyKey"]?.peek) else { continue }
      part.take()
      workload.spread[keyPath: path] = .required
    }
    for part in anti?["preferredDuringSchedulingIgnoredDuringExecution"]?.elements ?? [] {
      guard path(part["podAffinityTerm", "topologyKey"]?.peek) != nil else { continue }
      part.take()
    }
    // Several constraints without one of the two say that it is not wanted; none leave it to the scheduler.
    if !said.isEmpty {
      if !said.contains(where: { $0.hasSuffix("zone") }) { workload.spread.zones = .none }
      if !said.contains("kubernetes.io/hostname") { workload.spread.nodes = .none }
    }
  }

  /// The containers beside the one that the workload is about.
  mutating func readOthers(of set: PodSet, main: Part, into workload: inout Workload) {
    for part in set.spec?["initContainers"]?.elements ?? [] {
      if ["istio-init", "istio-proxy", "istio-validation"].contains(part["name"]?.peek ?? "") {
        part.take()
      } else {
        if let other = other(part, of: set, mounts: workload) { workload.initContainers.append(other) }
      }
    }
    for part in set.spec?["containers"]?.elements ?? [] where part.path != main.path {
      if part["name"]?.peek == "istio-proxy" {
        part.take()
        meshed[set.namespace] = "\(set.source.words) has Istio's proxy"
        continue
      }
      if let other = other(part, of: set, mounts: workload) { workload.sidecars.append(other) }
    }
  }

  private mutating func other(_ part: Part, of set: PodSet, mounts workload: Workload) -> Container? {
    guard let name = part["name"]?.text, let image = part["image"],
      let reference = imageReference(image, for: set.target)
    else { return nil }
    var container = Container(name: name, image: reference)
    container.command = part["command"]?.texts ?? []
    container.args = part["args"]?.texts ?? []
    container.env = environment(of: part, in: set.namespace, for: set.target)
    container.resources = resources(part["resources"], of: set.target.workloadPath + " \(name)")
    container.runAsUser = part["securityContext", "runAsUser"]?.integer
    for mount in part["volumeMounts"]?.elements ?? [] {
      let path = mount["mountPath"]?.peek ?? ""
      let isThere =
        workload.volumes.contains { $0.path == path } || workload.secrets.contains { $0.path == path }
        || workload.files.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
      if isThere { mount.take() }
    }
    return container
  }

  /// Where measures are, as annotations commonly say it, and whether the pods are part of the mesh.
  mutating func readAnnotations(of set: PodSet, into workload: inout Workload) {
    guard let annotations = set.source.root["spec", "template", "metadata", "annotations"] else { return }
    if annotations["prometheus.io/scrape"]?.flag == true {
      let port = annotations["prometheus.io/port"]?.integer ?? workload.ports.first?.targetPort
      if let port {
        workload.metrics = MetricsEndpoint(port: port).with {
          $0.path = annotations["prometheus.io/path"]?.text ?? "/metrics"
        }
      }
    }
    if annotations["sidecar.istio.io/inject"]?.peek == "true" {
      annotations["sidecar.istio.io/inject"]?.take()
      meshed[set.namespace] = "\(set.source.words) asks for Istio's proxy"
    }
    for (key, value) in annotations.entries
    where key.hasPrefix("kubectl.kubernetes.io/") || key.hasPrefix("checksum/") {
      value.take()
    }
  }
}
