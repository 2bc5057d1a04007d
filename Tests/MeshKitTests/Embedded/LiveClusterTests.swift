import KubeModel
import MeshKit
import Seams
import Testing

@Suite("A live cluster, listed by kubectl")
struct LiveClusterTests {
  private static func cluster(
    resources: String = "configmaps\nservices\nendpoints\nevents\n",
    listed: ProgramResult
  ) -> (LiveCluster, ScriptedPrograms) {
    let programs = ScriptedPrograms([
      "kubectl": { program in
        program.arguments.contains("api-resources") ? ProgramResult(output: Array(resources.utf8)) : listed
      }
    ])
    return (LiveCluster(context: "prod", environment: ["HOME": "/h"], programs: programs), programs)
  }

  @Test("comes as portable objects, and kubectl is asked for what can be listed, by arguments")
  func objects() async throws {
    let list = #"""
      {"kind":"List","items":[
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","uid":"u"}},
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"n"},"spec":{"selector":{"a":"b"}}},
        {"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"web","namespace":"n"}},
        {"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"own","namespace":"n"}},
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n"},"data":{"p":"aHVudGVyMg=="}}]}
      """#
    let (cluster, programs) = LiveClusterTests.cluster(listed: ProgramResult(output: Array(list.utf8)))
    let (objects, complaints) = try await cluster.objects(keepsSecrets: false)
    #expect(
      objects.map { "\($0.reference)" } == [
        "ConfigMap n/a", "Service n/web", "Endpoints n/own", "Secret n/s",
      ])
    #expect(objects[0].uid.isEmpty && complaints.isEmpty)
    #expect(!objects[3].json.jsonText().contains("aHVudGVyMg=="))
    let runs = programs.runs
    #expect(runs.count == 2 && runs.allSatisfy { $0.arguments.prefix(2) == ["--context", "prod"] })
    #expect(runs[1].arguments.contains("configmaps,services,endpoints"), "events are not asked for")
    #expect(runs[1].environment == ["HOME": "/h"])
  }

  @Test("of which some kinds may not be read gives the others, and says so")
  func partly() async throws {
    let (cluster, _) = LiveClusterTests.cluster(
      listed: ProgramResult(
        status: 1,
        output: Array(#"{"items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}]}"#.utf8),
        errors: Array("Error from server (Forbidden): secrets is forbidden\n".utf8)))
    let (objects, complaints) = try await cluster.objects(keepsSecrets: false)
    #expect(objects.count == 1 && complaints == ["Error from server (Forbidden): secrets is forbidden"])
  }

  @Test("that gives no answer, or has no kubectl, is refused with what to do")
  func unreachable() async throws {
    let (cluster, _) = LiveClusterTests.cluster(
      listed: ProgramResult(status: 1, errors: Array("error: context \"prod\" does not exist\n".utf8)))
    let error = try await #require(throws: ProcedureError.self) {
      try await cluster.objects(keepsSecrets: true)
    }
    #expect(error.code == .unreachable && error.message.contains("does not exist"))
    #expect(error.place == "context prod" && error.remedy?.contains("--from") == true)
    let without = LiveCluster(context: "prod", environment: [:], programs: ScriptedPrograms())
    let missing = try await #require(throws: ProcedureError.self) {
      try await without.objects(keepsSecrets: true)
    }
    #expect(missing.code == .unreachable && missing.remedy?.contains("install kubectl") == true)
  }
}
