import KubeModel

extension Coverage {
  /// How many pods of a workload there are, what they may do, and whom they may talk to.
  static let workload: [CoveredObject] = hpa + rbac + networkPolicy + podSecurityPolicy

  private static let hpa = [
    CoveredObject(
      "HorizontalPodAutoscaler/user-service-hpa", of: "hpa.yaml", from: "Workload/production/user-service",
      as: "HorizontalPodAutoscaler/production/user-service",
      [
        .same("apiVersion", "autoscaling/v2", by: "spec.autoscaling"),
        .same("kind", "HorizontalPodAutoscaler", by: "spec.autoscaling"),
        .modern(
          "metadata.name", "user-service-hpa", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "production", by: "metadata.namespace"),
        .same("spec.scaleTargetRef.apiVersion", "apps/v1", by: "kind"),
        .same("spec.scaleTargetRef.kind", "Deployment", by: "kind"),
        .same("spec.scaleTargetRef.name", "user-service", by: "metadata.name"),
        .same("spec.minReplicas", 3, by: "spec.autoscaling.min"),
        .same("spec.maxReplicas", 50, by: "spec.autoscaling.max"),
        .same("spec.metrics[0].type", "Resource", by: "spec.autoscaling.cpu"),
        .same("spec.metrics[0].resource.name", "cpu", by: "spec.autoscaling.cpu"),
        .same("spec.metrics[0].resource.target.type", "Utilization", by: "spec.autoscaling.cpu"),
        .same("spec.metrics[0].resource.target.averageUtilization", 70, by: "spec.autoscaling.cpu"),
        .same("spec.metrics[1].type", "Resource", by: "spec.autoscaling.memory"),
        .same("spec.metrics[1].resource.name", "memory", by: "spec.autoscaling.memory"),
        .same("spec.metrics[1].resource.target.type", "Utilization", by: "spec.autoscaling.memory"),
        .same("spec.metrics[1].resource.target.averageUtilization", 80, by: "spec.autoscaling.memory"),
        .same(
          "spec.behavior.scaleDown.stabilizationWindowSeconds", 300,
          by: "spec.autoscaling.behavior.scaleDown.stabilization"),
        .same(
          "spec.behavior.scaleDown.policies[0].type", "Percent",
          by: "spec.autoscaling.behavior.scaleDown.percent"),
        .same(
          "spec.behavior.scaleDown.policies[0].value", 50, by: "spec.autoscaling.behavior.scaleDown.percent"),
        .same(
          "spec.behavior.scaleDown.policies[0].periodSeconds", 60,
          by: "spec.autoscaling.behavior.scaleDown.period"),
        .same(
          "spec.behavior.scaleUp.stabilizationWindowSeconds", 60,
          by: "spec.autoscaling.behavior.scaleUp.stabilization"),
        .same(
          "spec.behavior.scaleUp.policies[0].type", "Percent", by: "spec.autoscaling.behavior.scaleUp.percent"
        ),
        .same(
          "spec.behavior.scaleUp.policies[0].value", 100, by: "spec.autoscaling.behavior.scaleUp.percent"),
        .same(
          "spec.behavior.scaleUp.policies[0].periodSeconds", 15,
          by: "spec.autoscaling.behavior.scaleUp.period"),
      ])
  ]

  private static let rbac = [
    CoveredObject(
      "ServiceAccount/user-service-sa", of: "rbac.yaml", from: "Workload/production/user-service",
      as: "ServiceAccount/production/user-service",
      [
        .same("apiVersion", "v1", by: "metadata.name"),
        .same("kind", "ServiceAccount", by: "metadata.name"),
        .modern(
          "metadata.name", "user-service-sa", by: "metadata.name", now: "user-service",
          because: "a workload acts as the service account of its name, unless `serviceAccount` names another"
        ),
        .same("metadata.namespace", "production", by: "metadata.namespace"),
      ]),
    CoveredObject(
      "Role/user-service-role", of: "rbac.yaml", from: "Workload/production/user-service",
      as: "Role/production/user-service",
      [
        .same("apiVersion", "rbac.authorization.k8s.io/v1", by: "spec.permissions"),
        .same("kind", "Role", by: "spec.permissions"),
        .modern(
          "metadata.name", "user-service-role", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "production", by: "metadata.namespace"),
        .same("rules[0].apiGroups", [""], by: "spec.permissions[0]"),
        .same("rules[0].resources", ["secrets", "configmaps"], by: "spec.permissions[0].resources"),
        .same("rules[0].verbs", ["get", "list"], by: "spec.permissions[0].verbs"),
        .same("rules[1].apiGroups", [""], by: "spec.permissions[1]"),
        .same("rules[1].resources", ["pods"], by: "spec.permissions[1].resources"),
        .same("rules[1].verbs", ["get", "list", "watch"], by: "spec.permissions[1].verbs"),
      ]),
    CoveredObject(
      "RoleBinding/user-service-binding", of: "rbac.yaml", from: "Workload/production/user-service",
      as: "RoleBinding/production/user-service",
      [
        .same("apiVersion", "rbac.authorization.k8s.io/v1", by: "spec.permissions"),
        .same("kind", "RoleBinding", by: "spec.permissions"),
        .modern(
          "metadata.name", "user-service-binding", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "production", by: "metadata.namespace"),
        .same(
          "subjects[user-service-sa].kind", "ServiceAccount", by: "spec.permissions",
          at: "subjects[user-service].kind"),
        .modern(
          "subjects[user-service-sa].name", "user-service-sa", by: "metadata.name",
          at: "subjects[user-service].name", now: "user-service", because: Reason.namedLikeDocument),
        .same(
          "subjects[user-service-sa].namespace", "production", by: "metadata.namespace",
          at: "subjects[user-service].namespace"),
        .same("roleRef.kind", "Role", by: "spec.permissions"),
        .modern(
          "roleRef.name", "user-service-role", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("roleRef.apiGroup", "rbac.authorization.k8s.io", by: "spec.permissions"),
      ]),
  ]

  private static let networkPolicy = [
    CoveredObject(
      "NetworkPolicy/user-service-policy", of: "network-policy.yaml",
      from: "Workload/production/user-service", as: "NetworkPolicy/production/user-service",
      [
        .same("apiVersion", "networking.k8s.io/v1", by: "metadata.name"),
        .same("kind", "NetworkPolicy", by: "metadata.name"),
        .modern(
          "metadata.name", "user-service-policy", by: "metadata.name", now: "user-service",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "production", by: "metadata.namespace"),
        .same("spec.podSelector.matchLabels.app", "user-service", by: "metadata.name"),
        .same("spec.policyTypes", ["Ingress", "Egress"], by: "metadata.name"),
        .same(
          "spec.ingress[0].from[0].podSelector.matchLabels.app", "api-gateway",
          by: "spec.routes[user-api].to", in: "Gateway/api-gateway/api-gateway"),
        .same("spec.ingress[0].ports[0].protocol", "TCP", by: "spec.ports[http].protocol"),
        .same("spec.ingress[0].ports[0].port", 8080, by: "spec.ports[http].port"),
        .modern(
          "spec.egress[0].to[0].podSelector.matchLabels.app", "database-service", by: "spec.calls[0].to",
          at: "spec.egress[1].to[0].podSelector.matchLabels.cnpg.io/cluster",
          because: "the operator of the database labels its pods so; with `form: workload` it is `app`"),
        .same(
          "spec.egress[0].ports[0].protocol", "TCP", by: "spec.calls[0].to",
          at: "spec.egress[1].ports[0].protocol"),
        .same(
          "spec.egress[0].ports[0].port", 5432, by: "spec.calls[0].to", at: "spec.egress[1].ports[0].port"),
      ])
  ]

  private static let podSecurityPolicy = [
    CoveredObject(
      "PodSecurityPolicy/microservices-psp", of: "pod-security-policy.yaml", from: "Namespace/production",
      as: "Namespace/production",
      [
        .modern(
          "apiVersion", "policy/v1beta1", by: "spec.podSecurity", now: "v1", because: Reason.podSecurity),
        .modern(
          "kind", "PodSecurityPolicy", by: "spec.podSecurity", now: "Namespace", because: Reason.podSecurity),
        .modern(
          "metadata.name", "microservices-psp", by: "metadata.name", now: "production",
          because: "a level belongs to a namespace, and each has one"),
        .modern(
          "spec.privileged", false, by: "spec.podSecurity",
          at: "metadata.labels.pod-security.kubernetes.io/enforce", now: "restricted",
          because: Reason.podSecurity),
        .same(
          "spec.allowPrivilegeEscalation", false, by: "spec.podSecurity",
          of: "Deployment/production/user-service",
          at: "spec.template.spec.containers[user-service].securityContext.allowPrivilegeEscalation"),
        .modern(
          "spec.requiredDropCapabilities", ["ALL"], by: "spec.podSecurity",
          of: "Deployment/production/user-service",
          at: "spec.template.spec.containers[user-service].securityContext.capabilities.drop",
          because: "each container says so itself, and `restricted` refuses those that do not"),
        .modern(
          "spec.volumes",
          ["configMap", "emptyDir", "projected", "secret", "downwardAPI", "persistentVolumeClaim"],
          by: "spec.podSecurity", at: "metadata.labels.pod-security.kubernetes.io/enforce", now: "restricted",
          because: "`restricted` allows these kinds, `csi` and `ephemeral`, and no others"),
        .modern(
          "spec.runAsUser.rule", "MustRunAsNonRoot", by: "spec.podSecurity",
          of: "Deployment/production/user-service", at: "spec.template.spec.securityContext.runAsNonRoot",
          now: true, because: "each pod says so itself, and `restricted` refuses those that do not"),
        .modern(
          "spec.seLinux.rule", "RunAsAny", by: "spec.podSecurity",
          at: "metadata.labels.pod-security.kubernetes.io/enforce", now: "restricted",
          because: "`restricted` allows the usual types of containers only"),
        .left("spec.supplementalGroups.rule", "MustRunAs", because: Reason.noRanges),
        .left("spec.supplementalGroups.ranges[0].min", 1, because: Reason.noRanges),
        .left("spec.supplementalGroups.ranges[0].max", 65535, because: Reason.noRanges),
        .modern(
          "spec.fsGroup.rule", "MustRunAs", by: "spec.storage", in: "RedisCluster/cache/redis-cluster",
          of: "StatefulSet/cache/redis-cluster", at: "spec.template.spec.securityContext.fsGroup", now: 999,
          because: "pods with volumes have the group of their image"),
        .left("spec.fsGroup.ranges[0].min", 1, because: Reason.noRanges),
        .left("spec.fsGroup.ranges[0].max", 65535, because: Reason.noRanges),
      ])
  ]
}
