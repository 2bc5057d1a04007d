internal import KubeModel
internal import MeshTopology

/// Why settings are not carried over, and which go without saying.
enum DropReason {
  /// What Kubernetes or Istio sets where nothing is said, by the last key.
  private static let defaults: [String: [String]] = [
    "protocol": ["TCP"], "restartPolicy": ["Always"], "dnsPolicy": ["ClusterFirst"],
    "schedulerName": ["default-scheduler"],
    "terminationMessagePath": ["/dev/termination-log"], "terminationMessagePolicy": ["File"],
    "imagePullPolicy": ["IfNotPresent", "Always"], "progressDeadlineSeconds": ["600"],
    "revisionHistoryLimit": ["10"],
    "sessionAffinity": ["None"], "internalTrafficPolicy": ["Cluster"], "externalTrafficPolicy": ["Cluster"],
    "ipFamilyPolicy": ["SingleStack"], "successThreshold": ["1"], "scheme": ["HTTP"],
    "defaultMode": ["420", "0644"],
    "allocateLoadBalancerNodePorts": ["true"], "volumeMode": ["Filesystem"], "enableServiceLinks": ["true"],
    "readOnly": ["false"], "optional": ["false"], "privileged": ["false"], "hostNetwork": ["false"],
    "hostPID": ["false"],
    "hostIPC": ["false"], "podManagementPolicy": ["Parallel"], "minReadySeconds": ["0"], "partition": ["0"],
    "terminationGracePeriodSeconds": ["30"], "selectPolicy": ["Max"], "tolerance": ["0"],
    "automountServiceAccountToken": ["true"],
    "runAsNonRoot": ["true"], "allowPrivilegeEscalation": ["false"], "paused": ["false"],
    "clusterIP": ["", "None"],
    "resolution": ["DNS"], "exportTo": ["*"], "autoCreateSubnetworks": ["false"],
    "privateIpGoogleAccess": ["true"], "preemptible": ["false"],
    "simple": ["LEAST_REQUEST", "LEAST_CONN"],
  ]

  /// Parts that say nothing about the system: what the server keeps, and names.
  private static let silent: Set<String> = [
    "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.uid",
    "metadata.resourceVersion",
    "metadata.generation", "metadata.managedFields", "metadata.selfLink", "metadata.ownerReferences",
    "spec.template.metadata.creationTimestamp", "metadata.finalizers", "spec.finalizers", "spec.clusterIPs",
    "spec.ipFamilies",
  ]

  private static let silentAnnotations: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision",
    "kubectl.kubernetes.io/restartedAt",
  ]

  /// Whether a setting is as it would be without being said.
  static func isDefault(_ part: Part) -> Bool {
    if silent.contains(part.path) { return true }
    if part.path.hasSuffix("kubernetes.io/os"), part.peek == "linux" { return true }
    if part.path.contains("annotations."), silentAnnotations.contains(where: part.path.hasSuffix) {
      return true
    }
    guard let key = part.path.split(separator: ".").last.map({ String($0.prefix { $0 != "[" }) }),
      let text = part.peek
    else {
      return false
    }
    return defaults[key]?.contains(text) ?? false
  }

  private static let reasons: [String: String] = [
    "labels": "labels are those that rendering gives", "annotations": "annotations are not carried over",
    "affinity": "spread says how pods are spread, and nodePool where they run",
    "nodeSelector": "nodePool says where pods run",
    "topologySpreadConstraints": "spread knows zones and nodes",
    "strategy": "pods are replaced one quarter at a time, none of them missing meanwhile",
    "updateStrategy": "pods are replaced one after the other",
    "lifecycle": "a container of the topology has no hooks",
    "imagePullSecrets": "nodes or service accounts have what opens the registry",
    "securityContext": "the namespace's level of podSecurity decides it",
    "runAsGroup": "the image's group is taken",
    "livenessProbe": "one health check asks for readiness and liveness",
    "readinessProbe": "a health check asks by HTTP or TCP",
    "startupProbe": "startupTime of a health check says how long a start may take",
    "persistentVolumeClaim":
      "only pods of a StatefulSet have volumes that outlive them: make it one, or keep what must last elsewhere",
    "replica": "replication of the Database says it, once a cluster in the other region is declared",
    "externalClusters": "replication of the Database says it, once a cluster in the other region is declared",
    "load-balancer-ip-addresses": "addresses of the Gateway say it, once a Network reserves the address",
    "volumes": "the topology knows files, Secrets and three kinds of folders",
    "volumeMounts": "the topology knows files, Secrets and three kinds of folders",
    "hostAliases": "names come from DNS",
    "sessionAffinity": "traffic.affinity keeps a user on one pod, in the mesh",
    "loadBalancerIP": "a load balancer's address belongs to a Gateway",
    "loadBalancerSourceRanges": "who may reach a load balancer is said at a Gateway",
    "externalTrafficPolicy": "preserveClientAddress of a Gateway says it",
    "ephemeral-storage": "resources are cpu and memory", "resources": "resources are cpu and memory",
    "ports": "the ports of a workload are those of its Service",
    "serviceName": "rendering names the headless Service",
    "dnsConfig": "the cluster's DNS is taken", "podManagementPolicy": "pods of a StatefulSet start together",
    "hostNetwork": "pods of the topology have addresses of their own",
    "replicas": "an autoscaler or a field of its own decides",
    "persistentVolumeClaimRetentionPolicy": "claims are kept",
    "env": "a variable has a text, a Secret's key or a field of the pod",
  ]

  /// Why a field has no place, by the first of its keys from the end that has an explanation.
  static func reason(_ keys: [String]) -> String {
    for key in keys.reversed() { if let reason = reasons[key] { return reason } }
    return "the model has no place for it"
  }
}
