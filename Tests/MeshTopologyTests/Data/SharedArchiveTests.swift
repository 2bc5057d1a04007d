import MeshTopology
import Testing

@Suite("Environments")
struct SharedArchiveTests {
  @Test(
    "may name one bucket where only one of them writes to it",
    arguments: [
      ["production: prod"], ["production: prod", "embedded: "], ["production: prod", "again: prod"],
      ["production: prod", "mine: current"],
    ])
  func mayShare(_ environments: [String]) {
    let documents = environments.map { environment in
      let parts = environment.split(separator: ": ", omittingEmptySubsequences: false)
      let access =
        switch parts[1] {
        case "": "kind: embedded"
        case "current": "kind: kubeconfig"
        default: "kind: kubeconfig, context: \(parts[1])"
        }
      return """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Environment
        metadata: {name: \(parts[0])}
        spec: {clusters: {main: {\(access)}}}

        """
    }
    #expect(SmallTopology.problems(DataTopology.text + documents.joined()) == [])
  }
}
