internal import KubeModel

extension Gateway: Formed {
  static let form = Form(
    "Gateway", "The way in for users: Kong without a database, with its routes.",
    blank: Self(name: "", namespace: "")
  ) {
    routeFields
    podFields
    entranceFields
  }.checked { $0.check($1) }

  @FormBuilder<Gateway>
  private static var routeFields: [FormField<Gateway>] {
    FormField.required(
      "routes", \.routes, .list(of: .form, atLeast: 1, unique: [Unique("route", key: "name") { $0.name }]),
      example: "[{name: user-api, to: production/user-service, paths: [/api/users]}]",
      "What requests are taken, and who answers them.")
    FormField.list(
      "issuers", \.issuers, .list(of: .form, unique: [Unique("issuer", key: "name") { $0.name }]),
      "Those who sign the tokens that routes ask for.")
    FormField.list(
      "consumers", \.consumers,
      .list(of: .form, unique: [Unique("consumer", key: "username") { $0.username }]),
      "The callers that Kong tells apart.")
    FormField.optional(
      "rateLimit", \.rateLimit, .form,
      "How many requests are served, on all routes without a limit of their own.")
    FormField.optional(
      "cors", \.cors, .form,
      "Which pages of other sites may call, on all routes that do not say so themselves; none by default.")
    FormField.optional(
      "requestSize", \.requestSize, .form,
      "How large a request may be, on all routes that do not say so themselves.")
    FormField.list("plugins", \.plugins, Plugin.list, "Further plug-ins on all routes.")
    FormField.list(
      "customPlugins", \.customPlugins,
      .list(of: .name(.label), unique: [Unique("plug-in", key: nil) { $0 }]),
      "The plug-ins that the image has besides those that come with Kong.")
    FormField.defaulted("metrics", \.metrics, .form, "What Kong measures.", default: Metrics())
    FormField.optional(
      "traceSampling", \.traceSampling, .percent,
      "The proportion of requests that are traced, in percent; what the topology's `Tracing` says by default."
    )
  }

  @FormBuilder<Gateway>
  private static var podFields: [FormField<Gateway>] {
    FormField.defaulted(
      "configuration", \.configuration, .choice,
      "Where Kong's routes, plug-ins and consumers stand: in a file that Kong reads at its start, or in objects of "
        + "the Gateway API that the Kong Ingress Controller reads.", default: .declarative)
    FormField.defaulted(
      "controller", \.controller, .form, "The Kong Ingress Controller, with `configuration: gatewayAPI`.",
      default: Controller())
    FormField.defaulted("image", \.image, .image, "The image of Kong, at one version.", default: defaultImage)
    FormField.optional(
      "version", \.version, .version,
      "The version of Kong in the image, which its settings depend on; what the image's tag begins with by default."
    )
    FormField.defaulted(
      "replicas", \.replicas, .integer(in: 0...5000),
      "The number of pods, where `autoscaling` does not decide.",
      default: 2)
    FormField.optional("autoscaling", \.autoscaling, .form, "How many pods there are, by load.")
    FormField.optional(
      "disruption", \.disruption, .form,
      "How many pods must stay when nodes are drained; all but one where there are several by default.")
    FormField.defaulted("spread", \.spread, .form, "How its pods are spread.", default: Spread())
    FormField.defaulted(
      "resources", \.resources, .form, "What a pod asks of its node.", default: defaultResources)
    FormField.defaulted(
      "workerProcesses", \.workerProcesses, .integer(in: 1...256),
      "How many processes of a pod serve requests; Kong itself would start one for each core of the node.",
      default: 2)
    FormField.defaulted("runAsUser", \.runAsUser, .user, "The user id that Kong runs as.", default: 1000)
    FormField.defaulted(
      "health", \.health, .form,
      "How the cluster finds out whether a pod is able to serve: by default, whether its routes are loaded.",
      default: defaultHealth)
    FormField.defaulted("log", \.log, .form, "What Kong writes about its work.", default: Log())
    FormField.defaulted(
      "env", \.env, .map(.variable, EnvironmentValue.codec),
      "Further settings of Kong as variables, and values that `{vault://env/…}` refers to.", default: [:])
  }

  @FormBuilder<Gateway>
  private static var entranceFields: [FormField<Gateway>] {
    FormField.defaulted(
      "service", \.service, .choice,
      "How its Service is reached: by a load balancer, by a port of each node, or from within the cluster only.",
      default: .loadBalancer)
    FormField.defaulted(
      "internal", \.isInternal, .flag, property: "isInternal",
      "Whether the load balancer has an address of the network rather than a public one.", default: false)
    FormField.defaulted(
      "addresses", \.addresses, .map(.label, LoadBalancerAddress.codec),
      "The addresses of its load balancers, by region; given by the provider where there is none.",
      default: [:])
    FormField.list(
      "allowedRanges", \.allowedRanges, .list(of: .addressRange),
      "Who may reach the load balancer; everybody by default.")
    FormField.defaulted(
      "preserveClientAddress", \.preservesClientAddress, .flag, property: "preservesClientAddress",
      "Whether Kong sees the addresses of users: what comes from outside goes to it directly, without another node or "
        + "Istio's proxy in between.", default: true)
    FormField.optional(
      "certificate", \.certificate, .name(.domain),
      "The Secret of type `kubernetes.io/tls` with the certificate that Kong shows to users; one that Kong signs itself "
        + "by default.")
  }
}
