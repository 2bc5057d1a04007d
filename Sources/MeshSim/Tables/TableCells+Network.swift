import KubeModel

extension TableCells {
  static let network: [String: Cells] = [
    "/Service": { row in
      let ports = row.list("spec", "ports").map { port in
        let node = port["nodePort"]?.int ?? 0
        return "\(port["port"]?.int ?? 0)\(node > 0 ? ":\(node)" : "")/\(port["protocol"]?.string ?? "")"
      }
      let addresses = row.list("spec", "clusterIPs").first?.string ?? row.value("spec", "clusterIP")?.string
      return [
        row.name, row.text("spec", "type"), .string((addresses ?? "").orNone),
        .string(externalAddresses(row)),
        .string(ports.joined(separator: ",").orNone), row.age, row.labels("spec", "selector"),
      ]
    },
    "/Endpoints": { row in
      [row.name, .string(endpointAddresses(row)), row.age]
    },
    "discovery.k8s.io/EndpointSlice": { row in
      let ports = row.list("ports").map { port in
        port["port"]?.int.map(String.init) ?? port["name"]?.string ?? "*"
      }
      let addresses = row.list("endpoints").flatMap { ($0["addresses"]?.array ?? []).compactMap(\.string) }
      return [
        row.name, row.text("addressType"), .string(firstOrUnset(ports)), .string(firstOrUnset(addresses)),
        row.age,
      ]
    },
    "networking.k8s.io/Ingress": { row in
      let rules = row.list("spec", "rules")
      let hosts = rules.compactMap { $0["host"]?.string }.filter { !$0.isEmpty }
      var text = hosts.prefix(3).joined(separator: ",")
      if hosts.count > 3 || (hosts.count == 3 && rules.count > 3) { text += " + \(rules.count - 3) more..." }
      return [
        row.name, row.text("spec", "ingressClassName", or: "<none>"), .string(hosts.isEmpty ? "*" : text),
        .string(balancerAddresses(row)), row.list("spec", "tls").isEmpty ? "80" : "80, 443", row.age,
      ]
    },
    "networking.k8s.io/IngressClass": { row in
      var parameters = "<none>"
      if let given = row.value("spec", "parameters") {
        let group = given["apiGroup"]?.string.map { "." + $0 } ?? ""
        parameters = "\(given["kind"]?.string ?? "")\(group)/\(given["name"]?.string ?? "")"
      }
      return [row.name, row.text("spec", "controller"), .string(parameters), row.age]
    },
    "networking.k8s.io/NetworkPolicy": { row in [row.name, row.selector("spec", "podSelector"), row.age] },
    "networking.k8s.io/IPAddress": { row in
      var reference = "<none>"
      if let parent = row.value("spec", "parentRef") {
        let group = parent["group"]?.string ?? ""
        reference = [
          (parent["resource"]?.string ?? "") + (group.isEmpty ? "" : ".\(group)"),
          parent["namespace"]?.string ?? "", parent["name"]?.string ?? "",
        ].joined(separator: "/")
      }
      return [row.name, .string(reference)]
    },
    "networking.k8s.io/ServiceCIDR": { row in
      let ranges = row.list("spec", "cidrs").compactMap(\.string)
      return [row.name, .string(ranges.joined(separator: ",")), row.age]
    },
  ]

  private static func externalAddresses(_ row: CellSource) -> String {
    let external = row.list("spec", "externalIPs").compactMap(\.string)
    switch row.value("spec", "type")?.string {
    case "ClusterIP", "NodePort": return external.joined(separator: ",").orNone
    case "LoadBalancer":
      let balancer = balancerAddresses(row)
      let all = (balancer.isEmpty ? [] : [balancer]) + external
      return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    case "ExternalName": return row.value("spec", "externalName")?.string ?? ""
    default: return "<unknown>"
    }
  }

  private static func balancerAddresses(_ row: CellSource) -> String {
    let all = row.list("status", "loadBalancer", "ingress").compactMap { point in
      [point["ip"], point["hostname"]].compactMap { $0?.string }.first { !$0.isEmpty }
    }
    return Set(all).sorted().joined(separator: ",")
  }

  private static func endpointAddresses(_ row: CellSource) -> String {
    let subsets = row.list("subsets")
    guard !subsets.isEmpty else { return "<none>" }
    let all = subsets.flatMap { subset -> [String] in
      let addresses = (subset["addresses"]?.array ?? []).compactMap { $0["ip"]?.string }
      let ports = (subset["ports"]?.array ?? []).compactMap { $0["port"]?.int }
      guard !ports.isEmpty else { return addresses }
      return ports.flatMap { port in addresses.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" }
      }
    }
    return CellText.first(3, of: all)
  }

  private static func firstOrUnset(_ all: [String]) -> String {
    all.isEmpty ? "<unset>" : CellText.first(3, of: all)
  }
}
