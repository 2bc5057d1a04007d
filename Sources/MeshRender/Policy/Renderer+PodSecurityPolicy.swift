internal import KubeModel
internal import MeshTopology

extension Renderer {
  /// The level of a namespace in its old form, for clusters that may be older than the labels: a
  /// PodSecurityPolicy, and the permission of the namespace's service accounts to use it. None from Kubernetes 1.25
  /// on, which has no PodSecurityPolicies, and none where the cluster does not say its version.
  ///
  /// The mapping is that of https://kubernetes.io/docs/reference/access-authn-authz/psp-to-pod-security-standards/.
  func podSecurityPolicy(of namespace: Namespace, in cluster: Cluster) -> [RenderedObject] {
    guard let version = cluster.version, VersionNumber(version) < VersionNumber(1, 25) else { return [] }
    var policy = labelled(KubeObject(kind: .podSecurityPolicy, name: "\(topology.name).\(namespace.name)"))
    policy.fields["spec"] = spec(of: namespace, in: cluster)
    // Annotations are how a PodSecurityPolicy speaks of seccomp.
    let isRestricted = namespace.podSecurity == .restricted
    policy.annotations = [
      "seccomp.security.alpha.kubernetes.io/allowedProfileNames": isRestricted ? "runtime/default" : "*"
    ]
    return [RenderedObject(object: policy, workload: nil, concern: .policy)]
      + use(of: policy, in: namespace).map { RenderedObject(object: $0, workload: nil, concern: .access) }
  }

  private func spec(of namespace: Namespace, in cluster: Cluster) -> JSONValue {
    let anything: JSONValue = ["rule": "RunAsAny"]
    var spec: JSONValue = [
      "privileged": false, "allowPrivilegeEscalation": true, "seLinux": anything, "runAsUser": anything,
      "supplementalGroups": anything, "fsGroup": anything,
      "volumes": .array((PodSecurityStandard.usual + PodSecurityStandard.drivers).map(JSONValue.string)),
    ]
    switch namespace.podSecurity {
    case .privileged:
      spec["privileged"] = true
      spec["allowedCapabilities"] = ["*"]
      spec["volumes"] = ["*"]
      for key in ["hostNetwork", "hostIPC", "hostPID"] { spec[key] = true }
      spec["hostPorts"] = [["min": 0, "max": 65_535]]
    case .baseline:
      spec["allowedCapabilities"] = .array(PodSecurityStandard.baselineCapabilities.map(JSONValue.string))
    case .restricted:
      let groups: JSONValue = [
        "rule": "MustRunAs",
        "ranges": [["min": 1, "max": .int(Int64(largestGroup(of: namespace, in: cluster)))]],
      ]
      spec["allowPrivilegeEscalation"] = false
      spec["requiredDropCapabilities"] = ["ALL"]
      spec["volumes"] = .array(PodSecurityStandard.usual.map(JSONValue.string))
      spec["runAsUser"] = ["rule": "MustRunAsNonRoot"]
      spec["supplementalGroups"] = groups
      spec["fsGroup"] = groups
    }
    return spec
  }

  /// The largest group that a pod has: those of users by default, or what a workload says.
  private func largestGroup(of namespace: Namespace, in cluster: Cluster) -> Int {
    let own = workloads(in: cluster).filter { $0.namespace == namespace.name }
    return ([65_535] + own.flatMap { [$0.fsGroup, $0.runAsUser].compactMap(\.self) }).max() ?? 65_535
  }

  private func use(of policy: KubeObject, in namespace: Namespace) -> [KubeObject] {
    let name = "\(topology.name):\(namespace.name):pod-security"
    var role = labelled(KubeObject(kind: .clusterRole, name: name))
    role.set(
      "rules",
      to: [
        [
          "apiGroups": ["policy"], "resources": ["podsecuritypolicies"], "verbs": ["use"],
          "resourceNames": [.string(policy.name)],
        ]
      ])
    var binding = labelled(KubeObject(kind: .roleBinding, namespace: namespace.name, name: "pod-security"))
    let group = ResourceKind.clusterRole.group
    binding.set(
      "subjects",
      to: [
        [
          "apiGroup": .string(group), "kind": "Group",
          "name": .string("system:serviceaccounts:\(namespace.name)"),
        ]
      ])
    binding.set(
      "roleRef", to: ["apiGroup": .string(group), "kind": "ClusterRole", "name": .string(name)])
    return [role, binding]
  }

  private func labelled(_ object: KubeObject) -> KubeObject {
    var object = object
    object.labels = systemLabels
    return object
  }
}

/// What the Pod Security Standards allow by name.
private enum PodSecurityStandard {
  static let usual = ["configMap", "downwardAPI", "emptyDir", "persistentVolumeClaim", "projected", "secret"]
  static let drivers = ["csi", "ephemeral"]
  static let baselineCapabilities = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]
}
