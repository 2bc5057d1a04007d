internal import KubeModel

extension Workload: Formed {
  static let form = Form(
    "Workload", "One deployable service, and whom it calls.",
    blank: Self(name: "", namespace: "", image: .unreadable)
  ) {
    containerFields
    identityFields
    trafficFields
    placementFields
  }.completed { workload, section in
    // A rollout without steps goes by the weight that the canary's subset has.
    if workload.rollout != nil, section["rollout"]?.node["steps"] == nil, let traffic = workload.traffic,
      traffic.canaryWeight > .zero, traffic.canaryWeight < .full
    {
      workload.rollout?.steps = [traffic.canaryWeight]
    }
  }.checked { $0.check($1) }

  @FormBuilder<Workload>
  private static var containerFields: [FormField<Workload>] {
    FormField.required(
      "image", \.image, .image, example: "gcr.io/project/user-service:1.4.2",
      "The image it runs, at one version.")
    FormField.defaulted(
      "controller", \.controller, .choice,
      "What looks after its pods: all alike, with names and volumes of their own, or one on each node.",
      default: .deployment)
    FormField.defaulted(
      "replicas", \.replicas, .integer(in: 0...5000),
      "The number of pods, where `autoscaling` does not decide.",
      default: 1)
    FormField.list(
      "command", \.command, .list(of: .text()), "What is run; the image's entry point by default.")
    FormField.list("args", \.args, .list(of: .text()), "Its arguments; the image's by default.")
    FormField.list("ports", \.ports, Port.list, "The ports it listens on.")
    FormField.optional("health", \.health, .form, "How the cluster finds out whether a pod is able to serve.")
    FormField.optional("resources", \.resources, .form, "What a pod asks of its node.")
    FormField.defaulted(
      "env", \.env, .map(.variable, EnvironmentValue.codec), "The environment variables.", default: [:])
    FormField.list(
      "files", \.files, .list(of: .form, unique: [Unique("path", key: "path") { $0.path }]),
      "The files it reads its settings from.")
    FormField.list(
      "secrets", \.secrets, .list(of: .form, unique: [Unique("path", key: "path") { $0.path }]),
      "The Secrets it finds as files.")
    FormField.list(
      "volumes", \.volumes,
      .list(
        of: .form,
        unique: [Unique("volume", key: "name") { $0.name }, Unique("path", key: "path") { $0.path }]),
      "The folders that are not part of its image.")
    FormField.list("initContainers", \.initContainers, Container.list, "Containers that run before it.")
    FormField.list("sidecars", \.sidecars, Container.list, "Containers that run beside it.")
  }

  @FormBuilder<Workload>
  private static var identityFields: [FormField<Workload>] {
    FormField.derived(
      "serviceAccount", \.serviceAccount, .name(.domain),
      "The service account; called like the workload by default."
    ) { $0.name }
    FormField.optional(
      "googleServiceAccount", \.googleServiceAccount,
      .text("an address such as user@project.iam.gserviceaccount.com"),
      "The Google service account that it acts as outside the cluster.")
    FormField.list("permissions", \.permissions, .list(of: .form), "What it may do with the Kubernetes API.")
    FormField.optional(
      "runAsUser", \.runAsUser, .user, "The user id that the container runs as; the image's by default.")
    FormField.optional(
      "fsGroup", \.fsGroup, .integer(in: 1...2_147_483_647), "The group that owns its volumes.")
    FormField.defaulted(
      "readOnlyRoot", \.hasReadOnlyRoot, .flag, property: "hasReadOnlyRoot",
      "Whether the container cannot write to its own image.", default: false)
    FormField.list(
      "capabilities", \.capabilities, .list(of: .text(), unique: [Unique("capability", key: nil) { $0 }]),
      "Linux capabilities that the container keeps, such as `NET_BIND_SERVICE`.")
  }

  @FormBuilder<Workload>
  private static var trafficFields: [FormField<Workload>] {
    FormField.list("calls", \.calls, Call.list, "Whom it calls.")
    FormField.defaulted(
      "exposed", \.isExposed, .flag, property: "isExposed",
      "Whether it can be reached from outside the clusters.",
      default: false)
    FormField.optional("metrics", \.metrics, .form, "Where it serves its own measures for Prometheus.")
    FormField.optional("autoscaling", \.autoscaling, .form, "How many pods there are, by load.")
    FormField.optional(
      "traffic", \.traffic, .form, "How requests are spread over its pods; as Istio does by default.")
    FormField.optional("rollout", \.rollout, .form, "How a new version reaches it; all at once by default.")
  }

  @FormBuilder<Workload>
  private static var placementFields: [FormField<Workload>] {
    FormField.optional(
      "disruption", \.disruption, .form,
      "How many pods must stay when nodes are drained; all but one where there are several by default.")
    FormField.defaulted("spread", \.spread, .form, "How its pods are spread.", default: Spread())
    FormField.defaulted(
      "terminationGracePeriod", \.terminationGracePeriod, .wholeSeconds(in: .zero ... .seconds(86_400)),
      "How long a pod may take to end.", default: .seconds(30))
    FormField.optional(
      "nodePool", \.nodePool, .name(.label), "The node pool that its pods run on; any by default.")
    FormField.list("tolerations", \.tolerations, .list(of: .form), "The taints that its pods put up with.")
    FormField.optional("priorityClass", \.priorityClass, .name(.domain), "The priority class.")
  }
}
