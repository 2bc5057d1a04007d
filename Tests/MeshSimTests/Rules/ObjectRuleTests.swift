import KubeModel
import Testing

@testable import MeshSim

@Suite("The rules of other kinds")
struct ObjectRuleTests {
  private static let cases: [String: RuleCase] = [
    "cm": RuleCase("v1", "ConfigMap", ["data": ["a": "b"]]),
    "immutable": RuleCase("v1", "ConfigMap", ["data": ["a": "b"], "immutable": true]),
    "secret": RuleCase("v1", "Secret", ["data": ["a": "Yg=="]]),
    "service": RuleCase(
      "v1", "Service",
      [
        "spec": [
          "clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9"], "ipFamilies": ["IPv4"],
          "ipFamilyPolicy": "SingleStack", "ports": [["port": 80]],
        ]
      ]),
    "namespace": RuleCase("v1", "Namespace", [:]),
    "node": RuleCase("v1", "Node", ["spec": ["podCIDRs": ["10.0.0.0/24"]]]),
    "pvc": RuleCase(
      "v1", "PersistentVolumeClaim",
      ["spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]]]),
    "pv": RuleCase(
      "v1", "PersistentVolume",
      [
        "spec": [
          "accessModes": ["ReadWriteOnce"], "capacity": ["storage": "1Gi"], "hostPath": ["path": "/x"],
        ]
      ]),
    "limits": RuleCase("v1", "LimitRange", ["spec": ["limits": [["type": "Container"]]]]),
    "quota": RuleCase("v1", "ResourceQuota", ["spec": ["hard": ["pods": "1"]]]),
    "policy": RuleCase("networking.k8s.io/v1", "NetworkPolicy", ["spec": ["podSelector": [:]]]),
    "ingress": RuleCase(
      "networking.k8s.io/v1", "Ingress",
      ["spec": ["defaultBackend": ["service": ["name": "s", "port": ["number": 80]]]]]),
    "slice": RuleCase(
      "discovery.k8s.io/v1", "EndpointSlice",
      ["addressType": "IPv4", "endpoints": [["addresses": ["10.1.2.3"]]], "ports": [["port": 80]]]),
    "pdb": RuleCase("policy/v1", "PodDisruptionBudget", ["spec": ["minAvailable": 1]]),
    "role": RuleCase(
      "rbac.authorization.k8s.io/v1", "Role",
      ["rules": [["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]]]),
    "binding": RuleCase(
      "rbac.authorization.k8s.io/v1", "RoleBinding",
      ["roleRef": ["kind": "Role", "name": "r"], "subjects": [["kind": "User", "name": "u"]]]),
    "lease": RuleCase("coordination.k8s.io/v1", "Lease", ["spec": ["holderIdentity": "me"]]),
    "priority": RuleCase("scheduling.k8s.io/v1", "PriorityClass", ["value": 5]),
    "class": RuleCase("storage.k8s.io/v1", "StorageClass", ["provisioner": "example.com/p"]),
    "webhook": RuleCase(
      "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration",
      [
        "webhooks": [
          [
            "name": "a.example.com", "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": ["url": "https://x"],
          ]
        ]
      ]),
  ]

  /// Rows of `KIND CHANGE => ERRORS`.
  private struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let row: RuleRow
    var testDescription: String { "\(name) \(row.testDescription)" }

    static func rows(_ text: String) -> [Row] {
      text.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return Row(name: String(parts[0]), row: RuleRow.rows(String(parts[1]))[0])
      }
    }
  }

  private static let wrong = Row.rows(
    #"""
    cm {"data":{"a/b":"c"}} => data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
    cm {"data":{"..":"c"}} => data[..]: Invalid value: "..": must not be '..'
    cm {"data":{"..x":"c"}} => data[..x]: Invalid value: "..x": must not start with '..'
    cm {"binaryData":{"a":"Yg=="}} => data[a]: Invalid value: "a": duplicate of key present in binaryData
    cm {"metadata":{"name":""}} => metadata.name: Required value: name or generateName is required
    cm {"metadata":{"name":"a..b"}} => metadata.name: Invalid value: "a..b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
    cm {"metadata":{"labels":{"a":"no spaces"}}} => metadata.labels: Invalid value: "no spaces": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
    cm {"metadata":{"labels":{"/k":"v"}}} => metadata.labels: Invalid value: "/k": prefix part must be non-empty
    cm {"metadata":{"labels":{"a/":"v"}}} => metadata.labels: Invalid value: "a/": name part must be non-empty; metadata.labels: Invalid value: "a/": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
    cm {"metadata":{"finalizers":["x"]}} => metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified
    cm {"metadata":{"finalizers":["orphan","foregroundDeletion"]}} => metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set
    cm {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}]}} => metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}: /v1, Kind=Event is disallowed from being an owner
    cm {"metadata":{"ownerReferences":[{"apiVersion":"","kind":"A","name":"e","uid":"u"}]}} => metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty
    secret {"type":"kubernetes.io/tls"} => data[tls.crt]: Required value; data[tls.key]: Required value
    secret {"type":"kubernetes.io/dockerconfigjson"} => data[.dockerconfigjson]: Required value
    secret {"type":"kubernetes.io/basic-auth"} => data[username]: Required value; data[password]: Required value
    secret {"type":"kubernetes.io/ssh-auth"} => data[ssh-privatekey]: Required value
    secret {"type":"kubernetes.io/service-account-token"} => metadata.annotations[kubernetes.io/service-account.name]: Required value
    service {"spec":{"ports":null}} => spec.ports: Required value
    service {"spec":{"ports":[{"port":80},{"port":81}]}} => spec.ports[0].name: Required value; spec.ports[1].name: Required value
    service {"spec":{"ports":[{"name":"a","port":80},{"name":"a","port":81}]}} => spec.ports[1].name: Duplicate value: "a"
    service {"spec":{"ports":[{"name":"a","port":80},{"name":"b","port":80}]}} => spec.ports[1]: Duplicate value: {"port":80,"protocol":"TCP"}
    service {"spec":{"ports":[{"port":70000,"targetPort":1}]}} => spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive
    service {"spec":{"ports":[{"port":80,"nodePort":30000}]}} => spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'
    service {"spec":{"type":"Weird"}} => spec.type: Unsupported value: "Weird": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
    service {"spec":{"type":"NodePort","clusterIP":"None","clusterIPs":["None"]}} => spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services
    service {"spec":{"type":"ExternalName","clusterIP":null,"clusterIPs":null,"ipFamilies":null,"ipFamilyPolicy":null}} => spec.externalName: Required value
    service {"spec":{"sessionAffinity":"Cookie"}} => spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"
    service {"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":86401}}}} => spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400
    service {"spec":{"externalIPs":["127.0.0.1"]}} => spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
    service {"spec":{"externalTrafficPolicy":"Local"}} => spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
    service {"spec":{"internalTrafficPolicy":"Far"}} => spec.internalTrafficPolicy: Unsupported value: "Far": supported values: "Cluster", "Local"
    service {"spec":{"loadBalancerSourceRanges":["10.0.0.0/8"]}} => spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
    service {"spec":{"selector":{"a b":"c"}}} => spec.selector: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
    service {"spec":{"trafficDistribution":"Near"}} => spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameNode", "PreferSameZone"
    service {"metadata":{"name":"a.b"}} => metadata.name: Invalid value: "a.b": must not contain dots
    namespace {"metadata":{"name":"a.b"}} => metadata.name: Invalid value: "a.b": must not contain dots
    namespace {"spec":{"finalizers":["x"]}} => spec.finalizers: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified
    node {"spec":{"podCIDRs":["10.0.0.0"]}} => spec.podCIDRs[0]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
    node {"spec":{"taints":[{"key":"a","effect":"Go"}]}} => metadata.taints[0].effect: Unsupported value: "Go": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
    pvc {"spec":{"accessModes":null}} => spec.accessModes: Required value: at least 1 access mode is required
    pvc {"spec":{"accessModes":["Some"]}} => spec.accessModes: Unsupported value: "Some": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"
    pvc {"spec":{"accessModes":["ReadWriteOncePod","ReadWriteOnce"]}} => spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes
    pvc {"spec":{"resources":null}} => spec.resources[storage]: Required value
    pvc {"spec":{"resources":{"requests":{"storage":"0"}}}} => spec.resources[storage]: Invalid value: "0": must be greater than zero
    pvc {"spec":{"volumeMode":"Tape"}} => spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"
    pv {"spec":{"capacity":null}} => spec.capacity: Required value; spec.capacity: Unsupported value: null: supported values: "storage"
    pv {"spec":{"hostPath":null}} => spec: Required value: must specify a volume type
    pv {"spec":{"nfs":{"server":"s","path":"/"}}} => spec.nfs: Forbidden: may not specify more than 1 volume type
    pv {"spec":{"persistentVolumeReclaimPolicy":"Keep"}} => spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"
    pv {"spec":{"hostPath":null,"local":{"path":"/d"}}} => spec.nodeAffinity: Required value: Local volume requires node affinity
    limits {"spec":{"limits":[{"type":"Container","min":{"cpu":"2"},"max":{"cpu":"1"}}]}} => spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1; spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1; spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1
    limits {"spec":{"limits":[{"type":"Pod","default":{"cpu":"1"}}]}} => spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'
    limits {"spec":{"limits":[{"type":"Thing"}]}} => spec.limits[0].type: Invalid value: "Thing": must be a standard limit type or fully qualified
    limits {"spec":{"limits":[{"type":"PersistentVolumeClaim"}]}} => spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided
    quota {"spec":{"hard":{"pods":"-1"}}} => spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0
    quota {"spec":{"hard":{"pods":"1.5"}}} => spec.hard[pods]: Invalid value: "1500m": must be an integer
    quota {"spec":{"scopes":["Old"]}} => spec.scopes: Invalid value: ["Old"]: unsupported scope
    quota {"spec":{"scopes":["BestEffort","NotBestEffort"]}} => spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes
    policy {"spec":{"ingress":[{"from":[{}]}]}} => spec.ingress[0].from[0]: Required value: must specify a peer
    policy {"spec":{"ingress":[{"from":[{"ipBlock":{"cidr":"x"}}]}]}} => spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
    policy {"spec":{"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["11.0.0.0/16"]}}]}]}} => spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`
    policy {"spec":{"egress":[{"to":[{"podSelector":{},"ipBlock":{"cidr":"10.0.0.0/8"}}]}]}} => spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer
    policy {"spec":{"egress":[{"ports":[{"port":80,"endPort":79}]}]}} => spec.egress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`
    policy {"spec":{"egress":[{"ports":[{"protocol":"ICMP"}]}]}} => spec.egress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"
    policy {"spec":{"policyTypes":["Both"]}} => spec.policyTypes[0]: Unsupported value: "Both": supported values: "Ingress", "Egress"
    ingress {"spec":{"defaultBackend":null}} => spec: Invalid value: null: either `defaultBackend` or `rules` must be specified
    ingress {"spec":{"defaultBackend":{"service":{"port":null}}}} => spec.defaultBackend: Required value: port name or number is required
    ingress {"spec":{"defaultBackend":{"service":null}}} => spec.defaultBackend: Invalid value: "": resource or service backend is required
    ingress {"spec":{"rules":[{"host":"10.0.0.1"}]}} => spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address
    ingress {"spec":{"rules":[{"host":"a.*.b"}]}} => spec.rules[0].host: Invalid value: "a.*.b": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
    ingress {"spec":{"rules":[{"http":{"paths":[]}}]}} => spec.rules[0].http.paths: Required value
    ingress {"spec":{"rules":[{"http":{"paths":[{"path":"x","pathType":"Exact","backend":{"service":{"name":"s","port":{"number":1}}}}]}}]}} => spec.rules[0].http.paths[0].path: Invalid value: "x": must be an absolute path
    ingress {"spec":{"rules":[{"http":{"paths":[{"path":"/a//b","pathType":"Prefix","backend":{"service":{"name":"s","port":{"number":1}}}}]}}]}} => spec.rules[0].http.paths[0].path: Invalid value: "/a//b": must not contain '//'
    ingress {"spec":{"rules":[{"http":{"paths":[{"path":"/","pathType":"Regex","backend":{"service":{"name":"s","port":{"number":1}}}}]}}]}} => spec.rules[0].http.paths[0].pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"
    slice {"addressType":"Name"} => addressType: Unsupported value: "Name": supported values: "FQDN", "IPv4", "IPv6"
    slice {"endpoints":[{"addresses":[]}]} => endpoints[0].addresses: Required value: must contain at least 1 address
    slice {"ports":[{"name":"a","port":1},{"name":"a","port":2}]} => ports[1].name: Duplicate value: "a"
    pdb {"spec":{"maxUnavailable":1}} => spec: Invalid value: {"maxUnavailable":1,"minAvailable":1}: minAvailable and maxUnavailable cannot be both set
    pdb {"spec":{"minAvailable":"110%"}} => spec.minAvailable: Invalid value: "110%": must not be greater than 100%
    pdb {"spec":{"unhealthyPodEvictionPolicy":"Never"}} => spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"
    role {"rules":[{"apiGroups":[""],"resources":["pods"]}]} => rules[0].verbs: Required value: verbs must contain at least one value
    role {"rules":[{"verbs":["get"]}]} => rules[0].apiGroups: Required value: resource rules must supply at least one api group; rules[0].resources: Required value: resource rules must supply at least one resource
    role {"rules":[{"verbs":["get"],"nonResourceURLs":["/x"]}]} => rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs
    role {"metadata":{"name":"a/b"}} => metadata.name: Invalid value: "a/b": may not contain '/'
    binding {"roleRef":{"kind":"Thing"}} => roleRef.kind: Unsupported value: "Thing": supported values: "Role", "ClusterRole"
    binding {"roleRef":{"name":""}} => roleRef.name: Required value
    binding {"subjects":[{"kind":"ServiceAccount","name":"s"}]} => subjects[0].namespace: Required value
    binding {"subjects":[{"kind":"Robot","name":"s"}]} => subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"
    lease {"spec":{"leaseDurationSeconds":0}} => spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0
    lease {"spec":{"leaseTransitions":-1}} => spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0
    lease {"spec":{"holderIdentity":""}} => spec.holderIdentity: Invalid value: "": must not be empty
    priority {"value":1000000001} => value: Forbidden: maximum allowed value of a user defined priority is 1000000000
    priority {"preemptionPolicy":"Push"} => preemptionPolicy: Unsupported value: "Push": supported values: "PreemptLowerPriority", "Never"
    class {"provisioner":""} => provisioner: Required value
    class {"reclaimPolicy":"Recycle"} => reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"
    class {"volumeBindingMode":"Late"} => volumeBindingMode: Unsupported value: "Late": supported values: "Immediate", "WaitForFirstConsumer"
    webhook {"webhooks":[{"name":"a.b","sideEffects":"None","admissionReviewVersions":["v1"],"clientConfig":{"url":"https://x"}}]} => webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots
    webhook {"webhooks":[{"name":"a.b.c","admissionReviewVersions":["v1"],"clientConfig":{"url":"https://x"}}]} => webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun
    webhook {"webhooks":[{"name":"a.b.c","sideEffects":"None","clientConfig":{"url":"https://x"}}]} => webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1
    webhook {"webhooks":[{"name":"a.b.c","sideEffects":"None","admissionReviewVersions":["v1"],"clientConfig":{}}]} => webhooks[0].clientConfig: Required value: exactly one of url or service is required
    """#)

  @Test("refuse a wrong object", arguments: wrong)
  private func errors(row: Row) throws {
    let item = try #require(Self.cases[row.name])
    #expect(item.errors(row.row.change) == row.row.outcome)
  }

  @Test("accept a sound object", arguments: cases.keys.sorted())
  func sound(name: String) throws {
    #expect(try #require(Self.cases[name]).errors([:]) == "")
  }

  private static let changes = Row.rows(
    #"""
    immutable {"data":{"a":"c"}} => data: Forbidden: field is immutable when `immutable` is set
    immutable {"immutable":null} => immutable: Forbidden: field is immutable when `immutable` is set
    immutable {"metadata":{"labels":{"a":"b"}}} => -
    secret {"type":"example.com/x"} => type: Invalid value: "example.com/x": field is immutable
    secret {"data":{"a":"Yw=="}} => -
    service {"spec":{"clusterIP":"10.96.0.10"}} => spec.clusterIPs[0]: Invalid value: ["10.96.0.10"]: may not change once set
    service {"spec":{"clusterIP":"None"}} => spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set
    service {"spec":{"clusterIP":null,"clusterIPs":null}} => -
    service {"spec":{"ports":[{"port":81}]}} => -
    pvc {"spec":{"volumeMode":"Block"}} => spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n- volumeMode: "Filesystem"\n+ volumeMode: "Block"\n; volumeMode: Invalid value: "Block": field is immutable
    slice {"addressType":"IPv6","endpoints":null} => addressType: Invalid value: "IPv6": field is immutable
    binding {"roleRef":{"name":"q"}} => roleRef: Invalid value: {"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"q"}: cannot change roleRef
    binding {"subjects":null} => -
    priority {"value":6} => value: Forbidden: may not be changed in an update.
    class {"parameters":{"a":"b"}} => parameters: Forbidden: updates to parameters are forbidden.
    class {"provisioner":"example.com/q"} => provisioner: Forbidden: updates to provisioner are forbidden.
    quota {"spec":{"scopes":["BestEffort"]}} => spec.scopes: Invalid value: ["BestEffort"]: field is immutable
    node {"spec":{"podCIDRs":["10.0.1.0/24"]}} => spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid
    """#)

  @Test("refuse a wrong change", arguments: changes)
  private func updates(row: Row) throws {
    let item = try #require(Self.cases[row.name])
    let outcome = row.row.outcome.trimmed
    #expect(
      item.updateErrors(row.row.change).split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: "\\n") == outcome)
  }

  @Test(
    "fill in objects",
    arguments: [
      ("secret", ["type"], #""Opaque""#), ("service", ["spec", "type"], #""ClusterIP""#),
      ("service", ["spec", "ports"], #"[{"port":80,"protocol":"TCP","targetPort":80}]"#),
      ("service", ["spec", "internalTrafficPolicy"], #""Cluster""#),
      ("service", ["spec", "sessionAffinity"], #""None""#),
      ("namespace", ["metadata", "labels"], #"{"kubernetes.io/metadata.name":"x"}"#),
      ("pvc", ["spec", "volumeMode"], #""Filesystem""#),
      ("pv", ["spec", "persistentVolumeReclaimPolicy"], #""Retain""#),
      ("pv", ["spec", "hostPath"], #"{"path":"/x","type":""}"#),
      ("policy", ["spec", "policyTypes"], #"["Ingress"]"#),
      ("slice", ["ports"], #"[{"name":"","port":80,"protocol":"TCP"}]"#),
      ("binding", ["roleRef", "apiGroup"], #""rbac.authorization.k8s.io""#),
      ("binding", ["subjects"], #"[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"u"}]"#),
      ("priority", ["preemptionPolicy"], #""PreemptLowerPriority""#),
      ("class", ["reclaimPolicy"], #""Delete""#),
      ("class", ["volumeBindingMode"], #""Immediate""#),
    ] as [(String, [String], String)])
  func defaults(name: String, path: [String], value: String) throws {
    let object = try #require(Self.cases[name]).object()
    #expect(object.json[path: path[...]]?.jsonText() == value)
  }

  @Test("say the same of metadata as often as the real server does (json-patch, finalizers)")
  func repeatedMetadata() throws {
    let live = try #require(Self.cases["cm"]).object()
    var object = live
    object.set("metadata", "annotations", "a b", to: "c")
    #expect(KindRules.of(.configMap).problems(of: object, live: live).count == 4)
    object = live
    object.set("metadata", "uid", to: "w")
    #expect(KindRules.of(.configMap).problems(of: object, live: live).count == 2)
  }

  @Test("write the plain values of a secret as bytes, in place of what is there")
  func plainValues() throws {
    let secret = try #require(Self.cases["secret"]).object(["stringData": ["a": "x", "b": "yz", "c": "abc"]])
    #expect(
      secret.fields["data"] == ["a": "eA==", "b": "eXo=", "c": "YWJj"] && secret.fields["stringData"] == nil)
  }

  @Test("give a service an address and ports that no other has")
  func allocation() throws {
    var service = RuleCase(
      "v1", "Service",
      ["spec": ["type": "NodePort", "ports": [["name": "a", "port": 1], ["name": "b", "port": 2]]]]
    ).object()
    let allocation = ServiceAllocation(usedAddresses: ["10.96.0.2"], usedPorts: [30000])
    #expect(allocation.fill(&service, live: nil) { _ in 0 }.isEmpty)
    #expect(
      service[path: "spec", "clusterIP"] == "10.96.0.3"
        && service[path: "spec", "clusterIPs"] == ["10.96.0.3"])
    #expect(service[path: "spec", "ports"]?.array?.map { $0["nodePort"] } == [30001, 30002])
    var taken = RuleCase("v1", "Service", ["spec": ["clusterIP": "10.96.0.2", "ports": [["port": 1]]]])
      .object()
    KindRules.of(.service).prepareForCreate(&taken)
    #expect(
      RuleCase.text(allocation.fill(&taken, live: nil) { _ in 0 })
        == #"spec.clusterIPs: Invalid value: ["10.96.0.2"]: failed to allocate IP 10.96.0.2: provided IP is already allocated"#
    )
  }

  @Test(
    "write amounts as Kubernetes does",
    arguments: [
      ("0.5", "500m"), ("1000m", "1"), ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"), ("0.5Gi", "512Mi"),
      ("1000", "1k"),
      ("1024", "1024"), ("0", "0"), ("-1", "-1"), ("1e3", "1e3"), ("100e-3", "100e-3"), ("0.1m", "100u"),
      ("128974848", "128974848"), ("12E", "12E"), ("512Ki", "512Ki"), ("1023", "1023"), ("0.5Mi", "512Ki"),
      ("1.2345k", "1234500m"),
    ])
  func amounts(text: String, canonical: String) { #expect(Amount(text)?.text == canonical) }

  @Test("know no other amounts", arguments: ["", "x", "1x", "Mi", "1 Gi", "--1", "1.2.3"])
  func noAmounts(text: String) { #expect(Amount(text) == nil) }
}
