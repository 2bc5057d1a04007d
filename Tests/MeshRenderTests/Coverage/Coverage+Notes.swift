import KubeModel

extension Coverage {
  /// What the reference design says in words: the deploy job, two regions, the parts of Istio.
  static let notes: [CoveredObject] = githubActionsDeploy + multiRegion + istioArchitecture

  private static let githubActionsDeploy = [
    CoveredObject(
      "github-actions-deploy.yaml", of: "github-actions-deploy.yaml",
      from: "Workload/production/user-service",
      [
        .left("name", "Microservices Deployment", because: Reason.ofCI),
        .left("on.push.branches", ["main"], because: Reason.ofCI),
        .left("jobs.deploy.runs-on", "ubuntu-latest", because: Reason.ofCI),
        .left("jobs.deploy.steps[0].uses", "actions/checkout@v3", because: Reason.ofCI),
        .left("jobs.deploy.steps[Setup kubectl].name", "Setup kubectl", because: Reason.ofCI),
        .left("jobs.deploy.steps[Setup kubectl].uses", "azure/setup-kubectl@v3", because: Reason.ofCI),
        .left(
          "jobs.deploy.steps[Setup kubectl].with.version", "v1.28.0",
          because: "meshctl speaks to the API itself"),
        .left("jobs.deploy.steps[Deploy to GKE].name", "Deploy to GKE", because: Reason.ofCI),
        .left(
          "jobs.deploy.steps[Deploy to GKE].env.KUBE_CONFIG_DATA", "${{ secrets.KUBE_CONFIG_DATA }}",
          because: "secrets are the CI's concern"),
        .declared(
          "jobs.deploy.steps[Deploy to GKE].run.0", "echo \"$KUBE_CONFIG_DATA\" | base64 -d > kubeconfig",
          by: "spec.clusters.microservices-cluster.kind", in: "Environment/production", now: "kubeconfig",
          because: "an Environment says that a kubeconfig leads there; going there is on the roadmap"),
        .declared(
          "jobs.deploy.steps[Deploy to GKE].run.1", "export KUBECONFIG=kubeconfig",
          by: "spec.clusters.microservices-cluster.context", in: "Environment/production",
          now: "gke_project_asia-northeast1_microservices-cluster",
          because: "an Environment names the context; the file is where the program runs"),
        .declared(
          "jobs.deploy.steps[Deploy to GKE].run.2",
          "kubectl set image deployment/user-service user-service=gcr.io/project/user-service:${{ github.sha }} -n production",
          by: "spec.rollout.steps", now: [20],
          because: "a commit that changes the image is brought out by these weights"),
        .declared(
          "jobs.deploy.steps[Deploy to GKE].run.3",
          "kubectl rollout status deployment/user-service -n production", by: "spec.rollout.readyDeadline",
          now: "5m", because: "`meshctl rollout` waits for ready pods before any request reaches them"),
        .declared(
          "jobs.deploy.steps[Deploy to GKE].run.4",
          "kubectl exec -n production deployment/user-service -- wget -qO- http://localhost:8080/health",
          by: "spec.rollout.judge.successRate.minimum", now: 99,
          because: "all pods are probed, and the canary is judged by its answers to real requests"),
      ])
  ]

  private static let multiRegion = [
    CoveredObject(
      "multi-region.yaml", of: "multi-region.yaml", from: "Topology/microservices",
      [
        .declared(
          "Multi_Region_Setup.Primary_Region", "asia-northeast1", by: "spec.regions[asia-northeast1].name",
          now: "asia-northeast1"),
        .declared(
          "Multi_Region_Setup.DR_Region", "asia-northeast2", by: "spec.regions[asia-northeast2].name",
          now: "asia-northeast2"),
        .declared(
          "Multi_Region_Setup.Replication_Strategy.Database", "Cross-region replica",
          by: "spec.replication.kind", in: "Database/production/database-service", now: "archive",
          because: "the database of the other region follows the archive of writes of this one"),
        .declared(
          "Multi_Region_Setup.Replication_Strategy.Application", "Active-passive",
          by: "spec.regions[asia-northeast2].role", now: "recovery",
          because: "the region stands by with the same workloads, and `rto` says how soon it must serve"),
        .declared(
          "Multi_Region_Setup.Replication_Strategy.Configuration", "GitOps sync", by: "kind", now: "Topology",
          because: "all clusters are rendered from one revision of the repository"),
        .declared(
          "Multi_Region_Setup.Failover_Process.RTO", "15 minutes", by: "spec.recovery.rto", now: "15m",
          because: Reason.spelling),
        .declared(
          "Multi_Region_Setup.Failover_Process.RPO", "5 minutes", by: "spec.recovery.rpo", now: "5m",
          because: Reason.spelling),
        .declared(
          "Multi_Region_Setup.Failover_Process.Automation", "Ansible playbooks",
          by: "spec.recovery.witness.kind", now: "git",
          because: "who may serve is declared; the failover itself is on the roadmap"),
      ])
  ]

  private static let istioArchitecture = [
    CoveredObject(
      "istio-architecture.yaml", of: "istio-architecture.yaml", from: "ServiceMesh/production-mesh",
      as: "Namespace/istio-system",
      [
        .left("Control_Plane.Istiod.Purpose", ["設定管理", "証明書発行", "サービスディスカバリ"], because: Reason.description),
        .modern(
          "Control_Plane.Istiod.Location", "istio-system namespace", by: "kind", at: "metadata.name",
          now: "istio-system", because: "the namespace is rendered under its name"),
        .left("Data_Plane.Envoy_Proxy.Purpose", ["トラフィック管理", "セキュリティ", "観測性"], because: Reason.description),
        .modern(
          "Data_Plane.Envoy_Proxy.Deployment", "Sidecar pattern", by: "spec.istioInjection",
          in: "Namespace/production", of: "Namespace/production", at: "metadata.labels.istio-injection",
          now: "enabled", because: "Istio adds the proxy to each pod of a namespace with this label"),
      ])
  ]
}
