import MeshTopology
import Testing

@Suite("Node pools and namespaces")
struct PlacementTests {
  @Test(
    "take pods that tolerate every taint that keeps pods off",
    arguments: [
      (#"[{key: dedicated, value: gpu}]"#, true), (#"[{key: dedicated}]"#, true), (#"[{}]"#, true),
      (#"[{effect: NoSchedule}]"#, true), (#"[{key: dedicated, effect: NoExecute}]"#, false),
      (#"[{key: other}]"#, false), ("[]", false),
    ])
  func takeTolerant(_ tolerations: String, isTaken: Bool) throws {
    let pool = """
          - name: gpu
            machineType: n1-standard-4
            taints:
              - {key: dedicated, value: gpu, effect: NoSchedule}
              - {key: spare, effect: PreferNoSchedule}
          - name: pool

      """
    let text = SmallTopology.text(
      adding: """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Workload
        metadata: {name: web, namespace: production}
        spec: {image: "web:1.0.0", nodePool: gpu, tolerations: \(tolerations)}

        """
    ).replacing("    - name: pool\n", with: pool)
    #expect(SmallTopology.problems(text).isEmpty == isTaken)
  }

  @Test(
    "hold manifests that are in a namespace of the system or in one that comes with them",
    arguments: ["kube-system", "default", "istio-system", "gke-managed-system", "cache", "tools"])
  func holdManifests(_ namespace: String) throws {
    let text = SmallTopology.text(
      adding: """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: banner, namespace: \(namespace)}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: tools}

        """)
    #expect(SmallTopology.problems(text) == [])
  }

  @Test("tell external services apart by port, address and protocol")
  func tellApart() {
    func service(_ name: String, _ spec: String) -> String {
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: ExternalService
      metadata: {name: \(name), namespace: production}
      spec: {hosts: [\(name).example.com], \(spec)}

      """
    }
    let services = [
      service("one", "ports: [{name: db, port: 5432, protocol: tcp}]"),
      service("two", "ports: [{name: db, port: 5433, protocol: tcp}]"),
      service("three", "ports: [{name: db, port: 5432, protocol: tcp}], addresses: [203.0.113.7/32]"),
      service("four", "ports: [{name: db, port: 5432, protocol: tcp}], addresses: [203.0.113.8/32]"),
      service("five", "ports: [{name: https, port: 5432, protocol: https}]"),
      service("six", "addresses: [10.0.0.0/8]"),
    ]
    #expect(SmallTopology.problems(SmallTopology.text(adding: services.joined())) == [])
  }

  @Test("leave identities alone in clusters that are described elsewhere")
  func leaveIdentities() {
    let text = SmallTopology.text(
      adding: """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Workload
        metadata: {name: web, namespace: production}
        spec: {image: "web:1.0.0", googleServiceAccount: web@shop.iam.gserviceaccount.com}

        """
    ).replacing("  name: vpc\nspec:\n", with: "  name: vpc\nspec:\n  project: shop\n")
    #expect(SmallTopology.problems(text) == [])
  }
}
