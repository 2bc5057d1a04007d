internal import KubeModel
internal import MeshTopology
internal import Seams

extension RedisCluster {
  /// The Job that makes a cluster of the nodes, or adds those that are missing, with the policies that let it.
  ///
  /// The template of a Job cannot be changed. Its name ends with a hash of the template, so that a change makes a new
  /// Job, which finds the cluster formed and adds what is new.
  func formation(in cluster: Cluster, renderer: Renderer) -> [RenderedObject] {
    let runner = runner
    var template = KubeObject(JSONObject())
    template.labels = renderer.podLabels(of: runner)
    // A proxy that runs beside the container, rather than before it in Kubernetes' own way, would never let the Job end.
    if renderer.namespace(of: runner).hasIstioInjection {
      template.annotations = ["sidecar.istio.io/nativeSidecar": "true"]
    }
    var spec = renderer.podSpec(of: runner)
    spec["restartPolicy"] = "OnFailure"
    template.set("spec", to: spec)
    let hash = StableHash.word(of: template.json.jsonText()).prefix(8)
    // The name of a Job is the value of a label.
    var job = renderer.object(.job, for: runner, name: "\(runner.name.prefix(54))-\(hash)")
    job.set("spec", "backoffLimit", to: 6)
    job.set("spec", "template", to: template.json)
    let objects: [(RenderedObject.Concern, KubeObject?)] = [
      (.configuration, renderer.configMap(for: runner)),
      (.policy, renderer.networkPolicy(for: runner, in: cluster)),
      (.policy, access(of: runner, renderer: renderer)), (.data, job),
    ]
    return objects.compactMap { concern, object in
      object.map { RenderedObject(object: $0, workload: reference, concern: concern) }
    }
  }

  /// What the Job runs, as a workload of its own. It acts as the nodes do, so that whoever lets nodes talk to each
  /// other lets it.
  private var runner: Workload {
    Workload(name: "\(name)-init", namespace: namespace, image: image).with {
      $0.command = ["sh", RedisScript.path, "form"]
      $0.env = [
        "NODES": .text(nodeNames), "MASTERS": .text("\(masters)"), "REPLICAS": .text("\(replicasPerMaster)"),
      ].merging(secret("REDISCLI_AUTH")) { own, _ in own }
      $0.files = [ConfigurationFile(path: RedisScript.path, content: RedisScript.text)]
      $0.resources = ComputeResources(cpu: "50m", memory: "32Mi").with { $0.memoryLimit = "128Mi" }
      $0.serviceAccount = name
      $0.runAsUser = runAsUser
      $0.hasReadOnlyRoot = true
      $0.calls = [Call(to: reference).with { $0.port = "redis" }]
    }
  }

  private func access(of runner: Workload, renderer: Renderer) -> KubeObject {
    var object = renderer.object(.networkPolicy, for: runner, name: "\(name)-from-init")
    object.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: name]))
    object.set("spec", "policyTypes", to: ["Ingress"])
    object.set(
      "spec", "ingress",
      to: [
        [
          "from": [["podSelector": ["matchLabels": [MeshLabels.app: .string(runner.name)]]]],
          "ports": [["protocol": "TCP", "port": .int(Int64(RedisCluster.clientPort))]],
        ]
      ])
    return object
  }
}
