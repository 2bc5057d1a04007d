/// Kinds of the operators that MeshKit works with: each is served where its CustomResourceDefinition is installed.
extension ResourceKind {
  public static let virtualService = istioNetworking("VirtualService", "virtualservices")
  public static let destinationRule = istioNetworking("DestinationRule", "destinationrules")
  public static let serviceEntry = istioNetworking("ServiceEntry", "serviceentries")
  public static let istioGateway = istioNetworking("Gateway", "gateways")
  public static let peerAuthentication = istioSecurity("PeerAuthentication", "peerauthentications")
  public static let requestAuthentication = istioSecurity("RequestAuthentication", "requestauthentications")
  public static let authorizationPolicy = istioSecurity("AuthorizationPolicy", "authorizationpolicies")
  public static let telemetry = ResourceKind(
    group: "telemetry.istio.io", version: "v1", kind: "Telemetry", plural: "telemetries")
  public static let istioOperator = ResourceKind(
    group: "install.istio.io", version: "v1alpha1", kind: "IstioOperator", plural: "istiooperators")
  public static let gatewayClass = ResourceKind(
    group: "gateway.networking.k8s.io", version: "v1", kind: "GatewayClass", plural: "gatewayclasses",
    isNamespaced: false)
  public static let gateway = ResourceKind(
    group: "gateway.networking.k8s.io", version: "v1", kind: "Gateway", plural: "gateways")
  public static let httpRoute = ResourceKind(
    group: "gateway.networking.k8s.io", version: "v1", kind: "HTTPRoute", plural: "httproutes")
  public static let grpcRoute = ResourceKind(
    group: "gateway.networking.k8s.io", version: "v1", kind: "GRPCRoute", plural: "grpcroutes")
  public static let referenceGrant = ResourceKind(
    group: "gateway.networking.k8s.io", version: "v1beta1", kind: "ReferenceGrant", plural: "referencegrants")
  public static let kongPlugin = kong("KongPlugin", "kongplugins")
  public static let kongClusterPlugin = kong("KongClusterPlugin", "kongclusterplugins", isNamespaced: false)
  public static let kongConsumer = kong("KongConsumer", "kongconsumers")
  public static let podMonitor = prometheus("PodMonitor", "podmonitors")
  public static let serviceMonitor = prometheus("ServiceMonitor", "servicemonitors")
  public static let prometheusRule = prometheus("PrometheusRule", "prometheusrules")
  public static let jaeger = ResourceKind(
    group: "jaegertracing.io", version: "v1", kind: "Jaeger", plural: "jaegers")
  public static let schedule = velero("Schedule", "schedules")
  public static let backupStorageLocation = velero("BackupStorageLocation", "backupstoragelocations")
  public static let volumeSnapshotLocation = velero("VolumeSnapshotLocation", "volumesnapshotlocations")
  public static let postgresCluster = postgres("Cluster", "clusters")
  public static let scheduledBackup = postgres("ScheduledBackup", "scheduledbackups")
  public static let objectStore = ResourceKind(
    group: "barmancloud.cnpg.io", version: "v1", kind: "ObjectStore", plural: "objectstores")
  public static let dnsEndpoint = ResourceKind(
    group: "externaldns.k8s.io", version: "v1alpha1", kind: "DNSEndpoint", plural: "dnsendpoints")
  /// Not of an operator, but of Kubernetes before 1.25.
  public static let podSecurityPolicy = ResourceKind(
    group: "policy", version: "v1beta1", kind: "PodSecurityPolicy", plural: "podsecuritypolicies",
    isNamespaced: false)

  /// The kinds above.
  static let custom: [ResourceKind] = [
    .virtualService, .destinationRule, .serviceEntry, .istioGateway, .peerAuthentication,
    .requestAuthentication,
    .authorizationPolicy, .telemetry, .istioOperator, .gatewayClass, .gateway, .httpRoute, .grpcRoute,
    .referenceGrant, .kongPlugin, .kongClusterPlugin, .kongConsumer, .podMonitor, .serviceMonitor,
    .prometheusRule, .jaeger, .schedule, .backupStorageLocation, .volumeSnapshotLocation, .postgresCluster,
    .scheduledBackup, .objectStore, .dnsEndpoint, .podSecurityPolicy,
  ]

  private static func istioNetworking(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "networking.istio.io", version: "v1", kind: kind, plural: plural)
  }

  private static func istioSecurity(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "security.istio.io", version: "v1", kind: kind, plural: plural)
  }

  private static func kong(_ kind: String, _ plural: String, isNamespaced: Bool = true) -> ResourceKind {
    ResourceKind(
      group: "configuration.konghq.com", version: "v1", kind: kind, plural: plural, isNamespaced: isNamespaced
    )
  }

  private static func prometheus(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "monitoring.coreos.com", version: "v1", kind: kind, plural: plural)
  }

  private static func velero(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "velero.io", version: "v1", kind: kind, plural: plural)
  }

  private static func postgres(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "postgresql.cnpg.io", version: "v1", kind: kind, plural: plural)
  }
}
