import KubeModel
import MeshTopology
import Testing

@Suite("An environment")
struct OverlayTests {
  private static let overlay = """
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: user-service
      namespace: production
      environment: embedded
    spec:
      autoscaling:
        max: 5
      calls:
        - to: cache/redis
      traffic: null

    """

  private static func read(_ overlay: String, environment: String? = nil) throws -> Topology {
    try TopologyReader().read(
      files: [TopologyFile(path: "a.yaml", bytes: Array(SmallTopology.text(adding: overlay).utf8))],
      environment: environment)
  }

  @Test("joins mappings, replaces lists and takes away what is null")
  func merges() throws {
    let base = try #require(try OverlayTests.read(OverlayTests.overlay).workload("production/user-service"))
    #expect(base.autoscaling?.max == 50 && base.calls.count == 2 && base.traffic != nil)
    let topology = try OverlayTests.read(OverlayTests.overlay, environment: "embedded")
    let workload = try #require(topology.workload("production/user-service"))
    #expect(workload.autoscaling?.min == 3 && workload.autoscaling?.max == 5)
    #expect(workload.calls.map(\.to) == ["cache/redis"])
    #expect(workload.traffic == nil)
    #expect(workload.image == base.image)
  }

  @Test("keeps its overlays when the topology is written")
  func isWritten() throws {
    let topology = try OverlayTests.read(OverlayTests.overlay)
    #expect(topology.overlays.count == 1)
    #expect(try topology.validated() == topology)
  }

  @Test(
    "is refused with the place in the overlay",
    arguments: [
      (
        "max: 5", "max: 2",
        "a.yaml:168:10: max 2 is below min 3 (Workload/user-service spec.autoscaling.max); raise max to 3 or more, or lower min"
      ),
      (
        "to: cache/redis", "to: cache/reddis",
        "a.yaml:170:11: there is no workload reddis in the namespace cache (Workload/user-service spec.calls[0].to); did you mean cache/redis?"
      ),
      (
        "environment: embedded", "environment: embeded",
        "a.yaml:165:16: there is no environment \"embeded\" (Workload/user-service metadata.environment); did you mean embedded?"
      ),
      (
        "name: user-service", "name: user-servic",
        "a.yaml:163:9: there is no workload \"user-servic\" (Workload/user-servic metadata.name); did you mean user-service?"
      ),
      (
        "namespace: production", "namespace: cache",
        "a.yaml:164:14: there is no workload user-service in the namespace cache (Workload/user-service metadata.namespace); write namespace: production"
      ),
    ])
  func isRefused(_ original: String, _ change: String, _ problem: String) throws {
    let text = OverlayTests.overlay.replacing(original, with: change)
    let error = #expect(throws: TopologyProblems.self) { try OverlayTests.read(text) }
    #expect(error?.description == problem)
  }

  @Test("has defaults of the namespace over defaults of all, and what a workload says over both")
  func hasDefaults() throws {
    let defaults = """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Defaults
      metadata: {name: all}
      spec:
        workload:
          runAsUser: 1000
          resources: {cpu: 10m, memory: 32Mi}
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Defaults
      metadata: {name: cache}
      spec:
        namespace: cache
        workload: {runAsUser: 999}

      """
    let topology = try OverlayTests.read(defaults)
    #expect(topology.workload("cache/redis")?.runAsUser == 999)
    #expect(topology.workload("cache/redis")?.resources?.cpu.description == "10m")
    #expect(topology.workload("production/order-service")?.runAsUser == 1000)
    #expect(topology.workload("production/user-service")?.resources?.cpu.description == "250m")
  }

  @Test("leaves Kubernetes objects as they are")
  func keepsManifests() throws {
    let manifest = """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: banner, namespace: production, annotations: {meshctl.dev/clusters: main}}
      data: {text: "on"}

      """
    let topology = try OverlayTests.read(manifest)
    #expect(topology.manifests.map(\.object.name) == ["banner"])
    #expect(topology.manifests.first?.clusters == ["main"])
    #expect(try topology.validated() == topology)
  }
}
