import KubeModel

extension Coverage {
  /// How Istio is installed, who may call whom, and how requests flow.
  static let mesh: [CoveredObject] = istioOperator + istioSecurity + istioTraffic

  private static let istioOperator = [
    CoveredObject(
      "IstioOperator/control-plane", of: "istio-operator.yaml", from: "ServiceMesh/production-mesh",
      as: "istio.yaml",
      [
        .same("apiVersion", "install.istio.io/v1alpha1", by: "spec.version"),
        .same("kind", "IstioOperator", by: "spec.version"),
        .same("metadata.name", "control-plane", by: "kind"),
        .same("spec.values.global.meshID", "production-mesh", by: "metadata.name"),
        .same(
          "spec.values.global.multiCluster.clusterName", "microservices-cluster", by: "metadata.name",
          in: "Cluster/microservices-cluster"),
        .same("spec.values.global.network", "gke-network", by: "spec.network"),
        .modern(
          "spec.values.pilot.env.PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION", true,
          by: "spec.autoRegistration", now: "true", because: Reason.textVariable),
        .modern(
          "spec.values.pilot.env.PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD_ENTRY", true, by: "spec.multiCluster",
          now: "true", because: Reason.textVariable),
        .same(
          "spec.components.ingressGateways[istio-ingressgateway].name", "istio-ingressgateway",
          by: "spec.ingressGateways[istio-ingressgateway].name"),
        .same(
          "spec.components.ingressGateways[istio-ingressgateway].enabled", true,
          by: "spec.ingressGateways[istio-ingressgateway].name"),
        .same(
          "spec.components.ingressGateways[istio-ingressgateway].k8s.service.type", "LoadBalancer",
          by: "spec.ingressGateways[istio-ingressgateway].addresses"),
        .modern(
          "spec.components.ingressGateways[istio-ingressgateway].k8s.service.loadBalancerIP", "RESERVED_IP",
          by: "spec.ingressGateways[istio-ingressgateway].addresses.asia-northeast1", now: "203.0.113.11",
          because: "a placeholder is refused; each region has an address"),
      ])
  ]

  private static let istioSecurity = [
    CoveredObject(
      "PeerAuthentication/default", of: "istio-security.yaml", from: "ServiceMesh/production-mesh",
      as: "PeerAuthentication/production/default",
      [
        .modern(
          "apiVersion", "security.istio.io/v1beta1", by: "spec.version", now: "security.istio.io/v1",
          because: Reason.versionOfAPI),
        .same("kind", "PeerAuthentication", by: "spec.mutualTLS"),
        .same("metadata.name", "default", by: "spec.mutualTLS"),
        .same("metadata.namespace", "production", by: "metadata.name", in: "Namespace/production"),
        .same("spec.mtls.mode", "STRICT", by: "spec.mutualTLS"),
      ]),
    CoveredObject(
      "AuthorizationPolicy/user-service-authz", of: "istio-security.yaml",
      from: "Gateway/api-gateway/api-gateway", as: "AuthorizationPolicy/production/user-service",
      [
        .modern(
          "apiVersion", "security.istio.io/v1beta1", by: "spec.version", in: "ServiceMesh/production-mesh",
          now: "security.istio.io/v1", because: Reason.versionOfAPI),
        .same("kind", "AuthorizationPolicy", by: "spec.routes[user-api].to"),
        .modern(
          "metadata.name", "user-service-authz", by: "spec.routes[user-api].to", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "production", by: "spec.routes[user-api].to"),
        .same("spec.selector.matchLabels.app", "user-service", by: "spec.routes[user-api].to"),
        .modern(
          "spec.rules[0].from[0].source.principals", ["cluster.local/ns/production/sa/api-gateway"],
          by: "metadata.namespace", now: ["cluster.local/ns/api-gateway/sa/api-gateway"],
          because: "the gateway runs in its own namespace, and so does its service account"),
        .modern(
          "spec.rules[0].to[0].operation.methods", ["GET", "POST"], by: "spec.routes[user-api].methods",
          now: ["GET", "POST", "PUT", "DELETE"],
          because: "the gateway's route takes PUT and DELETE too; both follow from the route"),
        .modern(
          "spec.rules[0].to[0].operation.paths", ["/api/users/*"], by: "spec.routes[user-api].paths",
          now: ["/api/users", "/api/users/*"],
          because: "the gateway's route takes /api/users itself too; both follow from the route"),
      ]),
  ]

  private static let istioTraffic = [
    CoveredObject(
      "VirtualService/user-service-routing", of: "istio-traffic.yaml",
      from: "Workload/production/user-service", as: "canary VirtualService/production/user-service",
      [
        .modern(
          "apiVersion", "networking.istio.io/v1beta1", by: "spec.version", in: "ServiceMesh/production-mesh",
          now: "networking.istio.io/v1", because: Reason.versionOfAPI),
        .same("kind", "VirtualService", by: "spec.traffic", of: "VirtualService/production/user-service"),
        .modern(
          "metadata.name", "user-service-routing", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .modern(
          "spec.hosts", ["user-service"], by: "metadata.name",
          now: ["user-service.production.svc.cluster.local"], because: Reason.fullHost),
        .same("spec.http[0].match[0].headers.version.exact", "v2", by: "spec.traffic.headerRoutes[0].exact"),
        .modern(
          "spec.http[0].route[0].destination.host", "user-service", by: "metadata.name",
          now: "user-service.production.svc.cluster.local", because: Reason.fullHost),
        .same("spec.http[0].route[0].destination.subset", "v2", by: "spec.traffic.headerRoutes[0].subset"),
        .same("spec.http[0].route[0].weight", 100, by: "spec.traffic.headerRoutes[0].subset"),
        .modern(
          "spec.http[1].route[0].destination.host", "user-service", by: "metadata.name",
          now: "user-service.production.svc.cluster.local", because: Reason.fullHost),
        .same("spec.http[1].route[0].destination.subset", "v1", by: "spec.traffic.subsets[v1].name"),
        .same("spec.http[1].route[0].weight", 80, by: "spec.traffic.subsets[v1].weight"),
        .modern(
          "spec.http[1].route[1].destination.host", "user-service", by: "metadata.name",
          now: "user-service.production.svc.cluster.local", because: Reason.fullHost),
        .same("spec.http[1].route[1].destination.subset", "v2", by: "spec.traffic.subsets[v2].name"),
        .same("spec.http[1].route[1].weight", 20, by: "spec.traffic.subsets[v2].weight"),
      ]),
    CoveredObject(
      "DestinationRule/user-service-destination", of: "istio-traffic.yaml",
      from: "Workload/production/user-service", as: "DestinationRule/production/user-service",
      [
        .modern(
          "apiVersion", "networking.istio.io/v1beta1", by: "spec.version", in: "ServiceMesh/production-mesh",
          now: "networking.istio.io/v1", because: Reason.versionOfAPI),
        .same("kind", "DestinationRule", by: "spec.traffic"),
        .modern(
          "metadata.name", "user-service-destination", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .modern(
          "spec.host", "user-service", by: "metadata.name", now: "user-service.production.svc.cluster.local",
          because: Reason.fullHost),
        .modern(
          "spec.trafficPolicy.loadBalancer.simple", "LEAST_CONN", by: "spec.traffic.loadBalancer",
          now: "LEAST_REQUEST",
          because: "LEAST_CONN is deprecated and means this; a mesh before 1.14 gets LEAST_CONN"),
        .same(
          "spec.trafficPolicy.connectionPool.tcp.maxConnections", 100,
          by: "spec.traffic.connectionPool.maxConnections"),
        .same(
          "spec.trafficPolicy.connectionPool.http.http1MaxPendingRequests", 50,
          by: "spec.traffic.connectionPool.http1MaxPendingRequests"),
        .same(
          "spec.trafficPolicy.connectionPool.http.maxRequestsPerConnection", 10,
          by: "spec.traffic.connectionPool.maxRequestsPerConnection"),
        .same("spec.subsets[v1].name", "v1", by: "spec.traffic.subsets[v1].name"),
        .modern(
          "spec.subsets[v1].labels.version", "v1", by: "spec.traffic.subsets[v1].name",
          at: "spec.subsets[v1].labels.track", now: "stable", because: Reason.labelOfTrack),
        .same("spec.subsets[v2].name", "v2", by: "spec.traffic.subsets[v2].name"),
        .modern(
          "spec.subsets[v2].labels.version", "v2", by: "spec.traffic.subsets[v2].name",
          at: "spec.subsets[v2].labels.track", now: "canary", because: Reason.labelOfTrack),
      ]),
  ]
}
