internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Makes a gateway of each Deployment of Kong, with the routes of its file.
  mutating func placeGateways() {
    for set in pods where set.role == .gateway {
      guard let file = kongFile(of: set) else {
        if foreign.isEmpty {
          contradict(
            set.source.place, "\(set.source.words) is Kong, and no manifest has its declarative file")
        }
        keep(set.source, "Kong without routes: a Gateway has at least one")
        continue
      }
      var gateway = Gateway(name: set.source.name, namespace: set.namespace)
      gatewayPlaces[gateway.reference] = file.root.place
      readPods(of: set, into: &gateway)
      readEntrance(of: set, into: &gateway)
      readKong(file, into: &gateway)
      guard !gateway.routes.isEmpty else {
        keep(set.source, "Kong without routes that lead to a part of the topology")
        continue
      }
      topology.gateways.append(gateway)
      place(set.source, at: "Gateway/\(gateway.reference)")
      placeSurroundings(of: set, at: "Gateway/\(gateway.reference)")
    }
    for file in foreign where !pods.contains(where: { $0.role == .gateway }) {
      result.unread.append(
        Import.Note(place: file.root.place, message: "Kong's file, but no manifest runs Kong"))
    }
  }

  /// The file that a Deployment of Kong reads: in a ConfigMap that it mounts, or beside the manifests.
  private mutating func kongFile(of set: PodSet) -> ImportedKongFile? {
    for volume in set.spec?["volumes"]?.elements ?? [] {
      guard let name = volume["configMap", "name"]?.peek,
        let map = only("", "ConfigMap", WorkloadReference(namespace: set.namespace, name: name))
      else { continue }
      for entry in map.root["data"]?.entries ?? [] {
        guard case .scalar(let scalar) = entry.value.node.content, scalar.text.contains("_format_version"),
          let node = try? YAMLReader().documents(Array(scalar.text.utf8), file: map.place.file).first
        else { continue }
        map.root["data"]?.take()
        place(map, at: "Gateway/\(set.namespace)/\(set.source.name)", "routes")
        volume.take()
        return ImportedKongFile(
          root: Part(node: node, path: "", source: -1_000_000 - map.index, ledger: ledger), words: map.words)
      }
    }
    guard let file = foreign.first else { return nil }
    let mounts = set.container?["env"]?.elements.first { $0["name"]?.peek == "KONG_DECLARATIVE_CONFIG" }
    if let mounts, set.container?["volumeMounts"] == nil {
      contradict(
        mounts.place, "\(set.source.words) reads \(mounts["value"]?.peek ?? "a file"), which nothing mounts")
    }
    return ImportedKongFile(root: file.root, words: file.words)
  }

  private mutating func readPods(of set: PodSet, into gateway: inout Gateway) {
    guard let container = set.container else { return }
    let path = "Gateway/\(gateway.reference)"
    if let image = container["image"], let reference = imageReference(image, for: gateway.reference) {
      gateway.image = reference
    }
    if let replicas = set.source.root["spec", "replicas"]?.integer { gateway.replicas = replicas }
    if let resources = resources(container["resources"], of: path) { gateway.resources = resources }
    for part in [
      container["name"], container["ports"], container["volumeMounts"], container["readinessProbe"],
      container["livenessProbe"], set.spec?["serviceAccountName"],
    ] { part?.take() }
    takeLabels(of: set)
    let settled: Set<String> = [
      "KONG_DATABASE", "KONG_DECLARATIVE_CONFIG", "KONG_PROXY_ACCESS_LOG", "KONG_ADMIN_ACCESS_LOG",
      "KONG_PROXY_ERROR_LOG", "KONG_ADMIN_ERROR_LOG", "KONG_ADMIN_LISTEN", "KONG_PROXY_LISTEN",
      "KONG_STATUS_LISTEN",
      "KONG_ANONYMOUS_REPORTS", "KONG_PLUGINS", "KONG_LOG_LEVEL", "KONG_NGINX_WORKER_PROCESSES",
      "KONG_TRUSTED_IPS", "KONG_PREFIX", "KONG_DNS_ORDER", "KONG_SSL_CERT", "KONG_SSL_CERT_KEY",
    ]
    let values = environment(of: container, in: set.namespace, for: gateway.reference)
    let parts = ["KONG_ADMIN_", "KONG_TRACING_", "KONG_STATUS_", "KONG_PROXY_", "KONG_PORTAL_"]
    gateway.certificate = certificate(of: set, values)
    gateway.env = values.filter { value in
      !settled.contains(value.key) && !parts.contains { value.key.hasPrefix($0) }
    }
    if case .text(let rate)? = values["KONG_TRACING_SAMPLING_RATE"], let share = Double(rate),
      let percent = Percent(value: (share * 100_000).rounded() / 1000)
    {
      gateway.traceSampling = percent
    }
    if case .text(let level)? = values["KONG_LOG_LEVEL"], let level = Gateway.Log.Level(rawValue: level) {
      gateway.log.level = level
    }
    if case .text("off")? = values["KONG_PROXY_ACCESS_LOG"] { gateway.log.hasAccessLog = false }
    if case .text(let count)? = values["KONG_NGINX_WORKER_PROCESSES"], let count = Int(count) {
      gateway.workerProcesses = count
    }
    if case .text(let names)? = values["KONG_PLUGINS"] {
      gateway.customPlugins = names.split(separator: ",").map { String($0.filter { $0 != " " }) }.filter {
        !["bundled", "off"].contains($0)
      }
    }
    if case .text(let database)? = values["KONG_DATABASE"], database != "off" {
      contradict(
        set.source.place, "\(set.source.words) keeps its settings in \(database); the Gateway reads one file")
    }
    for part in container["ports"]?.elements ?? [] where part["containerPort"]?.peek == "8001" {
      contradict(
        part.place,
        "\(set.source.words) opens Kong's Admin API at 8001 without protection; the Gateway does not")
    }
  }

  /// The Secret that the certificate which Kong shows to users is mounted from.
  private mutating func certificate(of set: PodSet, _ values: [String: EnvironmentValue]) -> String? {
    guard case .text(let file)? = values["KONG_SSL_CERT"] else { return nil }
    let mount = set.container?["volumeMounts"]?.elements.first { mount in
      mount["mountPath"]?.peek.map { file.hasPrefix($0 + "/") } ?? false
    }
    let volume = set.spec?["volumes"]?.elements.first {
      $0["name"]?.peek != nil && $0["name"]?.peek == mount?["name"]?.peek
    }
    guard let secret = volume?["secret", "secretName"]?.text else {
      contradict(
        set.source.place,
        "\(set.source.words) shows the certificate \(file), which no Secret is mounted at: name one as certificate"
      )
      return nil
    }
    volume?.take()
    if !file.hasSuffix("/tls.crt") {
      assume(
        "Gateway/\(set.namespace)/\(set.source.name) certificate",
        "\(secret) is expected to have the certificate under tls.crt and its key under tls.key")
    }
    return secret
  }

  private mutating func readEntrance(of set: PodSet, into gateway: inout Gateway) {
    let path = "Gateway/\(gateway.reference)"
    for service in all("", "Service") where service.namespace == set.namespace {
      let selector = service.root["spec", "selector"]?.labels ?? [:]
      guard !selector.isEmpty, selector.allSatisfy({ set.labels[$0.key] == $0.value }) else { continue }
      switch service.root["spec", "type"]?.text {
      case "LoadBalancer": gateway.service = .loadBalancer
      case "NodePort": gateway.service = .nodePort
      default: gateway.service = .clusterIP
      }
      for part in [
        service.root["spec", "selector"], service.root["spec", "ports"], service.root["metadata", "labels"],
      ] { part?.take() }
      gateway.allowedRanges = (service.root["spec", "loadBalancerSourceRanges"]?.texts ?? []).compactMap(
        AddressRange.init(parsing:))
      if let policy = service.root["spec", "externalTrafficPolicy"]?.text {
        gateway.preservesClientAddress = policy == "Local"
      }
      if let address = service.root["spec", "loadBalancerIP"], let text = address.peek {
        checkAddress(address)
        if Address(parsing: text) != nil { address.take() }
      }
      let annotations = service.root["metadata", "annotations"]
      if annotations?["networking.gke.io/load-balancer-type"]?.text == "Internal" {
        gateway.isInternal = true
      }
      gatewayAddress[gateway.reference] = loadBalancerAddress(service)
      gatewayServices[service.reference] = gateway.reference
      if service.name != gateway.name {
        assume(path, "\(service.words) is called \(gateway.name) from now on, as its Gateway")
      }
      place(service, at: path, "service")
      break
    }
    for budget in all("policy", "PodDisruptionBudget") where budget.namespace == set.namespace {
      guard
        selected(by: budget.root["spec", "selector"], in: set.namespace).contains(where: {
          $0.target == set.target
        })
      else { continue }
      if let least = budget.root["spec", "minAvailable"]?.integer {
        gateway.disruption = DisruptionBudget().with { ($0.minAvailable, $0.maxUnavailable) = (least, nil) }
      } else if let most = budget.root["spec", "maxUnavailable"]?.integer, most != 1 || gateway.replicas < 2 {
        gateway.disruption = DisruptionBudget().with { $0.maxUnavailable = most }
      }
    }
    for source in all("autoscaling", "HorizontalPodAutoscaler") where source.namespace == set.namespace {
      guard source.root["spec", "scaleTargetRef", "name"]?.peek == set.source.name else { continue }
      source.root["spec", "scaleTargetRef"]?.take()
      gateway.autoscaling = autoscaling(source)
      gateway.replicas = 2
      place(source, at: path, "autoscaling")
    }
  }
}
