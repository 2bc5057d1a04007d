import KubeModel
import Testing

@testable import MeshSim

@Suite("The rules of workloads")
struct WorkloadRuleTests {
  private static let template: JSONValue = [
    "metadata": ["labels": ["app": "a"]], "spec": ["containers": [["name": "a", "image": "i:1"]]],
  ]
  private static let spec: JSONValue = [
    "selector": ["matchLabels": ["app": "a"]], "template": template,
  ]
  private static let deployment = RuleCase("apps/v1", "Deployment", ["spec": spec])
  private static let replicaSet = RuleCase("apps/v1", "ReplicaSet", ["spec": spec])
  private static let statefulSet = RuleCase("apps/v1", "StatefulSet", ["spec": spec])
  private static let daemonSet = RuleCase("apps/v1", "DaemonSet", ["spec": spec])
  private static let job = RuleCase(
    "batch/v1", "Job",
    [
      "spec": [
        "template": ["spec": ["restartPolicy": "Never", "containers": [["name": "a", "image": "i:1"]]]]
      ]
    ])
  private static let cronJob = RuleCase(
    "batch/v1", "CronJob", ["spec": ["schedule": "* * * * *", "jobTemplate": job.base]])
  private static let autoscaler = RuleCase(
    "autoscaling/v2", "HorizontalPodAutoscaler",
    [
      "spec": [
        "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "d"], "maxReplicas": 5,
      ]
    ])

  @Test(
    "refuse a wrong Deployment",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"replicas":-1}} => spec.replicas: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"minReadySeconds":-1}} => spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"revisionHistoryLimit":-1}} => spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"selector":null}} => spec.selector: Required value; spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`
      {"spec":{"selector":{"matchLabels":{"app":"b"}}}} => spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`
      {"spec":{"selector":{"matchLabels":null}}} => spec.selector: Invalid value: {}: empty selector is invalid for deployment
      {"spec":{"strategy":{"type":"Wave"}}} => spec.strategy.type: Unsupported value: "Wave": supported values: "Recreate", "RollingUpdate"
      {"spec":{"strategy":{"type":"Recreate","rollingUpdate":{}}}} => spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'
      {"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":"0%"}}}} => spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0
      {"spec":{"strategy":{"rollingUpdate":{"maxSurge":"x"}}}} => spec.strategy.rollingUpdate.maxSurge: Invalid value: "x": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')
      {"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":"101%"}}}} => spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%
      {"spec":{"strategy":{"rollingUpdate":{"maxSurge":-1}}}} => spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"progressDeadlineSeconds":5,"minReadySeconds":5}} => spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds
      {"spec":{"template":{"spec":{"restartPolicy":"Never"}}}} => spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
      {"spec":{"template":{"spec":{"activeDeadlineSeconds":1}}}} => spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in Deployment is not Supported
      {"spec":{"template":{"spec":{"containers":null}}}} => spec.template.spec.containers: Required value
      {"spec":{"template":{"metadata":{"annotations":{"a b":"c"}}}}} => spec.template.annotations: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      """#))
  func deployments(row: RuleRow) { #expect(Self.deployment.errors(row.change) == row.outcome) }

  @Test("keep a selector", arguments: [deployment, replicaSet, daemonSet])
  func selector(of workload: RuleCase) {
    let change: JSONValue = [
      "spec": [
        "selector": ["matchLabels": ["b": "c"]], "template": ["metadata": ["labels": ["b": "c"]]],
      ]
    ]
    #expect(
      workload.updateErrors(change)
        == #"spec.selector: Invalid value: {"matchLabels":{"app":"a","b":"c"}}: field is immutable"#)
  }

  @Test(
    "refuse a wrong ReplicaSet",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"replicas":-1}} => spec.replicas: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"template":{"spec":{"restartPolicy":"OnFailure"}}}} => spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"
      """#))
  func replicaSets(row: RuleRow) { #expect(Self.replicaSet.errors(row.change) == row.outcome) }

  @Test(
    "refuse a wrong StatefulSet",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"podManagementPolicy":"Wild"}} => spec.podManagementPolicy: Invalid value: "Wild": must be 'OrderedReady' or 'Parallel'
      {"spec":{"updateStrategy":{"type":"Never"}}} => spec.updateStrategy: Invalid value: {"type":"Never"}: must be 'RollingUpdate' or 'OnDelete'
      {"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":{"partition":1}}}} => spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy 'RollingUpdate'
      {"spec":{"updateStrategy":{"rollingUpdate":{"partition":-1}}}} => spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Burn"}}} => spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Burn": supported values: "Delete", "Retain"
      {"spec":{"ordinals":{"start":-1}}} => spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"selector":null}} => spec.selector: Required value; spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`
      """#))
  func statefulSets(row: RuleRow) { #expect(Self.statefulSet.errors(row.change) == row.outcome) }

  @Test("let a StatefulSet mount the claims that it makes")
  func claims() {
    let change: JSONValue = [
      "spec": [
        "template": [
          "spec": [
            "containers": [
              ["name": "a", "image": "i", "volumeMounts": [["name": "data", "mountPath": "/d"]]]
            ]
          ]
        ],
        "volumeClaimTemplates": [
          [
            "metadata": ["name": "data"],
            "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1024Mi"]]],
          ]
        ],
      ]
    ]
    #expect(Self.statefulSet.errors(change) == "")
    let claim = Self.statefulSet.object(change)[path: "spec", "volumeClaimTemplates"]?.array?.first
    #expect(claim?["kind"] == "PersistentVolumeClaim" && claim?[path: "spec", "volumeMode"] == "Filesystem")
    #expect(claim?[path: "spec", "resources", "requests", "storage"] == "1Gi")
    #expect(claim?["status"] == ["phase": "Pending"])
  }

  @Test(
    "say what may change in a StatefulSet",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"replicas":3,"minReadySeconds":1,"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}} => -
      {"spec":{"serviceName":"other"}} => spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
      {"spec":{"podManagementPolicy":"Parallel"}} => spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
      """#))
  func statefulSetUpdates(row: RuleRow) {
    #expect(Self.statefulSet.updateErrors(row.change) == row.outcome.trimmed)
  }

  @Test(
    "refuse a wrong DaemonSet",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"updateStrategy":{"type":"Now"}}} => spec.updateStrategy.type: Unsupported value: "Now": supported values: "RollingUpdate", "OnDelete"
      {"spec":{"updateStrategy":{"rollingUpdate":{"maxSurge":1}}}} => spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero
      {"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":0}}}} => spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0
      """#))
  func daemonSets(row: RuleRow) { #expect(Self.daemonSet.errors(row.change) == row.outcome) }

  @Test("count the templates of a DaemonSet")
  func templateGeneration() {
    var live = Self.daemonSet.object()
    let rules = KindRules.of(.daemonSet)
    rules.prepareForCreate(&live)
    var next = live
    next.set("spec", "template", "metadata", "labels", "v", to: "2")
    rules.prepareForUpdate(&next, live)
    #expect(live.annotations == ["deprecated.daemonset.template.generation": "1"])
    #expect(next.annotations == ["deprecated.daemonset.template.generation": "2"])
  }

  @Test(
    "refuse a wrong Job",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"template":{"spec":{"restartPolicy":"Always"}}}} => spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
      {"spec":{"parallelism":-1}} => spec.parallelism: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"completions":-1}} => spec.completions: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"backoffLimit":-1}} => spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"ttlSecondsAfterFinished":-1}} => spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"completionMode":"Sorted"}} => spec.completionMode: Unsupported value: "Sorted": supported values: "NonIndexed", "Indexed"
      {"spec":{"completionMode":"Indexed","parallelism":1}} => spec.completions: Required value: when completion mode is Indexed
      {"spec":{"backoffLimitPerIndex":1}} => spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode
      {"spec":{"podReplacementPolicy":"Soon"}} => spec.podReplacementPolicy: Unsupported value: "Soon": supported values: "Failed", "TerminatingOrFailed"
      {"spec":{"managedBy":"me"}} => spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")
      {"spec":{"successPolicy":{"rules":[{"succeededCount":1}]}}} => spec.successPolicy: Invalid value: {"rules":[{"succeededCount":1}]}: requires indexed completion mode
      {"spec":{"podFailurePolicy":{"rules":[{"action":"Ignore"}]}}} => spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required
      {"spec":{"podFailurePolicy":{"rules":[{"action":"Stop","onExitCodes":{"operator":"In","values":[1]}}]}}} => spec.podFailurePolicy.rules[0].action: Unsupported value: "Stop": supported values: "Count", "FailIndex", "FailJob", "Ignore"
      {"spec":{"podFailurePolicy":{"rules":[{"action":"FailJob","onExitCodes":{"operator":"In","values":[0]}}]}}} => spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator
      """#))
  func jobs(row: RuleRow) { #expect(Self.job.errors(row.change) == row.outcome) }

  @Test(
    "keep what a Job is",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"parallelism":2}} => -
      {"spec":{"suspend":true}} => -
      {"spec":{"completions":2}} => spec.completions: Invalid value: 2: field is immutable
      {"spec":{"completionMode":"Indexed"}} => spec.completionMode: Invalid value: "Indexed": field is immutable
      """#))
  func jobUpdates(row: RuleRow) { #expect(Self.job.updateErrors(row.change) == row.outcome.trimmed) }

  @Test("give a Job the labels by which it knows its pods")
  func generatedSelector() {
    var job = Self.job.object()
    job.set("metadata", "uid", to: "u")
    KindRules.of(.job).prepareForCreate(&job)
    #expect(job[path: "spec", "selector", "matchLabels"] == ["batch.kubernetes.io/controller-uid": "u"])
    #expect(job.labels["job-name"] == "x" && job.labels["batch.kubernetes.io/controller-uid"] == "u")
    #expect(job[path: "spec", "backoffLimit"] == 6 && job[path: "spec", "completionMode"] == "NonIndexed")
  }

  @Test(
    "refuse a wrong CronJob",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"schedule":""}} => spec.schedule: Required value
      {"spec":{"schedule":"often"}} => spec.schedule: Invalid value: "often": expected exactly 5 fields, found 1: [often]
      {"spec":{"schedule":"60 * * * *"}} => spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60
      {"spec":{"schedule":"* * 0 * *"}} => spec.schedule: Invalid value: "* * 0 * *": beginning of range (0) below minimum (1): 0
      {"spec":{"schedule":"5-1 * * * *"}} => spec.schedule: Invalid value: "5-1 * * * *": beginning of range (5) beyond end of range (1): 5-1
      {"spec":{"schedule":"a * * * *"}} => spec.schedule: Invalid value: "a * * * *": failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax
      {"spec":{"schedule":"*/0 * * * *"}} => spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0
      {"spec":{"schedule":"@often"}} => spec.schedule: Invalid value: "@often": unrecognized descriptor: @often
      {"spec":{"schedule":"@daily"}} => -
      {"spec":{"schedule":"0 0 * JAN MON-FRI"}} => -
      {"spec":{"schedule":"TZ=UTC * * * * *"}} => spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead
      {"spec":{"timeZone":"Etc/UTC"}} => -
      {"spec":{"timeZone":"Nowhere"}} => spec.timeZone: Invalid value: "Nowhere": unknown time zone Nowhere
      {"spec":{"timeZone":"Local"}} => spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones
      {"spec":{"concurrencyPolicy":"Race"}} => spec.concurrencyPolicy: Unsupported value: "Race": supported values: "Allow", "Forbid", "Replace"
      {"spec":{"startingDeadlineSeconds":-1}} => spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"failedJobsHistoryLimit":-1}} => spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0
      {"spec":{"jobTemplate":{"spec":{"selector":{}}}}} => spec.jobTemplate.spec.selector: Invalid value: {}: `selector` will be auto-generated
      {"metadata":{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}} => metadata.name: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": must be no more than 52 bytes
      """#))
  func cronJobs(row: RuleRow) { #expect(Self.cronJob.errors(row.change) == row.outcome.trimmed) }

  @Test(
    "refuse a wrong autoscaler",
    arguments: RuleRow.rows(
      #"""
      {"spec":{"minReplicas":0}} => spec.minReplicas: Invalid value: 0: must be greater than or equal to 1; spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas
      {"spec":{"maxReplicas":0}} => spec.maxReplicas: Required value: must be set and greater than 0; spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`
      {"spec":{"minReplicas":6}} => spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`
      {"spec":{"scaleTargetRef":{"name":""}}} => spec.scaleTargetRef.name: Required value
      {"spec":{"scaleTargetRef":{"apiVersion":"v1"}}} => spec.scaleTargetRef.apiVersion: Invalid value: "v1": apiVersion must specify API group
      {"spec":{"behavior":{"scaleUp":{"stabilizationWindowSeconds":3601}}}} => spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600
      {"spec":{"behavior":{"scaleDown":{"selectPolicy":"Best"}}}} => spec.behavior.scaleDown.selectPolicy: Unsupported value: "Best": supported values: "Disabled", "Max", "Min"
      {"spec":{"behavior":{"scaleDown":{"policies":[{"type":"Pods","value":0,"periodSeconds":15}]}}}} => spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero
      {"spec":{"behavior":{"scaleDown":{"policies":[{"type":"Cores","value":1,"periodSeconds":1801}]}}}} => spec.behavior.scaleDown.policies[0].type: Unsupported value: "Cores": supported values: "Percent", "Pods"; spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800
      {"spec":{"metrics":[{"type":"Luck"}]}} => spec.metrics[0].type: Unsupported value: "Luck": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"
      {"spec":{"metrics":[{"type":"Resource"}]}} => spec.metrics[0].resource: Required value: must populate information for the given metric source
      {"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization"}}}]}} => spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization
      {"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":0}}}]}} => spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0
      {"spec":{"metrics":[{"type":"Pods","pods":{"metric":{"name":"m"},"target":{"type":"AverageValue"}}}]}} => spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue
      {"spec":{"metrics":[{"type":"External","external":{"metric":{"name":""},"target":{"type":"Value","value":"1"}}}]}} => spec.metrics[0].external.metric.name: Required value: must specify a metric name
      """#))
  func autoscalers(row: RuleRow) { #expect(Self.autoscaler.errors(row.change) == row.outcome) }

  @Test(
    "fill in workloads",
    arguments: [
      (deployment, ["spec", "revisionHistoryLimit"], "10"),
      (deployment, ["spec", "progressDeadlineSeconds"], "600"),
      (
        deployment, ["spec", "strategy"],
        #"{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}"#
      ),
      (deployment, ["spec", "template", "spec", "schedulerName"], #""default-scheduler""#),
      (deployment, ["spec", "template", "spec", "terminationGracePeriodSeconds"], "30"),
      (replicaSet, ["spec", "replicas"], "1"),
      (statefulSet, ["spec", "podManagementPolicy"], #""OrderedReady""#),
      (
        statefulSet, ["spec", "updateStrategy"], #"{"rollingUpdate":{"partition":0},"type":"RollingUpdate"}"#
      ),
      (
        statefulSet, ["spec", "persistentVolumeClaimRetentionPolicy"],
        #"{"whenDeleted":"Retain","whenScaled":"Retain"}"#
      ),
      (daemonSet, ["spec", "updateStrategy", "rollingUpdate"], #"{"maxSurge":0,"maxUnavailable":1}"#),
      (job, ["spec", "podReplacementPolicy"], #""TerminatingOrFailed""#),
      (job, ["spec", "suspend"], "false"),
      (cronJob, ["spec", "concurrencyPolicy"], #""Allow""#),
      (cronJob, ["spec", "failedJobsHistoryLimit"], "1"),
      (autoscaler, ["spec", "minReplicas"], "1"),
      (
        autoscaler, ["spec", "metrics"],
        #"[{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},"type":"Resource"}]"#
      ),
    ] as [(RuleCase, [String], String)])
  func defaults(workload: RuleCase, path: [String], value: String) {
    #expect(workload.object().json[path: path[...]]?.jsonText() == value)
  }
}
