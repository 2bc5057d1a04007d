extension WrongTopology {
  private static let pool = "    - name: pool\n      machineType: e2-standard-4\n"
  private static let taints = "      taints: [{key: dedicated, value: gpu, effect: NoSchedule}]\n"
  private static let withTaintedPool =
    "    - name: gpu\n      machineType: n1-standard-4\n" + taints + pool

  static let placement: [WrongTopology] = [
    WrongTopology(
      "a pool whose taint the workload does not tolerate",
      pool, withTaintedPool, adding: workload("nodePool: gpu"),
      Wanted(
        at: "168:13", "the pool gpu of main takes only pods that tolerate dedicated=gpu:NoSchedule",
        in: "Workload/web spec.nodePool",
        remedy:
          "add tolerations: [{key: dedicated, value: \"gpu\", effect: NoSchedule}], or name another pool")
    ),
    WrongTopology(
      "a toleration of another value",
      pool, withTaintedPool,
      adding: workload("nodePool: gpu\ntolerations: [{key: dedicated, value: tpu}]"),
      Wanted(
        at: "168:13", "the pool gpu of main takes only pods that tolerate dedicated=gpu:NoSchedule",
        in: "Workload/web spec.nodePool",
        remedy:
          "add tolerations: [{key: dedicated, value: \"gpu\", effect: NoSchedule}], or name another pool")
    ),
    WrongTopology(
      "no pool without a taint",
      pool, pool + taints,
      Wanted(
        at: "66:9", "no pool of main takes its pods: each has a taint that they do not tolerate",
        in: "Workload/user-service metadata.name",
        remedy: "add tolerations: [{key: dedicated, value: \"gpu\", effect: NoSchedule}] for pool, or a pool "
          + "without taints"),
      Wanted(
        at: "118:9", "no pool of main takes its pods: each has a taint that they do not tolerate",
        in: "Workload/order-service metadata.name",
        remedy: "add tolerations: [{key: dedicated, value: \"gpu\", effect: NoSchedule}] for pool, or a pool "
          + "without taints"),
      Wanted(
        at: "132:9", "no pool of main takes its pods: each has a taint that they do not tolerate",
        in: "Workload/redis metadata.name",
        remedy: "add tolerations: [{key: dedicated, value: \"gpu\", effect: NoSchedule}] for pool, or a pool "
          + "without taints")),
    WrongTopology(
      "a toleration of a value without a key",
      adding: workload("tolerations: [{value: gpu}]"),
      Wanted(
        at: "165:25", "a value without a key, which Kubernetes refuses",
        in: "Workload/web spec.tolerations[0].value",
        remedy: "add key: with the taint's key, or remove value")),
  ]

  private static func external(_ name: String, _ spec: String) -> String {
    """
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata: {name: \(name), namespace: production}
    spec:
      hosts: [\(name).example.com]
      \(spec)

    """
  }

  private static let tcp = "ports: [{name: db, port: 5432, protocol: tcp}]"

  static let external: [WrongTopology] = [
    WrongTopology(
      "an external service among the pods",
      adding: external("legacy", "addresses: [10.1.7.0/24]"),
      Wanted(
        at: "165:15", "10.1.7.0/24 is within 10.1.0.0/16, which the pods of main have",
        in: "ExternalService/legacy spec.addresses[0]",
        remedy: "call the Workload itself, or name addresses outside the clusters")),
    WrongTopology(
      "an external service among the nodes and one among the Services",
      adding: external("legacy", "addresses: [10.0.1.9/32, 203.0.113.0/24, 10.2.0.10/32]"),
      Wanted(
        at: "165:15", "10.0.1.9/32 is within 10.0.1.0/24, which the nodes of main have",
        in: "ExternalService/legacy spec.addresses[0]",
        remedy: "call the Workload itself, or name addresses outside the clusters"),
      Wanted(
        at: "165:44", "10.2.0.10/32 is within 10.2.0.0/16, which the Services of main have",
        in: "ExternalService/legacy spec.addresses[2]",
        remedy: "call the Workload itself, or name addresses outside the clusters")),
    WrongTopology(
      "two TCP services at one port without addresses",
      adding: external("one", tcp) + "---\n" + external("two", tcp),
      Wanted(
        at: "172:28",
        "production/two and production/one both take TCP at port 5432 of any address: the mesh cannot tell "
          + "them apart",
        in: "ExternalService/two spec.ports[0].port",
        remedy: "add addresses: with those that each of them has")),
    WrongTopology(
      "two TCP services at one port of one address",
      adding: external("one", tcp + "\n  addresses: [203.0.113.7/32]") + "---\n"
        + external("two", tcp + "\n  addresses: [203.0.113.8/32, 203.0.113.7/32]"),
      Wanted(
        at: "173:28",
        "production/two and production/one both take TCP at port 5432 of 203.0.113.7/32: the mesh cannot tell "
          + "them apart",
        in: "ExternalService/two spec.ports[0].port",
        remedy: "give each its own addresses, or make them one ExternalService with two hosts")),
  ]

  static let identities: [WrongTopology] = [
    WrongTopology(
      "a Google service account where no project is known",
      adding: workload("googleServiceAccount: web@shop.iam.gserviceaccount.com"),
      Wanted(
        at: "165:25",
        "nobody on main can act as web@shop.iam.gserviceaccount.com: its project is not known, and its "
          + "identities are named after it",
        in: "Workload/web spec.googleServiceAccount", remedy: "add project: to the Network vpc")),
    WrongTopology(
      "a Google service account where nobody can act as one",
      "controlPlaneRange: 10.0.100.0/28\n",
      "controlPlaneRange: 10.0.100.0/28\n  workloadIdentity: false\n",
      adding: workload("googleServiceAccount: web@shop.iam.gserviceaccount.com"),
      Wanted(
        at: "166:25",
        "nobody on main can act as web@shop.iam.gserviceaccount.com: its workloadIdentity is off",
        in: "Workload/web spec.googleServiceAccount",
        remedy: "remove workloadIdentity: false from the Cluster main")),
  ]

  static let manifests: [WrongTopology] = [
    WrongTopology(
      "an object in a namespace that nobody makes",
      adding: """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: banner, namespace: web}

        """,
      Wanted(
        at: "162:37", "there is no namespace \"web\"", in: "ConfigMap/banner metadata.namespace",
        remedy: "add a document of kind Namespace called web, or keep the object Namespace beside it")),
    WrongTopology(
      "an object of a kind that is not known, in a namespace that is nearly there",
      adding: """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: example.com/v1
            kind: Oven
            metadata: {name: big, namespace: productoin}

        """,
      Wanted(
        at: "165:38", "there is no namespace \"productoin\"", in: "Oven/big metadata.namespace",
        remedy: "did you mean production?")),
  ]
}
