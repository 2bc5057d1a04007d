import KubeModel
import Testing

@testable import MeshSim

@Suite("Rows of other kinds")
struct TableCellsTests {
  private static let template =
    #""template":{"spec":{"nodeSelector":{"d":"ssd"},"containers":[{"name":"a","image":"i"},{"name":"b","image":"j"}]}}"#

  private static func deployment(_ status: String) -> String {
    #"{"spec":{"replicas":3,"selector":{"matchLabels":{"b":"2","a":"1"},"matchExpressions":[{"key":"c","operator":"In","values":["y","x"]}]},\#(template)},"status":{\#(status)}}"#
  }

  private static func service(_ spec: String, status: String = "") -> String {
    #"{"spec":{\#(spec)},"status":{\#(status)}}"#
  }

  private static func metric(_ type: String, _ field: String, _ target: String, _ current: String? = nil)
    -> String
  {
    let status = current.map { #"{"type":"\#(type)","\#(field)":{"name":"cpu","current":{\#($0)}}}"# } ?? ""
    return
      #"{"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5,"metrics":[{"type":"\#(type)","\#(field)":{"name":"cpu","target":{\#(target)}}}]},"status":{"currentMetrics":[\#(status)]}}"#
  }

  static let workloadsRows: [(String, String, String)] = [
    (
      "apps/v1/Deployment", deployment(#""readyReplicas":2,"updatedReplicas":1,"availableReplicas":2"#),
      "x | 2/3 | 1 | 2 | 5m | a,b | i,j | a=1,b=2,c in (x,y)"
    ),
    ("apps/v1/Deployment", deployment(""), "x | 0/3 | 0 | 0 | 5m | a,b | i,j | a=1,b=2,c in (x,y)"),
    (
      "apps/v1/ReplicaSet",
      #"{"spec":{"replicas":2,"selector":{},\#(template)},"status":{"replicas":2,"readyReplicas":1}}"#,
      "x | 2 | 2 | 1 | 5m | a,b | i,j | <none>"
    ),
    (
      "v1/ReplicationController",
      #"{"spec":{"replicas":2,"selector":{"a":"b"},\#(template)},"status":{"replicas":1}}"#,
      "x | 2 | 1 | 0 | 5m | a,b | i,j | a=b"
    ),
    (
      "apps/v1/StatefulSet", #"{"spec":{"replicas":3,\#(template)},"status":{"readyReplicas":3}}"#,
      "x | 3/3 | 5m | a,b | i,j"
    ),
    (
      "apps/v1/DaemonSet",
      #"{"spec":{"selector":{"matchLabels":{"a":"b"}},\#(template)},"status":{"desiredNumberScheduled":5,"currentNumberScheduled":4,"numberReady":3,"updatedNumberScheduled":2,"numberAvailable":1}}"#,
      "x | 5 | 4 | 3 | 2 | 1 | d=ssd | 5m | a,b | i,j | a=b"
    ),
    (
      "apps/v1/ControllerRevision",
      #"{"metadata":{"ownerReferences":[{"controller":true,"apiVersion":"apps/v1","kind":"StatefulSet","name":"s"}]},"revision":4}"#,
      "x | statefulset.apps/s | 4 | 5m"
    ),
    ("apps/v1/ControllerRevision", #"{"revision":1}"#, "x | <none> | 1 | 5m"),
    (
      "v1/PodTemplate",
      #"{"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"a","image":"i"}]}}}"#,
      "x | a | i | a=b"
    ),
    (
      "batch/v1/Job",
      #"{"spec":{"completions":3,"parallelism":2,"selector":{"matchLabels":{"a":"b"}},\#(template)},"status":{"succeeded":1,"startTime":"2026-01-01T23:58:00Z"}}"#,
      "x | Running | 1/3 | 2m | 5m | a,b | i,j | a=b"
    ),
    (
      "batch/v1/Job",
      #"{"spec":{"parallelism":2,\#(template)},"status":{"conditions":[{"type":"Complete","status":"True"}],"succeeded":1,"startTime":"2026-01-01T23:58:00Z","completionTime":"2026-01-01T23:58:30Z"}}"#,
      "x | Complete | 1/1 of 2 | 30s | 5m | a,b | i,j | <none>"
    ),
    (
      "batch/v1/Job",
      #"{"spec":{"parallelism":1,\#(template)},"status":{"conditions":[{"type":"Failed","status":"True"}]}}"#,
      "x | Failed | 0/1 |  | 5m | a,b | i,j | <none>"
    ),
    (
      "batch/v1/Job",
      #"{"spec":{"completions":1,\#(template)},"status":{"conditions":[{"type":"Suspended","status":"True"},{"type":"Failed","status":"False"}]}}"#,
      "x | Suspended | 0/1 |  | 5m | a,b | i,j | <none>"
    ),
    (
      "batch/v1/Job",
      #"{"spec":{"completions":1,\#(template)},"status":{"conditions":[{"type":"FailureTarget","status":"True"}]}}"#,
      "x | FailureTarget | 0/1 |  | 5m | a,b | i,j | <none>"
    ),
    (
      "batch/v1/CronJob",
      #"{"spec":{"schedule":"* * * * *","suspend":false,"jobTemplate":{"spec":{\#(template)}}},"status":{"active":[{}],"lastScheduleTime":"2026-01-01T23:59:00Z"}}"#,
      "x | * * * * * | <none> | False | 1 | 60s | 5m | a,b | i,j | <none>"
    ),
    (
      "batch/v1/CronJob",
      #"{"spec":{"schedule":"@daily","timeZone":"Europe/Berlin","suspend":true,"jobTemplate":{"spec":{\#(template)}}}}"#,
      "x | @daily | Europe/Berlin | True | 0 | <none> | 5m | a,b | i,j | <none>"
    ),
    (
      "policy/v1/PodDisruptionBudget", #"{"spec":{"minAvailable":"50%"},"status":{"disruptionsAllowed":2}}"#,
      "x | 50% | N/A | 2 | 5m"
    ),
    ("policy/v1/PodDisruptionBudget", #"{"spec":{"maxUnavailable":1}}"#, "x | N/A | 1 | 0 | 5m"),
  ]

  static let autoscalersRows: [(String, String)] = [
    (#"{"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5}}"#, "<none> | <unset>"),
    (metric("Resource", "resource", #""averageUtilization":80"#), "cpu: <unknown>/80% | <unset>"),
    (
      metric(
        "Resource", "resource", #""averageUtilization":80"#, #""averageUtilization":12,"averageValue":"3m""#),
      "cpu: 12%/80% | <unset>"
    ),
    (
      metric("Resource", "resource", #""averageValue":"100Mi""#, #""averageValue":"5Mi""#),
      "cpu: 5Mi/100Mi | <unset>"
    ),
    (metric("Resource", "resource", ""), "cpu: <unknown>/<auto> | <unset>"),
    (
      metric(
        "ContainerResource", "containerResource", #""averageUtilization":50"#, #""averageUtilization":1"#),
      "cpu: 1%/50% | <unset>"
    ),
    (metric("Pods", "pods", #""averageValue":"10""#, #""averageValue":"7500m""#), "7500m/10 | <unset>"),
    (metric("Object", "object", #""value":"10""#, #""value":"3""#), "3/10 | <unset>"),
    (metric("Object", "object", #""averageValue":"10""#), "<unknown>/10 (avg) | <unset>"),
    (metric("External", "external", #""value":"10""#), "<unknown>/10 | <unset>"),
    (metric("External", "external", #""averageValue":"10""#, #""averageValue":"1""#), "1/10 (avg) | <unset>"),
    (metric("Other", "other", ""), "<unknown type> | <unset>"),
    (
      #"{"spec":{"minReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5,"metrics":[{"type":"Pods","pods":{"target":{"averageValue":"1"}}},{"type":"Pods","pods":{"target":{"averageValue":"2"}}},{"type":"Pods","pods":{"target":{"averageValue":"3"}}}]}}"#,
      "<unknown>/1, <unknown>/2 + 1 more... | 2"
    ),
  ]

  static let networkRows: [(String, String, String)] = [
    (
      "v1/Service",
      service(
        #""type":"ClusterIP","clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1"],"ports":[{"port":80,"protocol":"TCP"}],"selector":{"a":"b"}"#
      ),
      "x | ClusterIP | 10.0.0.1 | <none> | 80/TCP | 5m | a=b"
    ),
    (
      "v1/Service",
      service(
        #""type":"ClusterIP","clusterIP":"None","clusterIPs":["None"],"externalIPs":["1.1.1.1","2.2.2.2"]"#),
      "x | ClusterIP | None | 1.1.1.1,2.2.2.2 | <none> | 5m | <none>"
    ),
    (
      "v1/Service",
      service(
        #""type":"NodePort","clusterIPs":["10.0.0.1"],"ports":[{"port":80,"nodePort":30001,"protocol":"TCP"},{"port":53,"nodePort":30002,"protocol":"UDP"}]"#
      ),
      "x | NodePort | 10.0.0.1 | <none> | 80:30001/TCP,53:30002/UDP | 5m | <none>"
    ),
    (
      "v1/Service", service(#""type":"LoadBalancer","clusterIPs":["10.0.0.1"]"#),
      "x | LoadBalancer | 10.0.0.1 | <pending> | <none> | 5m | <none>"
    ),
    (
      "v1/Service",
      service(
        #""type":"LoadBalancer","clusterIPs":["10.0.0.1"],"externalIPs":["9.9.9.9"]"#,
        status: #""loadBalancer":{"ingress":[{"hostname":"b.example"},{"ip":"1.2.3.4"},{"ip":"1.2.3.4"}]}"#),
      "x | LoadBalancer | 10.0.0.1 | 1.2.3.4,b.example,9.9.9.9 | <none> | 5m | <none>"
    ),
    (
      "v1/Service", service(#""type":"ExternalName","externalName":"h.example""#),
      "x | ExternalName | <none> | h.example | <none> | 5m | <none>"
    ),
    ("v1/Endpoints", "{}", "x | <none> | 5m"),
    (
      "v1/Endpoints",
      #"{"subsets":[{"addresses":[{"ip":"10.0.0.1"},{"ip":"fd00::1"}],"ports":[{"port":80}]}]}"#,
      "x | 10.0.0.1:80,[fd00::1]:80 | 5m"
    ),
    (
      "v1/Endpoints",
      #"{"subsets":[{"addresses":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"ports":[{"port":80},{"port":81}]}]}"#,
      "x | 10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 1 more... | 5m"
    ),
    ("v1/Endpoints", #"{"subsets":[{"addresses":[{"ip":"10.0.0.1"}]}]}"#, "x | 10.0.0.1 | 5m"),
    (
      "discovery.k8s.io/v1/EndpointSlice", #"{"addressType":"IPv4","endpoints":[],"ports":[]}"#,
      "x | IPv4 | <unset> | <unset> | 5m"
    ),
    (
      "discovery.k8s.io/v1/EndpointSlice",
      #"{"addressType":"IPv4","ports":[{"port":80},{"name":"n"},{}],"endpoints":[{"addresses":["1"]},{"addresses":["2"]},{"addresses":["3"]},{"addresses":["4"]}]}"#,
      "x | IPv4 | 80,n,* | 1,2,3 + 1 more... | 5m"
    ),
    ("networking.k8s.io/v1/Ingress", #"{"spec":{}}"#, "x | <none> | * |  | 80 | 5m"),
    (
      "networking.k8s.io/v1/Ingress",
      #"{"spec":{"ingressClassName":"nginx","tls":[{}],"rules":[{"host":"a"},{"host":"b"},{"host":"c"},{"host":"d"}]},"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}"#,
      "x | nginx | a,b,c + 1 more... | 1.2.3.4 | 80, 443 | 5m"
    ),
    (
      "networking.k8s.io/v1/IngressClass",
      #"{"spec":{"controller":"c","parameters":{"kind":"K","apiGroup":"g","name":"n"}}}"#,
      "x | c | K.g/n | 5m"
    ),
    ("networking.k8s.io/v1/IngressClass", #"{"spec":{"controller":"c"}}"#, "x | c | <none> | 5m"),
    ("networking.k8s.io/v1/NetworkPolicy", #"{"spec":{"podSelector":{}}}"#, "x | <none> | 5m"),
    (
      "networking.k8s.io/v1/NetworkPolicy", #"{"spec":{"podSelector":{"matchLabels":{"a":"b"}}}}"#,
      "x | a=b | 5m"
    ),
    (
      "networking.k8s.io/v1/IPAddress",
      #"{"spec":{"parentRef":{"resource":"services","namespace":"default","name":"k"}}}"#,
      "x | services/default/k"
    ),
    (
      "networking.k8s.io/v1/ServiceCIDR", #"{"spec":{"cidrs":["10.0.0.0/24","fd00::/64"]}}"#,
      "x | 10.0.0.0/24,fd00::/64 | 5m"
    ),
  ]

  static let othersRows: [(String, String, String)] = [
    ("v1/ConfigMap", #"{"data":{"a":"1"},"binaryData":{"b":""}}"#, "x | 2 | 5m"),
    ("v1/ConfigMap", "{}", "x | 0 | 5m"),
    ("v1/Secret", #"{"type":"Opaque","data":{"a":""}}"#, "x | Opaque | 1 | 5m"),
    ("v1/ServiceAccount", "{}", "x | 5m"),
    ("v1/Namespace", #"{"status":{"phase":"Active"}}"#, "x | Active | 5m"),
    ("v1/LimitRange", "{}", "x | 2026-01-01T23:55:00Z"),
    (
      "v1/ResourceQuota",
      #"{"status":{"hard":{"pods":"4","limits.cpu":"2","requests.cpu":"1"},"used":{"pods":"1","limits.cpu":"500m"}}}"#,
      "x | pods: 1/4, requests.cpu: 0/1 | limits.cpu: 500m/2 | 5m"
    ),
    ("v1/ResourceQuota", "{}", "x |  |  | 5m"),
    (
      "v1/Node",
      #"{"metadata":{"labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/control-plane":"","kubernetes.io/role":"edge"}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"10.0.0.1"}],"nodeInfo":{"kubeletVersion":"v1.36.2","osImage":"Linux","kernelVersion":"6.1","containerRuntimeVersion":"containerd://2"}}}"#,
      "x | Ready,SchedulingDisabled | control-plane,edge,worker | 5m | v1.36.2 | 10.0.0.1 | <none> | Linux | 6.1 | containerd://2"
    ),
    (
      "v1/Node", #"{"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}}"#,
      "x | NotReady | <none> | 5m |  | <none> | <none> | <unknown> | <unknown> | <unknown>"
    ),
    ("v1/Node", "{}", "x | Unknown | <none> | 5m |  | <none> | <none> | <unknown> | <unknown> | <unknown>"),
    (
      "v1/ComponentStatus", #"{"conditions":[{"type":"Healthy","status":"True","message":"ok"}]}"#,
      "x | Healthy | ok | "
    ),
    (
      "v1/PersistentVolume",
      #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteMany","ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"n","name":"c"},"storageClassName":"s","volumeMode":"Block"},"status":{"phase":"Bound"}}"#,
      "x | 1Gi | RWO,RWX | Retain | Bound | n/c | s | <unset> |  | 5m | Block"
    ),
    (
      "v1/PersistentVolume",
      #"{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"spec":{},"status":{"phase":"Released","reason":"r"}}"#,
      "x | 0 |  |  | Terminating |  |  | <unset> | r | 5m | <unset>"
    ),
    (
      "v1/PersistentVolumeClaim",
      #"{"spec":{"resources":{"requests":{"storage":"1Gi"}},"volumeMode":"Filesystem"},"status":{"phase":"Pending"}}"#,
      "x | Pending |  |  |  |  | <unset> | 5m | Filesystem"
    ),
    (
      "v1/PersistentVolumeClaim",
      #"{"spec":{"volumeName":"v","storageClassName":"s","volumeAttributesClassName":"gold"},"status":{"phase":"Bound","capacity":{"storage":"2Gi"},"accessModes":["ReadWriteOncePod","ReadOnlyMany"]}}"#,
      "x | Bound | v | 2Gi | ROX,RWOP | s | gold | 5m | <unset>"
    ),
    (
      "storage.k8s.io/v1/StorageClass",
      #"{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"p","allowVolumeExpansion":true}"#,
      "x (default) | p | Delete | Immediate | true | 5m"
    ),
    (
      "storage.k8s.io/v1/StorageClass",
      #"{"provisioner":"p","reclaimPolicy":"Retain","volumeBindingMode":"WaitForFirstConsumer"}"#,
      "x | p | Retain | WaitForFirstConsumer | false | 5m"
    ),
    ("storage.k8s.io/v1/VolumeAttributesClass", #"{"driverName":"d"}"#, "x | d | 5m"),
    (
      "storage.k8s.io/v1/VolumeAttachment",
      #"{"spec":{"attacher":"a","nodeName":"n","source":{"persistentVolumeName":"v"}},"status":{"attached":true}}"#,
      "x | a | v | n | true | 5m"
    ),
    ("storage.k8s.io/v1/CSINode", #"{"spec":{"drivers":[{},{}]}}"#, "x | 2 | 5m"),
    (
      "storage.k8s.io/v1/CSIDriver",
      #"{"spec":{"attachRequired":false,"tokenRequests":[{"audience":"a"},{"audience":"b"}],"volumeLifecycleModes":["Persistent","Ephemeral"]}}"#,
      "x | false | false | false | a,b | false | Persistent,Ephemeral | 5m"
    ),
    (
      "storage.k8s.io/v1/CSIDriver", #"{"spec":{}}"#,
      "x | true | false | false | <unset> | false | <none> | 5m"
    ),
    ("storage.k8s.io/v1/CSIStorageCapacity", "{}", "x | 2026-01-01T23:55:00Z"),
    ("coordination.k8s.io/v1/Lease", #"{"spec":{"holderIdentity":"h"}}"#, "x | h | 5m"),
    ("coordination.k8s.io/v1/Lease", "{}", "x |  | 5m"),
    (
      "scheduling.k8s.io/v1/PriorityClass", #"{"value":100,"globalDefault":true,"preemptionPolicy":"Never"}"#,
      "x | 100 | true | 5m | Never"
    ),
    ("node.k8s.io/v1/RuntimeClass", #"{"handler":"runsc"}"#, "x | runsc | 5m"),
    ("resource.k8s.io/v1/DeviceClass", "{}", "x | 5m"),
    ("resource.k8s.io/v1/ResourceClaimTemplate", "{}", "x | 5m"),
    ("resource.k8s.io/v1/ResourceClaim", "{}", "x | pending | 5m"),
    (
      "resource.k8s.io/v1/ResourceClaim", #"{"status":{"allocation":{},"reservedFor":[{}]}}"#,
      "x | allocated,reserved | 5m"
    ),
    (
      "resource.k8s.io/v1/ResourceSlice", #"{"spec":{"nodeName":"n","driver":"d","pool":{"name":"p"}}}"#,
      "x | n | d | p | 5m"
    ),
    ("rbac.authorization.k8s.io/v1/Role", "{}", "x | 2026-01-01T23:55:00Z"),
    ("rbac.authorization.k8s.io/v1/ClusterRole", "{}", "x | 2026-01-01T23:55:00Z"),
    (
      "rbac.authorization.k8s.io/v1/RoleBinding",
      #"{"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"},{"kind":"Group","name":"g"},{"kind":"Group","name":"h"},{"kind":"ServiceAccount","namespace":"n","name":"s"}]}"#,
      "x | Role/r | 5m | u | g, h | n/s"
    ),
    (
      "rbac.authorization.k8s.io/v1/ClusterRoleBinding", #"{"roleRef":{"kind":"ClusterRole","name":"r"}}"#,
      "x | ClusterRole/r | 5m |  |  | "
    ),
    ("apiextensions.k8s.io/v1/CustomResourceDefinition", "{}", "x | 2026-01-01T23:55:00Z"),
    (
      "certificates.k8s.io/v1/CertificateSigningRequest",
      #"{"spec":{"signerName":"s","username":"u","expirationSeconds":3600},"status":{"conditions":[{"type":"Approved"}],"certificate":"AA=="}}"#,
      "x | 5m | s | u | 60m | Approved,Issued"
    ),
    ("certificates.k8s.io/v1/CertificateSigningRequest", #"{"spec":{}}"#, "x | 5m |  |  | <none> | Pending"),
    (
      "certificates.k8s.io/v1/CertificateSigningRequest",
      #"{"status":{"conditions":[{"type":"Denied"},{"type":"Failed"}]}}"#,
      "x | 5m |  |  | <none> | Denied,Failed"
    ),
    (
      "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration", #"{"webhooks":[{},{}]}"#, "x | 2 | 5m"
    ),
    ("admissionregistration.k8s.io/v1/MutatingWebhookConfiguration", "{}", "x | 0 | 5m"),
    (
      "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy",
      #"{"spec":{"validations":[{}],"paramKind":{"apiVersion":"v1","kind":"ConfigMap"}}}"#,
      "x | 1 | v1/ConfigMap | 5m"
    ),
    (
      "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", #"{"spec":{"mutations":[{}]}}"#,
      "x | 1 | <unset> | 5m"
    ),
    (
      "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding",
      #"{"spec":{"policyName":"p","paramRef":{"name":"n","namespace":"s"}}}"#, "x | p | s/n | 5m"
    ),
    (
      "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding", #"{"spec":{"policyName":"p"}}"#,
      "x | p | <unset> | 5m"
    ),
    (
      "apiregistration.k8s.io/v1/APIService",
      #"{"status":{"conditions":[{"type":"Available","status":"True","reason":"Local"}]}}"#,
      "x | Local | True | 5m"
    ),
    (
      "apiregistration.k8s.io/v1/APIService",
      #"{"spec":{"service":{"namespace":"n","name":"s"}},"status":{"conditions":[{"type":"Available","status":"False","reason":"MissingEndpoints"}]}}"#,
      "x | n/s | False (MissingEndpoints) | 5m"
    ),
    (
      "flowcontrol.apiserver.k8s.io/v1/FlowSchema",
      #"{"spec":{"priorityLevelConfiguration":{"name":"p"},"matchingPrecedence":10},"status":{"conditions":[{"type":"Dangling","status":"False"}]}}"#,
      "x | p | 10 | <none> | 5m | False"
    ),
    (
      "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration",
      #"{"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":5,"limitResponse":{"queuing":{"queues":64,"handSize":6,"queueLengthLimit":50}}}}}"#,
      "x | Limited | 5 | 64 | 6 | 50 | 5m"
    ),
    (
      "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration", #"{"spec":{"type":"Exempt"}}"#,
      "x | Exempt | <none> | <none> | <none> | <none> | 5m"
    ),
    (
      "v1/Event",
      #"{"lastTimestamp":"2026-01-01T23:59:00Z","firstTimestamp":"2026-01-01T23:58:00Z","type":"Normal","reason":"R","message":" m \n","count":3,"involvedObject":{"kind":"Pod","name":"p","fieldPath":"f"},"source":{"component":"kubelet","host":"n"}}"#,
      "60s | Normal | R | pod/p | f | kubelet, n | m | 2m | 3 | x"
    ),
    (
      "v1/Event",
      #"{"eventTime":"2026-01-01T23:58:00.000000Z","involvedObject":{"kind":"Node"},"reportingComponent":"c"}"#,
      "2m |  |  | node |  | c |  | 2m | 1 | x"
    ),
    (
      "events.k8s.io/v1/Event",
      #"{"eventTime":"2026-01-01T23:58:00.000000Z","series":{"count":7,"lastObservedTime":"2026-01-01T23:59:30.000000Z"},"regarding":{"kind":"Pod","name":"p"},"note":"n","reportingController":"c","reportingInstance":"i"}"#,
      "30s |  |  | pod/p |  | c, i | n | 2m | 7 | x"
    ),
  ]

  @Test("workloads", arguments: workloadsRows)
  func workload(kind: String, json: String, row: String) throws { #expect(try RowText.of(kind, json) == row) }

  @Test("autoscalers show what they measure and what they want", arguments: autoscalersRows)
  func autoscaler(json: String, targets: String) throws {
    let expected = "x | Deployment/d | \(targets) | 5 | 0 | 5m"
    #expect(try RowText.of("autoscaling/v2/HorizontalPodAutoscaler", json) == expected)
  }

  @Test("the old form of an autoscaler has its one metric in a field of its own")
  func oldAutoscaler() throws {
    let row = try RowText.of(
      "autoscaling/v1/HorizontalPodAutoscaler",
      #"{"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5,"targetCPUUtilizationPercentage":80},"#
        + #""status":{"currentCPUUtilizationPercentage":20,"currentReplicas":2}}"#)
    #expect(row == "x | Deployment/d | cpu: 20%/80% | <unset> | 5 | 2 | 5m")
  }

  @Test("services, endpoints and what else is about the network", arguments: networkRows)
  func network(kind: String, json: String, row: String) throws { #expect(try RowText.of(kind, json) == row) }

  @Test("all other kinds", arguments: othersRows)
  func other(kind: String, json: String, row: String) throws { #expect(try RowText.of(kind, json) == row) }

  @Test("every built-in kind with columns has a row of as many cells")
  func allKinds() throws {
    let kinds = Catalogue.builtIn.all.filter { !$0.columns.isEmpty }
    #expect(kinds.count == 61)
    for resource in kinds { _ = try RowText.of("\(resource.kind.apiVersion)/\(resource.kind.kind)", "{}") }
  }
}
