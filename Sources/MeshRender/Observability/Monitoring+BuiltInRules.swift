internal import MeshTopology

extension Monitoring {
  /// The rules that follow from the topology.
  func builtInGroups(of topology: Topology, in cluster: Cluster?) -> [RuleGroup] {
    var groups: [RuleGroup] = []
    let judged = topology.workloads.filter { workload in
      workload.rollout != nil && workload.hasRoutedPort
        && topology.namespace(named: workload.namespace)?.hasIstioInjection ?? true
    }
    let wanted = Set(builtInRules)
    if !judged.isEmpty, !wanted.isDisjoint(with: [.availability, .latency]) {
      groups.append(RuleGroup(name: "requests", rules: RequestRules.recordings))
      let alerts = judged.flatMap { workload in
        let rules = RequestRules(workload: workload)
        return (wanted.contains(.availability) ? rules.availability : [])
          + (wanted.contains(.latency) ? rules.latency : [])
      }
      groups.append(RuleGroup(name: "workloads", rules: alerts))
    }
    var platform: [RuleGroup.Rule] = []
    if wanted.contains(.targetDown) { platform.append(targetDown) }
    if wanted.contains(.autoscalerAtMaximum), stateMetrics != nil { platform.append(autoscalerAtMaximum) }
    // A cluster that stands by saves nothing.
    let isPrimary = cluster.map { $0.region == topology.primaryRegion?.name } ?? true
    if wanted.contains(.backupAge), isPrimary, let backup = topology.backup {
      platform += backup.schedules.filter { !$0.isPaused }.flatMap(backupAge)
    }
    if wanted.contains(.certificateExpiry), topology.namespaces.contains(where: \.hasIstioInjection) {
      platform.append(certificateExpiry)
    }
    if !platform.isEmpty { groups.append(RuleGroup(name: "platform", rules: platform)) }
    return groups
  }

  private var targetDown: RuleGroup.Rule {
    RuleGroup.Rule(alert: "TargetDown", expr: "up == 0").with {
      $0.duration = .seconds(300)
      $0.labels = ["severity": "warning"]
      $0.annotations = [
        "summary": "{{ $labels.instance }} of {{ $labels.job }} cannot be scraped",
        "description":
          "See whether its pod runs, and whether a NetworkPolicy lets Prometheus reach the port.",
      ]
    }
  }

  private var autoscalerAtMaximum: RuleGroup.Rule {
    let maximum = "kube_horizontalpodautoscaler_spec_max_replicas"
    let same = "on (namespace, horizontalpodautoscaler)"
    return RuleGroup.Rule(
      alert: "AutoscalerAtMaximum",
      // One whose bounds are the same is always at its maximum, and means it.
      expr: "kube_horizontalpodautoscaler_status_desired_replicas >= \(same) \(maximum) and \(same) "
        + "\(maximum) > \(same) kube_horizontalpodautoscaler_spec_min_replicas"
    ).with {
      $0.duration = .seconds(900)
      $0.labels = ["severity": "warning"]
      $0.annotations = [
        "summary":
          "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has been at its highest number of pods for 15m",
        "description": "Raise autoscaling.max of the workload, or find out why it needs more.",
      ]
    }
  }

  /// Two rules for each schedule, which Velero's measures name.
  private func backupAge(_ schedule: BackupSchedule) -> [RuleGroup.Rule] {
    let last = "velero_backup_last_successful_timestamp{schedule=\"\(schedule.name)\"}"
    let longest = schedule.schedule.longestInterval + backupDelay
    let labels = ["severity": "critical", "schedule": schedule.name]
    return [
      RuleGroup.Rule(
        alert: "BackupTooOld", expr: "time() - max(\(last)) > \(longest.wholeMilliseconds / 1000)"
      ).with {
        $0.duration = .seconds(300)
        $0.labels = labels
        $0.annotations = [
          "summary": "the newest backup of \(schedule.name) is {{ $value | humanizeDuration }} old",
          "description":
            "There should be one every \(schedule.schedule.longestInterval.unitText). See the last Backup of the schedule.",
        ]
      },
      // No evidence is not good evidence; but before its first time a schedule has none.
      RuleGroup.Rule(alert: "BackupUnknown", expr: "absent(\(last))").with {
        $0.duration = longest
        $0.labels = labels
        $0.annotations = [
          "summary": "nothing says that there is a backup of \(schedule.name)",
          "description": "See whether Velero runs and is scraped, and whether the schedule has run.",
        ]
      },
    ]
  }

  private var certificateExpiry: RuleGroup.Rule {
    RuleGroup.Rule(
      alert: "RootCertificateExpires",
      expr: "min(citadel_server_root_cert_expiry_timestamp) - time() < \(30 * 86_400)"
    ).with {
      $0.duration = .seconds(300)
      $0.labels = ["severity": "critical"]
      $0.annotations = [
        "summary": "the mesh's root certificate ends in {{ $value | humanizeDuration }}",
        "description": "Once it has ended, no workload can call another. Give istiod a new one.",
      ]
    }
  }
}
