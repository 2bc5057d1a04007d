import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Rendered rules")
struct RuleTests {
  private func rules(_ change: (inout Topology) -> Void = { _ in }) throws -> [JSONValue] {
    let groups = try ObservedExample.yaml("topology.yml", of: "prometheus", change)["groups"]?.array ?? []
    return groups.flatMap { $0["rules"]?.array ?? [] }
  }

  private func alerts(_ change: (inout Topology) -> Void = { _ in }) throws -> [String] {
    try rules(change).compactMap { $0["alert"]?.string }
  }

  @Test("hold a workload to what its rollout asks of a new version, canary or not")
  func holdWorkloads() throws {
    let rules = try rules()
    let available = try #require(rules.first { $0["alert"] == "WorkloadUnavailable" }?["expr"]?.string)
    #expect(available.contains("< 99 and"))
    #expect(available.hasSuffix("* 300 >= 100"))
    let slow = try #require(rules.first { $0["alert"] == "WorkloadSlow" }?["expr"]?.string)
    #expect(slow.contains("> 500 and"))
    for expression in [available, slow] {
      #expect(expression.contains("destination_workload=~\"user-service(-canary)?\""))
      #expect(expression.contains("destination_workload_namespace=\"production\""))
    }
  }

  @Test("use no label of Istio's measures that these do not have")
  func useLabels() throws {
    let known: Set<String> = [
      "reporter", "destination_workload", "destination_workload_namespace", "response_code",
      "grpc_response_status",
    ]
    for rule in try rules() {
      let expression = rule["expr"]?.string ?? ""
      guard expression.contains("istio_request") else { continue }
      let names = expression.matches(of: /[{,]\s*([a-z_]+)=/).map { String($0.1) }
      #expect(!names.isEmpty && Set(names).isSubset(of: known), "\(expression)")
    }
  }

  @Test("only use recorded measures that are recorded")
  func useRecorded() throws {
    let rules = try rules()
    let recorded = Set(rules.compactMap { $0["record"]?.string })
    for rule in rules where rule["alert"] != nil {
      let used = (rule["expr"]?.string ?? "").matches(of: /[a-z_]+:[a-z_]+:[a-z0-9_]+/).map { String($0.0) }
      #expect(recorded.isSuperset(of: used))
    }
  }

  @Test("follow from what there is")
  func followTopology() throws {
    #expect(
      try alerts() == [
        "WorkloadUnavailable", "WorkloadSlow", "TargetDown", "AutoscalerAtMaximum", "RootCertificateExpires",
      ])
    #expect(try alerts { $0.monitoring?.stateMetrics = nil }.contains("AutoscalerAtMaximum") == false)
    #expect(try alerts { $0.workloads[1].rollout = nil }.contains("WorkloadSlow") == false)
    #expect(try alerts { $0.monitoring?.builtInRules = [.latency] } == ["WorkloadSlow"])
    #expect(
      try alerts { topology in
        for index in topology.namespaces.indices { topology.namespaces[index].hasIstioInjection = false }
      } == ["TargetDown", "AutoscalerAtMaximum"])
  }

  @Test("hold each schedule of backups to its own pace")
  func holdBackups() throws {
    let rules = try rules {
      $0.backup = Backup(
        name: "velero", namespace: "velero",
        schedules: [
          BackupSchedule(name: "daily-backup", schedule: "0 2 * * *"),
          BackupSchedule(name: "paused", schedule: "0 3 * * *").with { $0.isPaused = true },
        ])
    }
    let old = rules.filter { $0["alert"] == "BackupTooOld" }
    #expect(
      old.map { $0["expr"] } == [
        "time() - max(velero_backup_last_successful_timestamp{schedule=\"daily-backup\"}) > 93600"
      ])
    #expect(rules.filter { $0["alert"] == "BackupUnknown" }.map { $0["for"] } == ["26h"])
  }

  @Test("expect no backups of a cluster that stands by")
  func expectNone() throws {
    let topology = try ObservedExample.topology().with {
      $0.regions.append(Region(name: "asia-northeast2", role: .recovery))
      $0.clusters.append(Cluster(name: "standby", region: "asia-northeast2"))
      $0.backup = Backup(
        name: "velero", namespace: "velero", schedules: [BackupSchedule(name: "daily", schedule: "@daily")])
    }
    let monitoring = try #require(topology.monitoring)
    let alerts = topology.clusters.map { cluster in
      monitoring.builtInGroups(of: topology, in: cluster).flatMap(\.rules).filter {
        $0.alert == "BackupTooOld"
      }.count
    }
    #expect(alerts == [1, 0])
  }

  @Test("count a call of gRPC that failed, which HTTP takes for good")
  func countGRPC() throws {
    let failures = try rules().first { $0["record"] == "destination_workload:istio_request_failures:rate5m" }
    let expression = try #require(failures?["expr"]?.string)
    #expect(expression.contains("response_code=~\"5..\"") && expression.contains("grpc_response_status=~"))
  }

  @Test("of the system itself are written as they are given")
  func writeOwn() throws {
    let own = try ObservedExample.yaml("own.yml", of: "prometheus")
    #expect(
      own == [
        "groups": [
          [
            "name": "orders",
            "rules": [
              [
                "alert": "NoOrders",
                "expr": "sum(rate(istio_requests_total{destination_workload=\"user-service\"}[5m])) == 0",
                "for": "10m", "keep_firing_for": "5m", "labels": ["severity": "critical"],
                "annotations": ["summary": "nobody has ordered anything for ten minutes"],
              ]
            ],
          ]
        ]
      ])
  }

  @Test("are the same for the operator, which is told how often to evaluate them")
  func writeOperator() throws {
    let objects = try ObservedExample.objects { $0.monitoring?.management = .operator }
    #expect(!objects.contains { $0.workload?.name == "prometheus" })
    let rule = try objects.only("PrometheusRule", "microservices-topology")
    let groups = rule[path: "spec", "groups"]?.array ?? []
    #expect(groups.map { $0["interval"] } == ["15s", "15s", "15s"])
    #expect(groups.flatMap { $0["rules"]?.array ?? [] } == (try rules()))
    #expect(
      objects.of("ServiceMonitor").map(\.name) == ["istiod", "kube-state-metrics", "kubernetes-apiservers"])
    #expect(objects.of("PodMonitor").map(\.name) == ["istio-proxies", "workloads"])
  }
}
