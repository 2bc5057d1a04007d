extension WrongTopology {
  static let scaling: [WrongTopology] = [
    WrongTopology(
      "a minimum above the maximum",
      "max: 50", "max: 2",
      Wanted(
        at: "91:10",
        "max 2 is below min 3",
        in: "Workload/user-service spec.autoscaling.max",
        remedy: "raise max to 3 or more, or lower min")),
    WrongTopology(
      "replicas beside autoscaling",
      "image: gcr.io/project/user-service:1.4.2",
      """
      image: gcr.io/project/user-service:1.4.2
        replicas: 3
      """,
      Wanted(
        at: "69:13",
        "replicas beside autoscaling: the autoscaler decides how many pods there are",
        in: "Workload/user-service spec.replicas",
        remedy: "remove replicas, and set autoscaling.min")),
    WrongTopology(
      "autoscaling without resources",
      """
        resources:
          cpu: 250m
          memory: 256Mi
          memoryLimit: 512Mi

      """,
      "",
      Wanted(
        at: "86:5",
        "autoscaling without resources: use is measured in percent of what a pod requests",
        in: "Workload/user-service spec.autoscaling",
        remedy: "add resources with cpu and memory")),
  ]

  static let traffic: [WrongTopology] = [
    WrongTopology(
      "a weight above 100",
      "weight: 80", "weight: 180",
      Wanted(
        at: "99:17",
        "180 is outside 0 to 100",
        in: "Workload/user-service spec.traffic.subsets[0].weight",
        remedy: "choose a number within that range")),
    WrongTopology(
      "weights that do not sum to 100",
      "weight: 80", "weight: 70",
      Wanted(
        at: "98:7",
        "the weights 70 and 20 sum to 90, not 100",
        in: "Workload/user-service spec.traffic.subsets",
        remedy: "write 80 and 20")),
    WrongTopology(
      "a single subset",
      """
            - name: v2
              weight: 20
          headerRoutes:
            - header: version
              exact: v2
              subset: v2

      """,
      "",
      Wanted(
        at: "98:7",
        "expected two subsets, found 1",
        in: "Workload/user-service spec.traffic.subsets",
        remedy: "name the stable one first and the canary second")),
    WrongTopology(
      "a header route to an unknown subset",
      "subset: v2", "subset: v3",
      Wanted(
        at: "105:17",
        "there is no subset \"v3\"",
        in: "Workload/user-service spec.traffic.headerRoutes[0].subset",
        remedy: "the subsets are v1 and v2")),
    WrongTopology(
      "an unknown load balancer",
      "loadBalancer: leastRequest", "loadBalancer: LEAST_CONN",
      Wanted(
        at: "106:19",
        "\"LEAST_CONN\" is none of leastRequest, roundRobin, random or passthrough",
        in: "Workload/user-service spec.traffic.loadBalancer",
        remedy: "write one of these words")),
  ]

  static let rollout: [WrongTopology] = [
    WrongTopology(
      "steps that do not go up",
      "steps: [5, 20, 50]", "steps: [5, 50, 20]",
      Wanted(
        at: "108:20",
        "the step 20 does not go up from 50",
        in: "Workload/user-service spec.rollout.steps[2]",
        remedy: "write each share once, in ascending order; 100 is reached by promotion")),
    WrongTopology(
      "a step of 100",
      "steps: [5, 20, 50]", "steps: [5, 100]",
      Wanted(
        at: "108:16",
        "100 is outside 1 to 99",
        in: "Workload/user-service spec.rollout.steps[1]",
        remedy: "choose a number within that range")),
    WrongTopology(
      "no steps",
      "steps: [5, 20, 50]", "steps: []",
      Wanted(
        at: "108:12",
        "a rollout without steps would shift no traffic",
        in: "Workload/user-service spec.rollout.steps",
        remedy: "give one or more, such as [20]")),
    WrongTopology(
      "a success rate above 100",
      "minimum: 99.5", "minimum: 995",
      Wanted(
        at: "112:18",
        "995 is outside 0 to 100",
        in: "Workload/user-service spec.rollout.judge.successRate.minimum",
        remedy: "choose a number within that range")),
    WrongTopology(
      "a rollout of a workload that does not speak HTTP",
      "image: redis:7-alpine",
      """
      image: redis:7-alpine
        rollout: {}
      """,
      Wanted(
        at: "135:12",
        "a rollout shifts HTTP requests, but no port speaks HTTP",
        in: "Workload/redis spec.rollout",
        remedy: "declare a port with protocol http, http2 or grpc")),
  ]

  static let environment: [WrongTopology] = [
    WrongTopology(
      "an unknown cluster",
      """
          main:

      """,
      """
          mian:

      """,
      Wanted(
        at: "146:5",
        "there is no cluster \"mian\"",
        in: "Environment/embedded spec.clusters.mian",
        remedy: "did you mean main?")),
    WrongTopology(
      "a context of an embedded cluster",
      "kind: embedded",
      """
      kind: embedded
            context: prod
      """,
      Wanted(
        at: "148:16",
        "an embedded cluster has no context",
        in: "Environment/embedded spec.clusters.main.context",
        remedy: "remove context, or write kind: kubeconfig")),
    WrongTopology(
      "traffic to an unknown workload",
      """
      to: order-service
              requests
      """,
      """
      to: odrer-service
              requests
      """,
      Wanted(
        at: "150:13",
        "there is no workload \"odrer-service\"",
        in: "Environment/embedded spec.simulation.traffic[0].to",
        remedy: "did you mean order-service?")),
    WrongTopology(
      "a p99 below the median",
      "p99: 120ms", "p99: 12ms",
      Wanted(
        at: "157:16",
        "p99 12ms is below the median 20ms",
        in: "Environment/embedded spec.simulation.images[0].latency.p99",
        remedy: "99 of 100 requests cannot be faster than half of them")),
    WrongTopology(
      "an unknown failure",
      "errorRate: 0.1", "failure: crashloop",
      Wanted(
        at: "158:18",
        "\"crashloop\" is none of none, crashLoop, neverReady or imagePull",
        in: "Environment/embedded spec.simulation.images[0].failure",
        remedy: "did you mean crashLoop?")),
    WrongTopology(
      "a simulation of real clusters",
      "kind: embedded", "kind: kubeconfig",
      Wanted(
        at: "149:5",
        "a simulation, but no cluster of this environment is embedded",
        in: "Environment/embedded spec.simulation",
        remedy: "remove it, or give a cluster kind: embedded")),
  ]
}
