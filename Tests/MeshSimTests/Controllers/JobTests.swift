import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A Job")
struct JobTests {
  private static let path = "/apis/batch/v1/namespaces/n/jobs"

  private static func job(_ command: [String], spec extra: [(String, JSONValue)] = []) -> JSONValue {
    var spec: JSONValue = [
      "template": [
        "spec": [
          "restartPolicy": "Never",
          "containers": [
            ["name": "app", "image": "busybox", "command": .array(command.map { .string($0) })]
          ],
        ]
      ]
    ]
    for (key, value) in extra { spec[key] = value }
    return ["apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": "j"], "spec": spec]
  }

  private static func run(_ body: JSONValue, _ seconds: Double = 120) throws -> (TestCluster, KubeObject) {
    let cluster = try TestCluster()
    try cluster.send(.post, path, body)
    cluster.advance(seconds)
    return (cluster, try cluster.object(.job, "j"))
  }

  @Test("completes when enough pods have succeeded, never more than its parallelism at a time")
  func completes() throws {
    let (cluster, job) = try Self.run(
      Self.job(["sleep", "5"], spec: [("completions", 5), ("parallelism", 2)]))
    #expect(job.status("succeeded") == 5 && job.condition("Complete")?["status"] == "True")
    #expect(job[path: "status", "active"] == nil && job[path: "status", "completionTime"] != nil)
    let pods = cluster.cluster.view.objects(.pod, namespace: "n")
    #expect(pods.count == 5 && pods.allSatisfy { $0[path: "metadata", "finalizers"] == nil })
    #expect(pods.allSatisfy { $0[path: "status", "phase"] == "Succeeded" })
  }

  @Test("of indexes names those that are done")
  func indexed() throws {
    let (_, job) = try Self.run(
      Self.job(["true"], spec: [("completions", 3), ("parallelism", 3), ("completionMode", "Indexed")]))
    #expect(
      job[path: "status", "completedIndexes"] == "0-2" && job.condition("Complete")?["status"] == "True")
  }

  @Test("fails after its backoff limit, with longer and longer pauses")
  func fails() throws {
    let (cluster, job) = try Self.run(Self.job(["sh", "-c", "exit 2"], spec: [("backoffLimit", 2)]), 300)
    #expect(job.condition("Failed")?["reason"] == "BackoffLimitExceeded" && job.status("failed") == 3)
    #expect(cluster.cluster.view.objects(.pod, namespace: "n").count == 3)
  }

  @Test("fails at once where its policy says so")
  func policy() throws {
    let rule: JSONValue = ["action": "FailJob", "onExitCodes": ["operator": "In", "values": [42]]]
    let (_, job) = try Self.run(
      Self.job(["sh", "-c", "exit 42"], spec: [("podFailurePolicy", ["rules": [rule]])]))
    #expect(job.condition("Failed")?["reason"] == "PodFailurePolicy")
  }

  @Test("ends at its deadline")
  func deadline() throws {
    let (cluster, job) = try Self.run(Self.job(["sleep", "1000"], spec: [("activeDeadlineSeconds", 30)]))
    #expect(job.condition("Failed")?["reason"] == "DeadlineExceeded")
    #expect(cluster.names(.pod).isEmpty)
  }

  @Test("goes by itself when its time after the end is over")
  func expires() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, Self.path, Self.job(["true"], spec: [("ttlSecondsAfterFinished", 20)]))
    cluster.advance(60)
    #expect(cluster.names(.job).isEmpty && cluster.names(.pod).isEmpty)
  }

  @Test("is made by a CronJob each time it is due, and old ones go")
  func cron() throws {
    let cluster = try TestCluster()
    let body: JSONValue = [
      "apiVersion": "batch/v1", "kind": "CronJob", "metadata": ["name": "c"],
      "spec": ["schedule": "*/1 * * * *", "jobTemplate": ["spec": Self.job(["true"])["spec"] ?? .null]],
    ]
    try cluster.send(.post, "/apis/batch/v1/namespaces/n/cronjobs", body)
    cluster.advance(600)
    #expect(cluster.names(.job).count == 3, "three successful ones are kept")
  }
}
