import MeshSim
import Testing

@Suite("A request meets the network")
struct NetworkDecisionTests {
  private static func policy(_ name: String, _ spec: String, in namespace: String = "production") -> String {
    Shop.object("NetworkPolicy", name, in: namespace, spec)
  }

  private static let dns =
    "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{protocol: UDP, port: 53}]}"
  private static let istiod =
    "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}}], ports: [{port: 15012}]}"
  private static func egress(_ rules: String) -> String {
    policy("out", "podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], egress: [\(rules)]")
  }
  private static func ingress(_ rules: String) -> String {
    policy("in", "podSelector: {matchLabels: {app: orders}}, ingress: [\(rules)]")
  }

  static let names: [RouteRow] = [
    RouteRow("a name of the own namespace", to: "orders", "orders served mTLS"),
    RouteRow("a name with its namespace", to: "orders.production", "orders served mTLS"),
    RouteRow("a name with svc", to: "orders.production.svc", "orders served mTLS"),
    RouteRow("a full name", to: "orders.production.svc.cluster.local", "orders served mTLS"),
    RouteRow("a full name with its dot", to: "orders.production.svc.cluster.local.", "orders served mTLS"),
    RouteRow("a name of another namespace alone", to: "bare", "nameResolution 0 -"),
    RouteRow("a name that nobody has", to: "nobody", "nameResolution 0 -"),
    RouteRow("a host outside", to: "api.example.com", port: 443, "served"),
    RouteRow("a port that the Service has not", to: "orders", port: 81, "port 503 UF,URX"),
    RouteRow("the same without a proxy", from: "plain/client", to: "bare", port: 81, "port 0 -"),
    RouteRow("a Service without pods, by a proxy", to: "empty", "endpoints 503 UH"),
    RouteRow(
      "a Service without pods, without a proxy", from: "plain/client", to: "empty.production", "endpoints 0 -"
    ),
    RouteRow("pods that are not ready", to: "sleepy", "endpoints 503 UH"),
    RouteRow("a target port by a name that pods do not have", to: "lost", "endpoints 503 UH"),
    RouteRow("a target port at which nobody listens", to: "shifted", "api port 503 UF,URX"),
    RouteRow("plain pods talk plainly", from: "plain/client", to: "bare", "bare served"),
    RouteRow("a caller that is not there", from: "production/nobody", ""),
    RouteRow(
      "what the registry does not know, where only that is let out",
      "{kind: IstioOperator, metadata: {name: i, namespace: istio-system}, spec: {meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}}",
      to: "api.example.com", "outboundPolicy 502 -"),
    RouteRow(
      "a host that a ServiceEntry makes known there",
      "{kind: IstioOperator, metadata: {name: i, namespace: istio-system}, spec: {meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}}\n---\n"
        + Shop.object("ServiceEntry", "e", "hosts: [api.example.com], ports: [{number: 443}]"),
      to: "api.example.com", "served"),
    RouteRow(
      "a Sidecar that knows other namespaces only hides the host's proxy settings",
      Shop.object("Sidecar", "default", "egress: [{hosts: [\"istio-system/*\"]}]")
        + Shop.object("VirtualService", "v", "hosts: [web], http: [{directResponse: {status: 418}}]"),
      "50 % web-canary served mTLS; 50 % web-stable served mTLS"),
    RouteRow(
      "a Sidecar that lets out nothing unknown",
      Shop.object(
        "Sidecar", "default",
        "egress: [{hosts: [\"istio-system/*\"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}"),
      "outboundPolicy 502 -"),
  ]

  static let policies: [RouteRow] = [
    RouteRow(
      "egress to the database only blocks names",
      egress("{to: [{podSelector: {matchLabels: {app: database}}}]}"), to: "orders", "nameResolution 0 -"),
    RouteRow(
      "egress with DNS but without the control plane", egress("\(dns), {to: [{podSelector: {}}]}"),
      to: "orders", "proxy 0 -"),
    RouteRow(
      "egress with both", egress("\(dns), \(istiod), {to: [{podSelector: {}}]}"), to: "orders",
      "orders served mTLS"),
    RouteRow(
      "egress to others", egress("\(dns), \(istiod), {to: [{podSelector: {matchLabels: {app: database}}}]}"),
      to: "orders", "orders egressPolicy 503 UF,URX"),
    RouteRow(
      "egress to another port", egress("\(dns), \(istiod), {to: [{podSelector: {}}], ports: [{port: 5432}]}"),
      to: "orders", "orders egressPolicy 503 UF,URX"),
    RouteRow(
      "egress by a range of ports", egress("\(dns), \(istiod), {ports: [{port: 8000, endPort: 8100}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "egress is about the pod's port, not the Service's",
      egress("\(dns), \(istiod), {to: [{podSelector: {}}], ports: [{port: 80}]}"),
      "50 % web-canary egressPolicy 503 UF,URX; 50 % web-stable egressPolicy 503 UF,URX"),
    RouteRow("egress everywhere", egress("{}"), to: "orders", "orders served mTLS"),
    RouteRow("egress to nobody", egress(""), to: "orders", "nameResolution 0 -"),
    RouteRow(
      "DNS over TCP is enough", egress("{ports: [{port: 53}]}, \(istiod), {to: [{podSelector: {}}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "egress to a block that holds the pods",
      egress("\(dns), \(istiod), {to: [{ipBlock: {cidr: 10.1.0.0/16}}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "egress to a block without them",
      egress("\(dns), \(istiod), {to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}"), to: "orders",
      "orders egressPolicy 503 UF,URX"),
    RouteRow(
      "egress for other pods", egress("{to: [{podSelector: {}}]}"), from: "production/web-stable",
      to: "orders", "orders served mTLS"),
    RouteRow(
      "ingress from the caller's labels", ingress("{from: [{podSelector: {matchLabels: {app: api}}}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "ingress from others", ingress("{from: [{podSelector: {matchLabels: {app: web}}}]}"), to: "orders",
      "orders ingressPolicy 503 UF,URX"),
    RouteRow(
      "a peer without a namespaceSelector is of the policy's namespace",
      ingress("{from: [{podSelector: {matchLabels: {app: client}}}]}"), from: "plain/client",
      to: "orders.production", "orders ingressPolicy 0 -"),
    RouteRow(
      "a peer with one is of that namespace",
      ingress(
        "{from: [{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchLabels: {app: client}}}]}"),
      from: "plain/client", to: "orders.production", "orders served"),
    RouteRow(
      "two peers are alternatives",
      ingress(
        "{from: [{namespaceSelector: {matchLabels: {team: y}}}, {podSelector: {matchLabels: {app: api}}}]}"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "ingress at a port by its name", ingress("{ports: [{port: http}]}"), to: "orders", "orders served mTLS"),
    RouteRow(
      "ingress at a name that no port has", ingress("{ports: [{port: metrics}]}"), to: "orders",
      "orders ingressPolicy 503 UF,URX"),
    RouteRow(
      "ingress over UDP only", ingress("{ports: [{protocol: UDP, port: 8080}]}"), to: "orders",
      "orders ingressPolicy 503 UF,URX"),
    RouteRow("ingress from nobody", ingress(""), to: "orders", "orders ingressPolicy 503 UF,URX"),
    RouteRow(
      "policies add up",
      ingress("")
        + policy("more", "podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "a policy of another namespace has no say", policy("in", "podSelector: {}, ingress: []", in: "plain"),
      to: "orders", "orders served mTLS"),
    RouteRow(
      "users at an entrance that is open to all", ingress("{ports: [{port: 8080}]}"), from: "203.0.113.9",
      to: "open.production", "orders served"),
    RouteRow(
      "users at an entrance that is for pods", ingress("{from: [{podSelector: {}}]}"), from: "203.0.113.9",
      to: "open.production", "orders ingressPolicy 0 -"),
    RouteRow(
      "users by their addresses", ingress("{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}"), from: "203.0.113.9",
      to: "open.production", "orders served"),
    RouteRow(
      "users from elsewhere", ingress("{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}"), from: "198.51.100.9",
      to: "open.production", "orders ingressPolicy 0 -"),
  ]

  @Test("by names and ports", arguments: names)
  func byNames(row: RouteRow) { #expect(row.outcome == row.expected) }

  @Test("and its policies", arguments: policies)
  func byPolicies(row: RouteRow) { #expect(row.outcome == row.expected) }
}
