internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Notes what routes of ingress controllers and gateways need.
  mutating func readPlatformRoutes() {
    for gateway in topology.gateways {
      for route in gateway.routes {
        let place = gatewayPlaces[gateway.reference] ?? Place(file: "", line: 1, column: 1)
        evidence.append(
          CallEvidence(
            kind: .need, from: gateway.reference, to: route.to, methods: route.methods, paths: route.paths,
            stripsPath: route.stripsPath, place: place,
            words: "the route \(route.name)"))
      }
    }
    for source in all("networking.k8s.io", "Ingress") + all("extensions", "Ingress") { readIngress(source) }
    for source in all("gateway.networking.k8s.io", "HTTPRoute") {
      for rule in source.root["spec", "rules"]?.elements ?? [] {
        for backend in rule["backendRefs"]?.elements ?? [] {
          checkBackend(backend["name"], of: source, in: backend["namespace"]?.peek)
        }
      }
    }
  }

  private mutating func readIngress(_ source: Source) {
    guard !settled.contains(source.index) else { return }
    var backends = [
      source.root["spec", "defaultBackend", "service", "name"], source.root["spec", "backend", "serviceName"],
    ]
    for rule in source.root["spec", "rules"]?.elements ?? [] {
      for path in rule["http", "paths"]?.elements ?? [] {
        backends.append(path["backend", "service", "name"] ?? path["backend", "serviceName"])
      }
    }
    for backend in backends { checkBackend(backend, of: source) }
    keep(source, reason(for: source))
  }

  private mutating func checkBackend(_ name: Part?, of source: Source, in space: String? = nil) {
    guard let name, let text = name.peek else { return }
    let namespace = space ?? source.namespace
    guard let target = target(of: text, from: namespace) else {
      contradict(
        name.place, "\(source.words) leads to the Service \(text), which no manifest declares in \(namespace)"
      )
      return
    }
    routed[target] = source.words
  }

  /// Reports routes of a VirtualService that lead nowhere.
  mutating func noteRoutes(of source: Source, gateways: [String]) {
    for key in ["http", "tcp", "tls"] {
      for rule in source.root["spec", key]?.elements ?? [] {
        for route in rule["route"]?.elements ?? [] {
          guard let host = route["destination", "host"], let text = host.peek else { continue }
          let isOwn = source.root["spec", "hosts"]?.elements.contains { $0.peek == text } ?? false
          let callee = target(of: text, from: source.namespace, anywhere: !source.saysNamespace)
          if !isOwn, callee == nil {
            contradict(host.place, "\(source.words) leads to \(text), which no manifest declares")
          }
          if let callee, gateways.contains(where: { $0 != "mesh" }) { routed[callee] = source.words }
          guard let subset = route["destination", "subset"]?.peek else { continue }
          let rules = all("networking.istio.io", "DestinationRule").filter { rule in
            rule.root["spec", "host"]?.peek.map {
              $0.split(separator: ".").first == text.split(separator: ".").first
            } ?? false
          }
          let names = rules.flatMap { $0.root["spec", "subsets"]?.elements ?? [] }.compactMap {
            $0["name"]?.peek
          }
          if !names.contains(subset) {
            contradict(
              route.place,
              "\(source.words) leads to the subset \(subset) of \(text), which no DestinationRule has")
          }
        }
      }
    }
    for gateway in gateways where gateway != "mesh" {
      let parts = gateway.split(separator: "/").map(String.init)
      let reference = WorkloadReference(
        namespace: parts.count == 2 ? parts[0] : source.namespace, name: parts.last ?? "")
      if only("networking.istio.io", "Gateway", reference) == nil {
        contradict(
          source.place, "\(source.words) is bound to the Gateway \(reference), which no manifest declares")
      }
    }
  }
}
