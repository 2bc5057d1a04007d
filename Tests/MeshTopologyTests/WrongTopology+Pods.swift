extension WrongTopology {
  /// A workload of its own, with `spec` below the image.
  static func workload(_ spec: String, namespace: String = "production") -> String {
    """
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: web, namespace: \(namespace)}
    spec:
      image: web:1.0.0
    \(spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n"))

    """
  }

  static let pods: [WrongTopology] = [
    WrongTopology(
      "a persistent volume of a Deployment",
      adding: workload("volumes: [{name: data, path: /data, kind: persistent, size: 1Gi}]"),
      Wanted(
        at: "165:45", "a persistent volume of a deployment, whose pods would have to share it",
        in: "Workload/web spec.volumes[0].kind", remedy: "write controller: statefulSet")),
    WrongTopology(
      "a persistent volume without a size",
      adding: workload("controller: statefulSet\nvolumes:\n  - {name: data, path: /data, kind: persistent}"),
      Wanted(
        at: "167:7", "a persistent volume without a size", in: "Workload/web spec.volumes[0]",
        remedy: "add size: 10Gi")),
    WrongTopology(
      "a storage class of a volume that does not last",
      adding: workload("volumes: [{name: tmp, path: /tmp, storageClass: fast}]"),
      Wanted(
        at: "165:51", "a storage class, but the volume is not persistent",
        in: "Workload/web spec.volumes[0].storageClass", remedy: "add kind: persistent")),
    WrongTopology(
      "a folder of the node in a hardened namespace",
      adding: workload("volumes: [{name: logs, path: /var/log, kind: node}]"),
      Wanted(
        at: "165:48",
        "a folder of the node, which the level restricted of the namespace production forbids",
        in: "Workload/web spec.volumes[0].kind",
        remedy: "move the workload to a namespace with podSecurity: privileged")),
    WrongTopology(
      "two things at one path",
      adding: workload(
        "files: [{path: /etc/app, content: x}]\nsecrets: [{name: tls, path: /etc/app}]"),
      Wanted(
        at: "166:31", "/etc/app is a path of files already", in: "Workload/web spec.secrets[0].path",
        remedy: "choose another path")),
    WrongTopology(
      "a file without a slash in front",
      adding: workload("files: [{path: etc/app, content: x}]"),
      Wanted(
        at: "165:18", "the path \"etc/app\" does not begin with /", in: "Workload/web spec.files[0].path",
        remedy: "write it like /etc/app/settings.yaml")),
    WrongTopology(
      "a sidecar with the workload's name",
      adding: workload("sidecars: [{name: web, image: \"proxy:1\"}]"),
      Wanted(
        at: "165:21", "another container of the workload is called web",
        in: "Workload/web spec.sidecars[0].name", remedy: "choose another name")),
    WrongTopology(
      "a variable from two sources",
      adding: workload("env: {TOKEN: {secret: {name: a, key: b}, field: status.podIP}}"),
      Wanted(
        at: "165:9", "a value comes from a secret or from a field, one of them",
        in: "Workload/web spec.env.TOKEN",
        remedy: "write secret: {name: …, key: …}, or field: status.podIP, or just the text")),
    WrongTopology(
      "two ways to count pods that must stay",
      adding: workload("replicas: 3\ndisruption: {minAvailable: 2, maxUnavailable: 1}"),
      Wanted(
        at: "166:49", "minAvailable and maxUnavailable exclude each other",
        in: "Workload/web spec.disruption.maxUnavailable", remedy: "keep one of them")),
    WrongTopology(
      "a number of pods of a DaemonSet",
      adding: workload("controller: daemonSet\nreplicas: 3"),
      Wanted(
        at: "166:13", "replicas of a DaemonSet, which has one pod on each node",
        in: "Workload/web spec.replicas", remedy: "remove replicas")),
    WrongTopology(
      "a rollout of a StatefulSet",
      adding: workload("controller: statefulSet\nports: [{name: http, port: 80}]\nrollout: {steps: [20]}"),
      Wanted(
        at: "167:12", "a rollout of a statefulSet, which cannot have a canary beside it",
        in: "Workload/web spec.rollout", remedy: "remove rollout, or write controller: deployment")),
    WrongTopology(
      "a verb that the API has not",
      adding: workload("permissions: [{resources: [pods], verbs: [get, wach]}]"),
      Wanted(
        at: "165:50", "\"wach\" is no verb of the Kubernetes API",
        in: "Workload/web spec.permissions[0].verbs[1]", remedy: "did you mean watch?")),
    WrongTopology(
      "a permission on nothing",
      adding: workload("permissions: [{resources: [], verbs: [get]}]"),
      Wanted(
        at: "165:29", "an empty list", in: "Workload/web spec.permissions[0].resources",
        remedy: "give at least one element")),
    WrongTopology(
      "a capability that the namespace forbids",
      adding: workload("capabilities: [SYS_ADMIN]"),
      Wanted(
        at: "165:18",
        "the capability SYS_ADMIN, which the level restricted of the namespace production forbids",
        in: "Workload/web spec.capabilities[0]",
        remedy: "remove it, or move the workload to a namespace of another level")),
    WrongTopology(
      "a node pool that the cluster has not",
      adding: workload("nodePool: pol"),
      Wanted(
        at: "165:13", "there is no node pool \"pol\"", in: "Workload/web spec.nodePool",
        remedy: "did you mean pool?")),
    WrongTopology(
      "an affinity by two things",
      adding: workload(
        "ports: [{name: http, port: 80}]\ntraffic: {affinity: {header: x-user, source: true}}"),
      Wanted(
        at: "166:13", "an affinity is by header, by cookie or by source, one of them",
        in: "Workload/web spec.traffic.affinity",
        remedy: "write header: x-user-id, cookie: session, or source: true")),
    WrongTopology(
      "a load balancer beside an affinity",
      adding: workload(
        "ports: [{name: http, port: 80}]\ntraffic: {loadBalancer: random, affinity: {header: x-user}}"),
      Wanted(
        at: "166:27", "loadBalancer beside affinity, which decides alone",
        in: "Workload/web spec.traffic.loadBalancer", remedy: "keep one of them")),
    WrongTopology(
      "a fault that is no error",
      adding: workload(
        "ports: [{name: http, port: 80}]\ntraffic: {faults: {abort: {status: 200, percent: 1}}}"),
      Wanted(
        at: "166:38", "200 is outside 400 to 599", in: "Workload/web spec.traffic.faults.abort.status",
        remedy: "choose a number within that range")),
    WrongTopology(
      "a method that HTTP has not",
      adding: workload("calls: [{to: order-service, methods: [get]}]"),
      Wanted(
        at: "165:41", "\"get\" is none of GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS",
        in: "Workload/web spec.calls[0].methods[0]", remedy: "did you mean GET?")),
    WrongTopology(
      "a call's path without a slash",
      adding: workload("calls: [{to: order-service, paths: [api/*]}]"),
      Wanted(
        at: "165:39", "the path \"api/*\" does not begin with /", in: "Workload/web spec.calls[0].paths[0]",
        remedy: "write it like /api/users/*")),
    WrongTopology(
      "a mirror to nowhere",
      adding: workload("ports: [{name: http, port: 80}]\ntraffic: {mirror: {to: order-servic}}"),
      Wanted(
        at: "166:26", "there is no workload order-servic in the namespace production",
        in: "Workload/web spec.traffic.mirror.to", remedy: "did you mean order-service?")),
    WrongTopology(
      "a caller outside the mesh of a callee within",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: Namespace
        metadata: {name: legacy}
        spec: {istioInjection: false}
        ---
        \(workload("calls: [{to: production/order-service}]", namespace: "legacy"))
        """,
      Wanted(
        at: "170:16",
        "production/order-service refuses callers without a certificate of the mesh, and the namespace legacy "
          + "is not part of it",
        in: "Workload/web spec.calls[0].to",
        remedy: "write istioInjection: true for legacy, or mutualTLS: permissive for production")),
    WrongTopology(
      "a user that is Istio's proxy, of a sidecar",
      adding: workload("sidecars: [{name: side, image: \"x:1\", runAsUser: 1337}]"),
      Wanted(
        at: "165:52", "1337 is the user of Istio's proxy, whose traffic bypasses the mesh",
        in: "Workload/web spec.sidecars[0].runAsUser", remedy: "choose another number, such as 1000")),
  ]

  static let platform: [WrongTopology] = [
    WrongTopology(
      "a control plane of another size",
      "controlPlaneRange: 10.0.100.0/28", "controlPlaneRange: 10.0.100.0/24",
      Wanted(
        at: "43:22", "the control plane's range must have 16 addresses, not 256",
        in: "Cluster/main spec.controlPlaneRange", remedy: "write 10.0.100.0/28")),
    WrongTopology(
      "nodes that zones cannot share",
      "machineType: e2-standard-4", "machineType: e2-standard-4\n      nodes: 4",
      Wanted(
        at: "47:14", "4 nodes cannot be shared evenly by 3 zones", in: "Cluster/main spec.nodePools[0].nodes",
        remedy: "write 6, or name the zones")),
    WrongTopology(
      "an IPv6 range where there are IPv4 ones only",
      "range: 10.0.1.0/24", "range: 2001:db8::/64",
      Wanted(
        at: "23:14", "2001:db8::/64 is not an IPv4 range", in: "Network/vpc spec.subnets[0].range",
        remedy: "write it like 10.1.0.0/16")),
    WrongTopology(
      "private services on the addresses of nodes",
      "  subnets:\n    - name: nodes\n",
      "  privateServicesRange: 10.0.0.0/16\n  subnets:\n    - name: nodes\n",
      Wanted(
        at: "24:14",
        "10.0.1.0/24 of subnet nodes overlaps 10.0.0.0/16 of private services at a.yaml:20:25",
        in: "Network/vpc spec.subnets[0].range", remedy: "choose a range that no other has addresses of"),
      Wanted(
        at: "44:22",
        "10.0.100.0/28 of the control plane of main overlaps 10.0.0.0/16 of private services at a.yaml:20:25",
        in: "Cluster/main spec.controlPlaneRange", remedy: "choose a range that no other has addresses of")),
    WrongTopology(
      "a maintenance window at no time of day",
      "podsRange: pods\n", "podsRange: pods\n  maintenance: {start: \"25:00\"}\n",
      Wanted(
        at: "42:24", "\"25:00\" is not a time of day", in: "Cluster/main spec.maintenance.start",
        remedy: "write it like \"18:00\"")),
    WrongTopology(
      "a maintenance window that GKE finds too short",
      "podsRange: pods\n", "podsRange: pods\n  maintenance: {start: \"18:00\", length: 1h}\n",
      Wanted(
        at: "42:41", "1h is outside 4h to 24h", in: "Cluster/main spec.maintenance.length",
        remedy: "choose a duration within that range")),
    WrongTopology(
      "an upgrade that cannot begin",
      "machineType: e2-standard-4",
      "machineType: e2-standard-4\n      upgrade: {maxSurge: 0}",
      Wanted(
        at: "47:7", "an upgrade that may neither add nor take away a node cannot be made",
        in: "Cluster/main spec.nodePools[0].upgrade", remedy: "write maxSurge: 1")),
    WrongTopology(
      "fewer nodes at most than at least",
      "machineType: e2-standard-4",
      "machineType: e2-standard-4\n      autoscaling: {min: 6, max: 3}",
      Wanted(
        at: "47:34", "max 3 is below min 6", in: "Cluster/main spec.nodePools[0].autoscaling.max",
        remedy: "raise max to 6 or more, or lower min")),
    WrongTopology(
      "a version that is none",
      "podsRange: pods\n", "podsRange: pods\n  version: latest\n",
      Wanted(
        at: "42:12", "\"latest\" is not a version", in: "Cluster/main spec.version",
        remedy: "write it like \"1.27.0\", in quotes")),
    WrongTopology(
      "a placeholder for an address",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: ServiceMesh
        metadata: {name: mesh}
        spec: {ingressGateways: [{name: istio-ingressgateway, addresses: {tokyo: RESERVED_IP}}]}

        """,
      Wanted(
        at: "163:74", "\"RESERVED_IP\" is not an IPv4 address",
        in: "ServiceMesh/mesh spec.ingressGateways[0].addresses.tokyo",
        remedy: "write the reserved address itself, such as 203.0.113.10")),
    WrongTopology(
      "a second mesh",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: ServiceMesh
        metadata: {name: one}
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: ServiceMesh
        metadata: {name: two}

        """,
      Wanted(
        at: "166:18", "a second ServiceMesh; the first stands at a.yaml:162:18",
        in: "ServiceMesh/two metadata.name",
        remedy: "keep one: a system has one at most")),
    WrongTopology(
      "an external service with a workload's name",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: ExternalService
        metadata: {name: order-service, namespace: production}
        spec: {hosts: [api.example.com]}

        """,
      Wanted(
        at: "162:18",
        "Workload/order-service has that name too, at a.yaml:117:9, and one Service cannot be both",
        in: "ExternalService/order-service metadata.name", remedy: "choose another name")),
    WrongTopology(
      "an external service without a host",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: ExternalService
        metadata: {name: payments, namespace: production}
        spec: {}

        """,
      Wanted(
        at: "163:1", "hosts is missing", in: "ExternalService/payments spec",
        remedy: "add it, such as hosts: [api.stripe.com]")),
    WrongTopology(
      "an overlay over a document of kind Environment",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: Environment
        metadata: {name: embedded, environment: embedded}
        spec: {clusters: {main: {kind: embedded}}}

        """,
      Wanted(
        at: "162:41", "a document of kind Environment cannot differ between environments",
        in: "Environment/embedded metadata.environment", remedy: "remove metadata.environment")),
    WrongTopology(
      "a mesh too old for the API that is rendered",
      adding: """
        apiVersion: meshctl.dev/v1alpha1
        kind: ServiceMesh
        metadata: {name: mesh}
        spec: {version: "1.20.3"}

        """,
      Wanted(
        at: "163:17", "Istio 1.20.3 does not have the API that is rendered, which came with 1.22",
        in: "ServiceMesh/mesh spec.version", remedy: "write 1.22.0 or later")),
    WrongTopology(
      "more nodes than the subnet has addresses for",
      "machineType: e2-standard-4", "machineType: e2-standard-4\n      autoscaling: {min: 3, max: 300}",
      Wanted(
        at: "45:5", "up to 300 nodes, but 10.0.1.0/24 of the subnet nodes has addresses for 252",
        in: "Cluster/main spec.nodePools",
        remedy: "lower nodes or autoscaling.max, or give the subnet a larger range")),
  ]
}
