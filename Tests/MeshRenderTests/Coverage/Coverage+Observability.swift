import KubeModel

extension Coverage {
  /// Measures, logs and traces.
  static let observability: [CoveredObject] = prometheusConfig + fluentBitConfig + jaeger

  private static let prometheusConfig = [
    CoveredObject(
      "ConfigMap/prometheus-config", of: "prometheus-config.yaml", from: "Monitoring/monitoring/prometheus",
      as: "ConfigMap/monitoring/prometheus-files",
      [
        .same("apiVersion", "v1", by: "kind"),
        .same("kind", "ConfigMap", by: "kind"),
        .modern(
          "metadata.name", "prometheus-config", by: "metadata.name", now: "prometheus-files",
          because: Reason.contentHash),
        .same("metadata.namespace", "monitoring", by: "metadata.namespace"),
        .same("data.prometheus.yml.global.scrape_interval", "15s", by: "spec.scrapeInterval"),
        .same("data.prometheus.yml.global.evaluation_interval", "15s", by: "spec.evaluationInterval"),
        .same("data.prometheus.yml.rule_files", ["/etc/prometheus/rules/*.yml"], by: "spec.rules"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].job_name", "kubernetes-apiservers",
          by: "spec.form"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].kubernetes_sd_configs[0].role",
          "endpoints", by: "spec.form"),
        .same("data.prometheus.yml.scrape_configs[kubernetes-apiservers].scheme", "https", by: "spec.form"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].tls_config.ca_file",
          "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt", by: "spec.form"),
        .modern(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].bearer_token_file",
          "/var/run/secrets/kubernetes.io/serviceaccount/token", by: "spec.form",
          at: "data.prometheus.yml.scrape_configs[kubernetes-apiservers].authorization.credentials_file",
          because: "deprecated since Prometheus 2.26; an older image gets the old one"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].relabel_configs[0].source_labels",
          [
            "__meta_kubernetes_namespace", "__meta_kubernetes_service_name",
            "__meta_kubernetes_endpoint_port_name",
          ], by: "spec.form"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].relabel_configs[0].action", "keep",
          by: "spec.form"),
        .same(
          "data.prometheus.yml.scrape_configs[kubernetes-apiservers].relabel_configs[0].regex",
          "default;kubernetes;https", by: "spec.form"),
        .same(
          "data.prometheus.yml.scrape_configs[istio-proxy].job_name", "istio-proxy",
          by: "spec.istioInjection", in: "Namespace/production"),
        .modern(
          "data.prometheus.yml.scrape_configs[istio-proxy].kubernetes_sd_configs[0].role", "endpoints",
          by: "spec.istioInjection", in: "Namespace/production", now: "pod", because: Reason.noPort),
        .modern(
          "data.prometheus.yml.scrape_configs[istio-proxy].kubernetes_sd_configs[0].namespaces.names",
          ["production"], by: "spec.istioInjection", in: "Namespace/production",
          now: ["api-gateway", "cache", "istio-system", "observability", "production"],
          because: "all namespaces of the mesh are scraped"),
        .modern(
          "data.prometheus.yml.scrape_configs[istio-proxy].relabel_configs[0].source_labels",
          ["__meta_kubernetes_service_name", "__meta_kubernetes_endpoint_port_name"],
          by: "spec.istioInjection", in: "Namespace/production",
          now: ["__meta_kubernetes_pod_container_name", "__meta_kubernetes_pod_container_port_name"],
          because: Reason.noPort),
        .same(
          "data.prometheus.yml.scrape_configs[istio-proxy].relabel_configs[0].action", "keep",
          by: "spec.istioInjection", in: "Namespace/production"),
        .modern(
          "data.prometheus.yml.scrape_configs[istio-proxy].relabel_configs[0].regex", ".*-metrics;.*-metrics",
          by: "spec.istioInjection", in: "Namespace/production", now: "istio-proxy;http-envoy-prom",
          because: Reason.noPort),
      ])
  ]

  private static let fluentBitConfig = [
    CoveredObject(
      "ConfigMap/fluent-bit-config", of: "fluent-bit-config.yaml", from: "Logging/logging/fluent-bit",
      as: "ConfigMap/logging/fluent-bit-files",
      [
        .same("apiVersion", "v1", by: "kind"),
        .same("kind", "ConfigMap", by: "kind"),
        .modern(
          "metadata.name", "fluent-bit-config", by: "metadata.name", now: "fluent-bit-files",
          because: Reason.contentHash),
        .same("metadata.namespace", "logging", by: "metadata.namespace"),
        .same("data.fluent-bit.conf.SERVICE.Flush", "5", by: "spec.flush"),
        .same("data.fluent-bit.conf.SERVICE.Log_Level", "info", by: "spec.logLevel"),
        .same("data.fluent-bit.conf.SERVICE.Daemon", "off", by: "kind"),
        .same("data.fluent-bit.conf.SERVICE.Parsers_File", "parsers.conf", by: "kind"),
        .same("data.fluent-bit.conf.INPUT.Name", "tail", by: "kind"),
        .same(
          "data.fluent-bit.conf.INPUT.Path", "/var/log/containers/*_production_*.log", by: "spec.namespaces"),
        .same("data.fluent-bit.conf.INPUT.multiline.parser", "docker, cri", by: "spec.multilineParsers"),
        .same("data.fluent-bit.conf.INPUT.Tag", "kube.*", by: "kind"),
        .same("data.fluent-bit.conf.INPUT.Refresh_Interval", "5", by: "spec.refreshInterval"),
        .same("data.fluent-bit.conf.INPUT.Mem_Buf_Limit", "50MB", by: "spec.memBufLimit"),
        .same("data.fluent-bit.conf.INPUT.Skip_Long_Lines", "On", by: "spec.skipLongLines"),
        .same("data.fluent-bit.conf.FILTER.Name", "kubernetes", by: "kind"),
        .same("data.fluent-bit.conf.FILTER.Match", "kube.*", by: "kind"),
        .same("data.fluent-bit.conf.FILTER.Kube_URL", "https://kubernetes.default.svc:443", by: "kind"),
        .same(
          "data.fluent-bit.conf.FILTER.Kube_CA_File", "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
          by: "kind"),
        .same(
          "data.fluent-bit.conf.FILTER.Kube_Token_File",
          "/var/run/secrets/kubernetes.io/serviceaccount/token", by: "kind"),
        .same("data.fluent-bit.conf.FILTER.Merge_Log", "On", by: "spec.mergeLog"),
        .same("data.fluent-bit.conf.FILTER.K8S-Logging.Parser", "On", by: "spec.parserAnnotation"),
        .same("data.fluent-bit.conf.FILTER.K8S-Logging.Exclude", "Off", by: "spec.excludeAnnotation"),
        .same("data.fluent-bit.conf.OUTPUT.Name", "bigquery", by: "spec.destination.bigQuery"),
        .same("data.fluent-bit.conf.OUTPUT.Match", "*", by: "spec.destination"),
        .same(
          "data.fluent-bit.conf.OUTPUT.project_id", "my-project", by: "spec.destination.bigQuery.project"),
        .same(
          "data.fluent-bit.conf.OUTPUT.dataset_id", "microservices_logs",
          by: "spec.destination.bigQuery.dataset"),
        .same(
          "data.fluent-bit.conf.OUTPUT.table_id", "application_logs", by: "spec.destination.bigQuery.table"),
      ])
  ]

  private static let jaeger = [
    CoveredObject(
      "Jaeger/jaeger", of: "jaeger.yaml", from: "Tracing/observability/jaeger",
      as: "Deployment/observability/jaeger",
      [
        .modern("apiVersion", "jaegertracing.io/v1", by: "kind", now: "apps/v1", because: Reason.jaeger2),
        .modern("kind", "Jaeger", by: "kind", now: "Deployment", because: Reason.jaeger2),
        .same("metadata.name", "jaeger", by: "metadata.name"),
        .same("metadata.namespace", "observability", by: "metadata.namespace"),
        .modern(
          "spec.strategy", "production", by: "spec.collector", of: "Deployment/observability/otel-collector",
          at: "metadata.name", now: "otel-collector",
          because:
            "production means a collector apart from the query service: here the OpenTelemetry collector"),
        .same(
          "spec.collector.maxReplicas", 3, by: "spec.collector.maxReplicas",
          of: "HorizontalPodAutoscaler/observability/otel-collector", at: "spec.maxReplicas"),
        .same(
          "spec.collector.resources.limits.memory", "1Gi", by: "spec.collector.resources.memoryLimit",
          of: "Deployment/observability/otel-collector",
          at: "spec.template.spec.containers[otel-collector].resources.limits.memory"),
        .modern(
          "spec.storage.type", "elasticsearch", by: "spec.storage.elasticsearch",
          of: "StatefulSet/observability/jaeger-elasticsearch",
          at: "spec.template.spec.containers[jaeger-elasticsearch].name", now: "jaeger-elasticsearch",
          because: "a cluster of Elasticsearch of its own, which no operator has to make"),
        .modern(
          "spec.storage.elasticsearch.nodeCount", 3, by: "spec.storage.elasticsearch.nodes",
          of: "StatefulSet/observability/jaeger-elasticsearch", at: "spec.replicas",
          because: Reason.partOfJaeger),
        .modern(
          "spec.storage.elasticsearch.storage.size", "50Gi", by: "spec.storage.elasticsearch.size",
          of: "StatefulSet/observability/jaeger-elasticsearch",
          at: "spec.volumeClaimTemplates[0].spec.resources.requests.storage", because: Reason.partOfJaeger),
        .same("spec.query.replicas", 2, by: "spec.query.replicas", at: "spec.replicas"),
      ])
  ]
}
