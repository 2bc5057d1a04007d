import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Rendering a shop")
struct RenderingTests {
  @Test("gives each workload its objects, in the order of applying")
  func rendersInOrder() throws {
    let objects = try Example.objects()
    let order = [
      "Namespace", "ServiceAccount", "NetworkPolicy", "Service", "PodDisruptionBudget", "Deployment",
      "HorizontalPodAutoscaler", "PeerAuthentication", "AuthorizationPolicy", "DestinationRule",
      "VirtualService",
    ]
    let ranks = objects.map { order.firstIndex(of: $0.object.kind) }
    #expect(!ranks.contains(nil))
    #expect(ranks.compactMap(\.self) == ranks.compactMap(\.self).sorted())
    #expect(order.map { objects.of($0).count } == [4, 5, 5, 5, 3, 5, 1, 4, 5, 2, 2])
    for kind in order {
      let names = objects.of(kind).map { [$0.namespace ?? "", $0.name] }
      #expect(names == names.sorted { $0.lexicographicallyPrecedes($1) })
      #expect(Set(names).count == names.count)
    }
    #expect(
      objects.allSatisfy { ResourceKind.known(apiVersion: $0.object.apiVersion, kind: $0.object.kind) != nil }
    )
  }

  @Test("gives the same for every cluster, as each must be able to take over")
  func rendersAlikeForAllClusters() throws {
    let topology = try Example.topology()
    let renderer = Renderer(topology: topology)
    #expect(topology.clusters.map(\.name) == ["microservices-cluster", "microservices-cluster-dr"])
    #expect(topology.primaryCluster?.region == "asia-northeast1")
    #expect(renderer.objects(for: topology.clusters[0]) == renderer.objects(for: topology.clusters[1]))
  }

  @Test("does not depend on the order of the files")
  func ignoresFileOrder() throws {
    let files = try Example.files()
    let wanted = try Example.objects()
    for offset in files.indices {
      let rotated = Array((files[offset...] + files[..<offset]).reversed())
      let topology = try TopologyReader().read(files: rotated)
      let cluster = try #require(topology.primaryCluster)
      #expect(Renderer(topology: topology).objects(for: cluster) == wanted)
    }
  }

  @Test("gives YAML that reads back as the same objects")
  func survivesYAML() throws {
    for rendered in try Example.objects() {
      let text = rendered.object.json.yamlText()
      let documents = try YAMLReader().documents(Array(text.utf8), file: "rendered.yaml")
      #expect(documents.map(\.json) == [rendered.object.json], "\(rendered.object.reference)")
    }
  }

  @Test("selects the pods of its own Deployment by each Service and Deployment, and no others")
  func selectsOwnPods() throws {
    let objects = try Example.objects()
    let deployments = objects.of("Deployment")
    for service in objects.of("Service") {
      let selector = try #require(service[path: "spec", "selector"])
      let labels = LabelSelector(matchLabels: [
        MeshLabels.app: try #require(selector[MeshLabels.app]?.string)
      ])
      #expect(selector.object?.count == 1, "a Service must select both tracks")
      let selected = deployments.filter {
        $0.namespace == service.namespace && labels.matches($0.podLabels)
      }
      #expect(selected.map(\.name) == [service.name])
    }
    for deployment in deployments {
      let selector = LabelSelector(json: try #require(deployment[path: "spec", "selector"]))
      #expect(selector?.matches(deployment.podLabels) == true)
      #expect(
        selector?.matches(deployment.podLabels.merging([MeshLabels.track: MeshLabels.canary]) { $1 }) == false
      )
    }
  }

  @Test("has subsets that select the stable pods, and would select a canary's")
  func subsetsSelectPods() throws {
    let objects = try Example.objects()
    for rule in objects.of("DestinationRule") {
      let pods = try objects.only("Deployment", rule.name).podLabels
      let subsets = try #require(rule[path: "spec", "subsets"]?.array)
      let selectors = try subsets.map {
        try #require(LabelSelector(json: ["matchLabels": $0["labels"] ?? .null]))
      }
      try #require(selectors.count == 2)
      #expect(selectors[0].matches(pods) && !selectors[1].matches(pods))
      let canary = pods.merging([MeshLabels.track: MeshLabels.canary]) { $1 }
      #expect(!selectors[0].matches(canary) && selectors[1].matches(canary))
    }
  }

  @Test("meets Pod Security restricted where the namespace asks for it")
  func meetsPodSecurity() throws {
    for deployment in try Example.objects().of("Deployment") {
      let pod = try #require(deployment[path: "spec", "template", "spec"])
      let container = try #require(pod["containers"]?.array?.first)
      #expect(pod[path: "securityContext", "runAsNonRoot"] == true)
      #expect(pod[path: "securityContext", "seccompProfile", "type"] == "RuntimeDefault")
      #expect(container[path: "securityContext", "allowPrivilegeEscalation"] == false)
      #expect(container[path: "securityContext", "capabilities", "drop"] == ["ALL"])
    }
  }

  @Test("pins the number of pods exactly when no autoscaler owns it")
  func pinsReplicas() throws {
    let objects = try Example.objects()
    for deployment in objects.of("Deployment") {
      let isAutoscaled = objects.of("HorizontalPodAutoscaler").contains { $0.name == deployment.name }
      #expect((deployment[path: "spec", "replicas"] == nil) == isAutoscaled)
    }
    let scaler = try objects.only("HorizontalPodAutoscaler", "user-service")
    #expect(scaler[path: "spec", "minReplicas"] == 3)
    #expect(scaler[path: "spec", "maxReplicas"] == 50)
  }

  @Test("exposes the gateway and nothing else")
  func exposesGateway() throws {
    let exposed = try Example.objects().of("Service").filter { $0[path: "spec", "type"] == "LoadBalancer" }
    #expect(exposed.map(\.name) == ["api-gateway"])
  }
}
