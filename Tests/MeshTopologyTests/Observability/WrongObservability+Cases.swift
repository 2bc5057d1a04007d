extension WrongObservability {
  private static let nodes = "elasticsearch:\n      nodes: 3\n      size: 50Gi"
  private static let table = """
    bigQuery:
          project: my-project
          dataset: microservices_logs
          table: application_logs
          credentials: bigquery-writer
    """

  static let tracing = [
    WrongObservability(
      "several pods with traces in memory", nodes, "memory: {}",
      Wanted(
        at: "74:15", "2 pods with traces in memory, each of which knows only its own",
        in: "Tracing/jaeger spec.query.replicas",
        remedy: "write storage: {elasticsearch: {}}, or remove replicas")),
    WrongObservability(
      "two nodes", "nodes: 3", "nodes: 2",
      Wanted(
        at: "73:14", "two nodes, neither of which can be lost: a majority of two is two",
        in: "Tracing/jaeger spec.storage.elasticsearch.nodes",
        remedy: "write nodes: 3, or nodes: 1")),
    WrongObservability(
      "two places for traces", "storage:\n", "storage:\n    memory: {}\n",
      Wanted(
        at: "71:3", "traces are kept in one place, not in 2",
        in: "Tracing/jaeger spec.storage",
        remedy: "write memory: {}, elasticsearch: {nodes: 3, size: 50Gi}, or service: {to: …}")),
    WrongObservability(
      "fewer pods at most than at least", "minReplicas: 1", "minReplicas: 4",
      Wanted(
        at: "66:18", "maxReplicas 3 is below minReplicas 4",
        in: "Tracing/jaeger spec.collector.maxReplicas",
        remedy: "raise maxReplicas to 4 or more, or lower minReplicas")),
    WrongObservability(
      "an image for the operator of Jaeger 1", "version: \"2.11.0\"\n  collector:\n",
      "version: \"1.57\"\n  image: jaegertracing/jaeger:1.57\n  collector:\n    image: otel/opentelemetry-collector:0.138.0\n",
      Wanted(
        at: "64:10", "an image, but the operator of Jaeger 1.57 chooses it",
        in: "Tracing/jaeger spec.image",
        remedy: "remove it, or write version: \"2.11.0\""),
      Wanted(
        at: "66:12", "an image of the collector, but the operator of Jaeger 1.57 chooses it",
        in: "Tracing/jaeger spec.collector.image",
        remedy: "remove it, or write version: \"2.11.0\"")),
    WrongObservability(
      "a search outside for the operator of Jaeger 1",
      [("version: \"2.11.0\"", "version: \"1.57\""), (nodes, "service:\n      to: search")],
      Wanted(
        at: "72:5", "a storage outside, which is only known to Jaeger 2",
        in: "Tracing/jaeger spec.storage",
        remedy: "write version: \"2.11.0\"")),
    WrongObservability(
      "a share above everything", "sampling: 10", "sampling: 101",
      Wanted(
        at: "62:13", "101 is outside 0 to 100",
        in: "Tracing/jaeger spec.sampling",
        remedy: "choose a number within that range")),
    WrongObservability(
      "the operator's pods in a namespace that is shut",
      [
        ("version: \"2.11.0\"", "version: \"1.57\""),
        ("istioInjection: false", "istioInjection: false\n  denyByDefault: true"),
      ],
      Wanted(
        at: "64:12",
        "watching shuts out pods that no workload accounts for, such as those that Jaeger's operator makes",
        in: "Tracing/jaeger spec.version",
        remedy: "write version: \"2.11.0\", or remove denyByDefault of watching")),
    WrongObservability(
      "a workload called like the collector",
      "name: user-service\n  namespace: production", "name: otel-collector\n  namespace: watching",
      Wanted(
        at: "40:9", "watching/otel-collector is a workload of Tracing already",
        in: "Workload/otel-collector metadata.name",
        remedy: "choose another name, or remove the document Tracing")),
    WrongObservability(
      "a search that is not there", nodes, "service:\n      to: serch",
      Wanted(
        at: "73:11", "there is no workload serch in the namespace watching",
        in: "Tracing/jaeger spec.storage.service.to",
        remedy: "did you mean search?")),
  ]

  static let ports = [
    WrongObservability(
      "a port that the search has not", nodes, "service:\n      to: search\n      port: http",
      Wanted(
        at: "74:13", "search has no port http", in: "Tracing/jaeger spec.storage.service.port",
        remedy: "its ports are https (443)")),
    WrongObservability(
      "logs to a port that the service has not", table, "http:\n      to: watching/search\n      port: 80",
      Wanted(
        at: "125:13", "search has no port 80", in: "Logging/logs spec.destination.http.port",
        remedy: "its ports are https (443)")),
    WrongObservability(
      "an Alertmanager without ports",
      [("  ports:\n    - name: http\n      port: 8080\n", ""), ("[search]", "[production/user-service]")],
      Wanted(
        at: "86:19", "user-service has no port to call", in: "Monitoring/prometheus spec.alertmanagers[0]",
        remedy: "declare ports of production/user-service")),
  ]

  static let monitoring = [
    WrongObservability(
      "a scrape longer than its interval", "scrapeTimeout: 10s", "scrapeTimeout: 20s",
      Wanted(
        at: "86:18", "a scrape may take 20s, but the next one begins after 15s",
        in: "Monitoring/prometheus spec.scrapeTimeout",
        remedy: "lower scrapeTimeout to 15s or less")),
    WrongObservability(
      "a disk for the operator", "scrapeInterval: 15s", "form: operator\n  storage: 10Gi",
      Wanted(
        at: "85:12", "storage is part of the operator's Prometheus object, which is not this topology's",
        in: "Monitoring/prometheus spec.storage",
        remedy: "remove it, or write form: configuration"),
      Wanted(
        at: "89:5",
        "externalLabels is part of the operator's Prometheus object, which is not this topology's",
        in: "Monitoring/prometheus spec.externalLabels",
        remedy: "remove it, or write form: configuration"),
      Wanted(
        at: "90:18",
        "alertmanagers is part of the operator's Prometheus object, which is not this topology's",
        in: "Monitoring/prometheus spec.alertmanagers",
        remedy: "remove it, or write form: configuration")),
    WrongObservability(
      "labels for the operator without it", "scrapeInterval: 15s", "objectLabels:\n    release: x",
      Wanted(
        at: "85:5", "objectLabels is about the operator's objects, but the form is configuration",
        in: "Monitoring/prometheus spec.objectLabels",
        remedy: "remove it, or write form: operator")),
    WrongObservability(
      "an autoscaler's rule without its measures", "[availability, latency]",
      "[availability, autoscalerAtMaximum]",
      Wanted(
        at: "90:32", "how many pods an autoscaler wants is only known from kube-state-metrics",
        in: "Monitoring/prometheus spec.builtInRules[1]",
        remedy: "add stateMetrics: {}, or leave the rule out")),
    WrongObservability(
      "a label that is set anyway", "team: shop", "cluster: shop",
      Wanted(
        at: "88:14", "cluster is set from the cluster that Prometheus runs in",
        in: "Monitoring/prometheus spec.externalLabels.cluster",
        remedy: "remove it, or choose another name")),
    WrongObservability(
      "a label with a dash", "team: shop", "the-team: shop",
      Wanted(
        at: "88:5", "\"the-team\" is no name of a label",
        in: "Monitoring/prometheus spec.externalLabels.the-team",
        remedy: "use letters, digits and _, not beginning with a digit or with __")),
    WrongObservability(
      "a rule that is both", "alert: NoOrders", "alert: NoOrders\n          record: no_orders",
      Wanted(
        at: "94:11", "a rule is an alert or records a measure, one of them",
        in: "Monitoring/prometheus spec.rules[0].rules[0]",
        remedy: "give it alert: NAME or record: NAME")),
    WrongObservability(
      "a measure that fires", "record: orders:rate5m", "record: orders:rate5m\n          for: 5m",
      Wanted(
        at: "100:16", "for of a rule that records a measure, which never fires",
        in: "Monitoring/prometheus spec.rules[0].rules[1].for",
        remedy: "remove for")),
    WrongObservability(
      "a bracket left open", "expr: sum(rate(orders_total[5m])) == 0",
      "expr: sum(rate(orders_total[5m)) == 0",
      Wanted(
        at: "95:17", "the expression has a ) without its other half",
        in: "Monitoring/prometheus spec.rules[0].rules[0].expr",
        remedy: "pair quotes and brackets, and try it in Prometheus")),
    WrongObservability(
      "a quote left open", "expr: sum(rate(orders_total[5m])) == 0", "expr: orders_total{a=\"b} == 0",
      Wanted(
        at: "95:17", "the expression has a \" without its other half",
        in: "Monitoring/prometheus spec.rules[0].rules[0].expr",
        remedy: "pair quotes and brackets, and try it in Prometheus")),
    WrongObservability(
      "a name with a space", "alert: NoOrders", "alert: No Orders",
      Wanted(
        at: "94:18", "\"No Orders\" is no name of an alert or a measure",
        in: "Monitoring/prometheus spec.rules[0].rules[0].alert",
        remedy: "use letters, digits, _ and :, not beginning with a digit")),
    WrongObservability(
      "an unknown rule", "[availability, latency]", "[availability, latncy]",
      Wanted(
        at: "90:32",
        "\"latncy\" is none of availability, latency, targetDown, autoscalerAtMaximum, backupAge or certificateExpiry",
        in: "Monitoring/prometheus spec.builtInRules[1]",
        remedy: "did you mean latency?")),
    WrongObservability(
      "an age of backups that are not made", "scrapeTimeout: 10s", "backupDelay: 1h",
      Wanted(
        at: "86:16", "a delay of backups, but nothing is backed up",
        in: "Monitoring/prometheus spec.backupDelay",
        remedy: "add a document of kind Backup, or remove backupDelay")),
    WrongObservability(
      "Prometheus behind a proxy that lets nothing out", "name: watching\nspec:\n  istioInjection: false",
      "name: watching",
      Wanted(
        at: "80:14",
        "Prometheus asks pods by their addresses, which its proxy refuses: the mesh lets calls to known hosts out only",
        in: "Monitoring/prometheus metadata.namespace",
        remedy: "write istioInjection: false in the Namespace watching")),
    WrongObservability(
      "an interval in thousandths", "scrapeInterval: 15s", "scrapeInterval: 500ms",
      Wanted(
        at: "84:19", "500ms is outside 1s to 10000h",
        in: "Monitoring/prometheus spec.scrapeInterval",
        remedy: "choose a duration within that range")),
  ]

  static let logging = [
    WrongObservability(
      "folders of nodes in a baseline namespace", "podSecurity: privileged", "podSecurity: baseline",
      Wanted(
        at: "106:14", "logging is baseline, which keeps pods from the folders of nodes, where logs are",
        in: "Logging/logs metadata.namespace",
        remedy: "write podSecurity: privileged in the Namespace logging, and keep other workloads out of it")),
    WrongObservability(
      "logs of an unknown namespace", "namespaces: [production]", "namespaces: [produktion]",
      Wanted(
        at: "108:16", "there is no namespace \"produktion\"",
        in: "Logging/logs spec.namespaces[0]",
        remedy: "did you mean production?")),
    WrongObservability(
      "logs that feed on themselves",
      [("namespaces: [production]", "namespaces: [production, logging]"), (table, "stdout: {}")],
      Wanted(
        at: "108:28", "Fluent Bit would read what it writes itself, without end",
        in: "Logging/logs spec.namespaces[1]",
        remedy: "leave logging out, or send logs somewhere else than stdout")),
    WrongObservability(
      "more lines than memory", "memBufLimit: 50M", "memBufLimit: 1Gi",
      Wanted(
        at: "111:16", "1Gi of read lines do not fit into the limit of memory, 256Mi",
        in: "Logging/logs spec.memBufLimit",
        remedy: "raise memoryLimit of resources, or lower memBufLimit")),
    WrongObservability(
      "a table without a key", "      credentials: bigquery-writer\n", "",
      Wanted(
        at: "123:5", "credentials is missing",
        in: "Logging/logs spec.destination.bigQuery",
        remedy: "add it, such as credentials: fluent-bit-bigquery")),
    WrongObservability(
      "an identity that BigQuery's output cannot use", "flush: 5s",
      "googleServiceAccount: a@p.iam.gserviceaccount.com",
      Wanted(
        at: "109:25",
        "a Google service account by Workload Identity, which Fluent Bit's output for BigQuery does not know",
        in: "Logging/logs spec.googleServiceAccount",
        remedy: "remove it, and name the Secret with the account's key as credentials of bigQuery")),
    WrongObservability(
      "nowhere to go", table, "{}",
      Wanted(
        at: "122:3", "logs go to one place, not to 0",
        in: "Logging/logs spec.destination",
        remedy: "write one of bigQuery, cloudLogging, elasticsearch, http and stdout")),
    WrongObservability(
      "a regular expression for JSON", "format: regex", "format: json",
      Wanted(
        at: "121:14", "a regular expression, but the format is json",
        in: "Logging/logs spec.parsers[0].regex",
        remedy: "remove it, or write format: regex")),
    WrongObservability(
      "a time without its format", "format: regex", "timeKey: time\n      format: regex",
      Wanted(
        at: "119:7", "timeKey and timeFormat only mean something together",
        in: "Logging/logs spec.parsers[0]",
        remedy: "give both or neither")),
    WrongObservability(
      "half a second", "flush: 5s", "flush: 500ms",
      Wanted(
        at: "109:10", "500ms is outside 1s to 1h",
        in: "Logging/logs spec.flush",
        remedy: "choose a duration within that range")),
    WrongObservability(
      "a table with a space", "table: application_logs", "table: application logs",
      Wanted(
        at: "126:14", "\"application logs\" is not a valid name here",
        in: "Logging/logs spec.destination.bigQuery.table",
        remedy: "use letters, digits, _, - and .")),
  ]
}
