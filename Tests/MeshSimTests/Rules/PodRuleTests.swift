import KubeModel
import Testing

@testable import MeshSim

@Suite("The rules of pods")
struct PodRuleTests {
  private static let pod = RuleCase(
    "v1", "Pod", ["spec": ["containers": [["name": "a", "image": "i:1"]]]])

  /// A change of the one container.
  private static func contained(_ change: JSONValue) -> JSONValue {
    ["spec": ["containers": [MergePatch.apply(change, to: ["name": "a", "image": "i:1"])]]]
  }

  @Test(
    "refuse a wrong specification",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"containers":[]}} => spec.containers: Required value
      {"spec":{"restartPolicy":"Sometimes"}} => spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"
      {"spec":{"dnsPolicy":"Guess"}} => spec.dnsPolicy: Unsupported value: "Guess": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
      {"spec":{"dnsPolicy":"None"}} => spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None
      {"spec":{"dnsPolicy":"None","dnsConfig":{}}} => spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None
      {"spec":{"dnsConfig":{"nameservers":["x"]}}} => spec.dnsConfig.nameservers[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"spec":{"dnsConfig":{"options":[{"value":"1"}]}}} => spec.dnsConfig.options[0]: Required value: must not be empty
      {"spec":{"activeDeadlineSeconds":0}} => spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
      {"spec":{"hostname":"a.b"}} => spec.hostname: Invalid value: "a.b": must not contain dots
      {"spec":{"nodeSelector":{"a b":"c"}}} => spec.nodeSelector: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"spec":{"preemptionPolicy":"No"}} => spec.preemptionPolicy: Unsupported value: "No": supported values: "PreemptLowerPriority", "Never"
      {"spec":{"os":{"name":"mac"}}} => spec.os: Unsupported value: "mac": supported values: "linux", "windows"
      {"spec":{"os":{"name":""}}} => spec.os.name: Required value: cannot be empty
      {"spec":{"schedulingGates":[{"name":"g"},{"name":"g"}]}} => spec.schedulingGates[1]: Duplicate value: "g"
      {"spec":{"hostAliases":[{"ip":"1.2.3"}]}} => spec.hostAliases[0].ip: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"spec":{"hostUsers":false,"hostNetwork":true}} => spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false
      {"spec":{"ephemeralContainers":[{"name":"e","image":"i"}]}} => spec.ephemeralContainers: Forbidden: cannot be set on create
      {"spec":{"nodeName":"n","schedulingGates":[{"name":"g"}]}} => spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared
      {"spec":{"resourceClaims":[{"name":"c"}]}} => spec.resourceClaims[0]: Invalid value: {"name":"c"}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`
      {"spec":{"tolerations":[{"operator":"Equal"}]}} => spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"
      {"spec":{"tolerations":[{"key":"a","operator":"Exists","value":"v"}]}} => spec.tolerations[0].operator: Invalid value: "v": value must be empty when `operator` is 'Exists'
      {"spec":{"tolerations":[{"key":"a","operator":"Like"}]}} => spec.tolerations[0].operator: Unsupported value: "Like": supported values: "Equal", "Exists"
      {"spec":{"tolerations":[{"key":"a","effect":"Go"}]}} => spec.tolerations[0].effect: Unsupported value: "Go": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
      {"spec":{"tolerations":[{"key":"a","effect":"NoSchedule","tolerationSeconds":1}]}} => spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when `tolerationSeconds` is set
      {"spec":{"topologySpreadConstraints":[{"maxSkew":0,"topologyKey":"k","whenUnsatisfiable":"DoNotSchedule","labelSelector":{}}]}} => spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero
      {"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"","whenUnsatisfiable":"DoNotSchedule"}]}} => spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty
      {"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"No"}]}} => spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "No": supported values: "DoNotSchedule", "ScheduleAnyway"
      {"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"ScheduleAnyway","minDomains":1}]}} => spec.topologySpreadConstraints[0].minDomains: Invalid value: 1: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway
      {"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}}}}} => spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term
      {"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"k","operator":"In"}]}]}}}}} => spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
      {"spec":{"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"k","labelSelector":{"matchExpressions":[{"key":"k","operator":"Near"}]}}]}}}} => spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator: Invalid value: "Near": not a valid selector operator
      {"spec":{"affinity":{"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":0,"podAffinityTerm":{"topologyKey":"k"}}]}}}} => spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100
      {"spec":{"securityContext":{"runAsUser":-1}}} => spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 4294967295, inclusive
      {"spec":{"securityContext":{"fsGroupChangePolicy":"Now"}}} => spec.securityContext.fsGroupChangePolicy: Unsupported value: "Now": supported values: "Always", "OnRootMismatch"
      {"spec":{"securityContext":{"seccompProfile":{"type":"Localhost"}}}} => spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost
      {"spec":{"securityContext":{"seccompProfile":{"type":"Loose"}}}} => spec.securityContext.seccompProfile.type: Unsupported value: "Loose": supported values: "Localhost", "RuntimeDefault", "Unconfined"
      {"spec":{"securityContext":{"sysctls":[{"name":"A","value":"1"}]}}} => spec.securityContext.sysctls[0].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$
      {"spec":{"initContainers":[{"name":"a","image":"i"}]}} => spec.initContainers[0].name: Duplicate value: "a"
      {"spec":{"initContainers":[{"name":"b","image":"i","livenessProbe":{"exec":{"command":["x"]}}}]}} => spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always
      {"metadata":{"annotations":{"controller.kubernetes.io/pod-deletion-cost":"+1"}}} => metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer
      """#))
  func specification(row: RuleRow) {
    #expect(Self.pod.errors(row.change) == row.outcome)
  }

  @Test(
    "refuse a wrong volume",
    arguments: RuleRow.rows(
      #"""
      {"name":"V","emptyDir":{}} => spec.volumes[0].name: Invalid value: "V": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
      {"name":"","emptyDir":{}} => spec.volumes[0].name: Required value
      {"name":"v","emptyDir":{},"secret":{"secretName":"s"}} => spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type
      {"name":"v","secret":{}} => spec.volumes[0].secret.secretName: Required value
      {"name":"v","secret":{"secretName":"s","defaultMode":512}} => spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive
      {"name":"v","configMap":{"name":"c","items":[{"key":"k","path":"../x"}]}} => spec.volumes[0].configMap.items[0].path: Invalid value: "../x": must not contain '..'
      {"name":"v","configMap":{"name":"c","items":[{"key":"","path":"/x"}]}} => spec.volumes[0].configMap.items[0].key: Required value; spec.volumes[0].configMap.items[0].path: Invalid value: "/x": must be a relative path
      {"name":"v","configMap":{"name":""}} => spec.volumes[0].configMap.name: Required value
      {"name":"v","hostPath":{"path":""}} => spec.volumes[0].hostPath.path: Required value
      {"name":"v","hostPath":{"path":"/x","type":"Pipe"}} => spec.volumes[0].hostPath.type: Unsupported value: "Pipe": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"
      {"name":"v","nfs":{"server":"s","path":"x"}} => spec.volumes[0].nfs.path: Invalid value: "x": must be an absolute path
      {"name":"v","persistentVolumeClaim":{"claimName":""}} => spec.volumes[0].persistentVolumeClaim.claimName: Required value
      {"name":"v","downwardAPI":{"items":[{"path":"p"}]}} => spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
      {"name":"v","downwardAPI":{"items":[{"path":"p","fieldRef":{"fieldPath":"status.podIP"}}]}} => spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"
      {"name":"v","ephemeral":{}} => spec.volumes[0].ephemeral.volumeClaimTemplate: Required value
      {"name":"v","ephemeral":{"volumeClaimTemplate":{"spec":{"resources":{"requests":{"storage":"1Gi"}}}}}} => spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required
      {"name":"v","projected":{"sources":[{"secret":{"name":"s","items":[{"key":"a","path":"p"},{"key":"b","path":"p"}]}}]}} => spec.volumes[0].projected: Invalid value: "s": conflicting duplicate paths
      """#))
  func volumes(row: RuleRow) {
    #expect(Self.pod.errors(["spec": ["volumes": [row.change]]]) == row.outcome)
  }

  @Test(
    "refuse a wrong container",
    arguments: RuleRow.rows(
      #"""
      {"name":""} => spec.containers[0].name: Required value
      {"image":""} => spec.containers[0].image: Required value
      {"image":" i"} => spec.containers[0].image: Invalid value: " i": must not have leading or trailing whitespace
      {"imagePullPolicy":"Perhaps"} => spec.containers[0].imagePullPolicy: Unsupported value: "Perhaps": supported values: "Always", "IfNotPresent", "Never"
      {"terminationMessagePolicy":"Log"} => spec.containers[0].terminationMessagePolicy: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError"
      {"ports":[{"containerPort":0}]} => spec.containers[0].ports[0].containerPort: Required value
      {"ports":[{"containerPort":70000}]} => spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive
      {"ports":[{"containerPort":1,"name":"Bad"}]} => spec.containers[0].ports[0].name: Invalid value: "Bad": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
      {"ports":[{"containerPort":1,"name":"a-very-long-port-name"}]} => spec.containers[0].ports[0].name: Invalid value: "a-very-long-port-name": must be no more than 15 characters
      {"ports":[{"containerPort":1,"name":"1"}]} => spec.containers[0].ports[0].name: Invalid value: "1": must contain at least one letter (a-z)
      {"ports":[{"containerPort":1,"name":"a--b"}]} => spec.containers[0].ports[0].name: Invalid value: "a--b": must not contain consecutive hyphens
      {"ports":[{"containerPort":1,"name":"-a"}]} => spec.containers[0].ports[0].name: Invalid value: "-a": must not begin or end with a hyphen
      {"ports":[{"containerPort":1,"name":"a"},{"containerPort":2,"name":"a"}]} => spec.containers[0].ports[1].name: Duplicate value: "a"
      {"ports":[{"containerPort":1,"protocol":"ICMP"}]} => spec.containers[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"
      {"ports":[{"containerPort":1,"hostPort":80},{"containerPort":2,"hostPort":80}]} => spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"
      {"env":[{"value":"x"}]} => spec.containers[0].env[0].name: Required value
      {"env":[{"name":"A=B"}]} => spec.containers[0].env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='
      {"env":[{"name":"A","value":"x","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]} => spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.x"}}}]} => spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.x": error converting fieldPath: field label not supported: metadata.x
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels"}}}]} => spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"
      {"env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":""}}}]} => spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value
      {"env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.gpu"}}}]} => spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"
      {"envFrom":[{}]} => spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
      {"envFrom":[{"configMapRef":{"name":""}}]} => spec.containers[0].envFrom[0].configMapRef.name: Required value
      {"volumeMounts":[{"name":"v","mountPath":"/v"}]} => spec.containers[0].volumeMounts[0].name: Not found: "v"
      {"resources":{"limits":{"cpu":"-1"}}} => spec.containers[0].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0; spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0
      {"resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}} => spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
      {"resources":{"requests":{"example.com/gpu":"1"}}} => spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources
      {"resources":{"limits":{"example.com/gpu":"0.5"}}} => spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer; spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer
      {"resources":{"limits":{"gpu":"1"}}} => spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified; spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers; spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified; spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers
      {"livenessProbe":{}} => spec.containers[0].livenessProbe: Required value: must specify a handler type
      {"livenessProbe":{"exec":{}}} => spec.containers[0].livenessProbe.exec.command: Required value
      {"livenessProbe":{"tcpSocket":{"port":1},"exec":{"command":["x"]}}} => spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
      {"livenessProbe":{"tcpSocket":{"port":1},"successThreshold":2}} => spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1
      {"livenessProbe":{"tcpSocket":{"port":0}}} => spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive
      {"readinessProbe":{"httpGet":{"port":1,"scheme":"GOPHER"}}} => spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: "GOPHER": supported values: "HTTP", "HTTPS"
      {"readinessProbe":{"httpGet":{"port":1},"periodSeconds":-1}} => spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0
      {"readinessProbe":{"grpc":{"port":1},"terminationGracePeriodSeconds":1}} => spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes
      {"lifecycle":{"preStop":{"sleep":{"seconds":31}}}} => spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)
      {"securityContext":{"privileged":true,"allowPrivilegeEscalation":false}} => spec.containers[0].securityContext: Invalid value: {"allowPrivilegeEscalation":false,"privileged":true}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true
      {"securityContext":{"procMount":"Half"}} => spec.containers[0].securityContext.procMount: Unsupported value: "Half": supported values: "Default", "Unmasked"
      {"securityContext":{"runAsGroup":-2}} => spec.containers[0].securityContext.runAsGroup: Invalid value: -2: must be between 0 and 4294967295, inclusive
      {"resizePolicy":[{"resourceName":"disk","restartPolicy":"NotRequired"}]} => spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"
      """#))
  func container(row: RuleRow) {
    #expect(Self.pod.errors(Self.contained(row.change)) == row.outcome)
  }

  @Test(
    "let little change in a pod that is there",
    arguments: RuleRow.rows(
      #"""
      {"metadata":{"labels":{"a":"b"}}} => -
      {"spec":{"activeDeadlineSeconds":5}} => -
      {"spec":{"containers":[{"name":"a","image":"i:2","imagePullPolicy":"IfNotPresent"}]}} => -
      {"spec":{"tolerations":[{"key":"a","operator":"Exists"}]}} => -
      {"spec":{"containers":[]}} => spec.containers: Required value; spec.containers: Forbidden: pod updates may not add or remove containers
      {"spec":{"activeDeadlineSeconds":-1}} => spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive; spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive
      {"spec":{"schedulingGates":[{"name":"g"}]}} => spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'g'
      {"metadata":{"uid":"w"}} => metadata.uid: Invalid value: "w": field is immutable
      {"metadata":{"name":"y"}} => metadata.name: Invalid value: "y": field is immutable
      """#))
  func update(row: RuleRow) {
    #expect(Self.pod.updateErrors(row.change) == row.outcome.trimmed)
  }

  @Test("say what may change when something else does")
  func forbiddenUpdate() {
    let text = Self.pod.updateErrors(["spec": ["hostNetwork": true]])
    #expect(
      text.hasPrefix(
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
          + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously "
          + "negative)\n"))
  }

  @Test(
    "fill in what a container leaves open",
    arguments: RuleRow.rows(
      #"""
      {"image":"x"} => {"image":"x","imagePullPolicy":"Always"}
      {"image":"x:latest"} => {"image":"x:latest","imagePullPolicy":"Always"}
      {"image":"x:1"} => {"image":"x:1","imagePullPolicy":"IfNotPresent"}
      {"image":"host:5000/x"} => {"image":"host:5000/x","imagePullPolicy":"Always"}
      {"image":"x@sha256:00"} => {"image":"x@sha256:00","imagePullPolicy":"IfNotPresent"}
      {"ports":[{"containerPort":1}]} => {"ports":[{"containerPort":1,"protocol":"TCP"}]}
      {"livenessProbe":{"httpGet":{"port":1}}} => {"livenessProbe":{"failureThreshold":3,"httpGet":{"path":"/","port":1,"scheme":"HTTP"},"periodSeconds":10,"successThreshold":1,"timeoutSeconds":1}}
      {"startupProbe":{"grpc":{"port":1},"periodSeconds":0}} => {"startupProbe":{"failureThreshold":3,"grpc":{"port":1,"service":""},"periodSeconds":10,"successThreshold":1,"timeoutSeconds":1}}
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]} => {"env":[{"name":"A","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}]}
      {"env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}}]} => {"env":[{"name":"A","valueFrom":{"resourceFieldRef":{"divisor":"0","resource":"limits.cpu"}}}]}
      {"resources":{"limits":{"cpu":"0.5","memory":"1024Mi"}}} => {"resources":{"limits":{"cpu":"500m","memory":"1Gi"},"requests":{"cpu":"500m","memory":"1Gi"}}}
      {"resources":{"limits":{"cpu":2},"requests":{"cpu":"1000m"}}} => {"resources":{"limits":{"cpu":"2"},"requests":{"cpu":"1"}}}
      {"terminationMessagePath":""} => {"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}
      """#))
  func defaults(row: RuleRow) throws {
    let container = try #require(
      Self.pod.object(Self.contained(row.change))[path: "spec", "containers"]?.array?.first)
    let wanted = try #require(try JSONValue(json: Array(row.outcome.utf8)).object)
    for member in wanted.members { #expect(container[member.key] == member.value) }
  }

  @Test("leave a pod that is filled in as it is")
  func idempotent() {
    let once = Self.pod.object()
    var twice = once.fields
    KindRules.of(.pod).fillDefaults(&twice)
    #expect(once.fields == twice)
    #expect(once[path: "spec", "enableServiceLinks"] == true)
  }

  @Test(
    "warn",
    arguments: RuleRow.rows(
      #"""
      {"env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]} => spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
      {"ports":[{"containerPort":1},{"containerPort":1}]} => spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]
      {"ports":[{"containerPort":1},{"containerPort":1,"hostPort":5}]} => spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]
      {"resources":{"limits":{"memory":"100m"}}} => spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer; spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer
      """#))
  func warnings(row: RuleRow) {
    let object = Self.pod.object(Self.contained(row.change))
    #expect(KindRules.of(.pod).allWarnings(of: object, live: nil).joined(separator: "; ") == row.outcome)
  }

  @Test(
    "warn of old labels and missing selectors",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"nodeSelector":{"beta.kubernetes.io/os":"linux"}}} => spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead
      {"spec":{"imagePullSecrets":[{"name":"s"},{"name":"s"}]}} => spec.imagePullSecrets[1].name: duplicate name "s"
      {"spec":{"terminationGracePeriodSeconds":-1}} => spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1
      {"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"DoNotSchedule"}]}} => spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod
      {"metadata":{"finalizers":["mine"]}} => metadata.finalizers: "mine": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers
      """#))
  func podWarnings(row: RuleRow) {
    #expect(KindRules.of(.pod).allWarnings(of: Self.pod.object(row.change), live: nil) == [row.outcome])
  }
}

extension String {
  /// `-` stands for nothing.
  var trimmed: String { self == "-" ? "" : self }
}
