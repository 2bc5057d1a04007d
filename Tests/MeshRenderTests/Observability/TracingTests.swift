import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Rendered tracing")
struct TracingTests {
  @Test("hands traces from the proxies to the collector, Jaeger and Elasticsearch")
  func handsOn() throws {
    let collector = try ObservedExample.yaml("config.yaml", of: "otel-collector")
    #expect(
      collector[path: "exporters", "otlp/jaeger", "endpoint"] == "jaeger.observability.svc.cluster.local:4317"
    )
    #expect(
      collector[path: "service", "pipelines", "traces"] == [
        "receivers": ["otlp"], "processors": ["memory_limiter", "batch"], "exporters": ["otlp/jaeger"],
      ])
    let jaeger = try ObservedExample.yaml("config.yaml", of: "jaeger")
    #expect(
      jaeger[path: "extensions", "jaeger_storage", "backends", "main", "elasticsearch", "server_urls"]
        == ["http://jaeger-elasticsearch.observability.svc.cluster.local:9200"])
    #expect(jaeger[path: "extensions", "jaeger_query", "storage", "traces"] == "main")
    #expect(jaeger[path: "exporters", "jaeger_storage_exporter", "trace_storage"] == "main")
  }

  @Test("uses nothing in a pipeline that is not declared", arguments: ["otel-collector", "jaeger"])
  func usesDeclared(_ workload: String) throws {
    let file = try ObservedExample.yaml("config.yaml", of: workload)
    for kind in ["receivers", "processors", "exporters"] {
      let used = Set(file[path: "service", "pipelines", "traces", kind]?.array?.compactMap(\.string) ?? [])
      #expect(used == Set(file[kind]?.object?.members.map(\.key) ?? []))
    }
    let extensions = Set(file[path: "service", "extensions"]?.array?.compactMap(\.string) ?? [])
    #expect(extensions == Set(file["extensions"]?.object?.members.map(\.key) ?? []))
  }

  @Test("has as many pods as the reference asks for")
  func hasPods() throws {
    let objects = try ObservedExample.objects()
    let scaler = try objects.only("HorizontalPodAutoscaler", "otel-collector")
    #expect(scaler[path: "spec", "maxReplicas"] == 3)
    let container = try objects.only("Deployment", "otel-collector")[
      path: "spec", "template", "spec", "containers"]?.array?.first
    #expect(container?[path: "resources", "limits", "memory"] == "1Gi")
    #expect(try objects.only("Deployment", "jaeger")[path: "spec", "replicas"] == 2)
    let nodes = try objects.only("StatefulSet", "jaeger-elasticsearch")
    #expect(nodes[path: "spec", "replicas"] == 3)
    let claim = nodes[path: "spec", "volumeClaimTemplates"]?.array?.first
    #expect(claim?[path: "spec", "resources", "requests", "storage"] == "50Gi")
  }

  @Test("tells the mesh what to trace, and not to trace traces")
  func tellsMesh() throws {
    let telemetries = try ObservedExample.objects().of("Telemetry")
    #expect(telemetries.map(\.namespace) == ["istio-system", "observability"])
    #expect(
      telemetries.first?[path: "spec", "tracing"] == [
        ["providers": [["name": "opentelemetry"]], "randomSamplingPercentage": 10]
      ])
    #expect(telemetries.last?[path: "spec", "tracing"] == [["disableSpanReporting": true]])
    let config = try #require(try ObservedExample.topology().tracing).meshConfig()
    #expect(
      config["extensionProviders"] == [
        [
          "name": "opentelemetry",
          "opentelemetry": ["service": "otel-collector.observability.svc.cluster.local", "port": 4317],
        ]
      ])
  }

  @Test("keeps all traces in one pod when they are in memory")
  func keepsInMemory() throws {
    let inMemory: (inout Topology) -> Void = { $0.tracing?.storage = .memory(TraceStorage.Memory()) }
    let objects = try ObservedExample.objects(inMemory)
    #expect(try objects.only("Deployment", "jaeger")[path: "spec", "replicas"] == 1)
    #expect(objects.of("StatefulSet").map(\.name) == ["prometheus"])
    let file = try ObservedExample.yaml("config.yaml", of: "jaeger", inMemory)
    #expect(
      file[path: "extensions", "jaeger_storage", "backends", "main"] == ["memory": ["max_traces": 100_000]])
  }

  @Test("keeps traces in a search that is there, with the password of a Secret")
  func keepsInService() throws {
    let outside: (inout Topology) -> Void = {
      $0.tracing?.storage = .service(
        TraceStorage.Service(to: "observability/search").with { $0.secret = "search-user" })
    }
    let file = try ObservedExample.yaml("config.yaml", of: "jaeger", outside)
    #expect(
      file[path: "extensions", "jaeger_storage", "backends", "main", "elasticsearch"] == [
        "server_urls": ["https://es.example.com:9243"],
        "auth": [
          "basic": [
            "username": "${env:ELASTICSEARCH_USERNAME}", "password": "${env:ELASTICSEARCH_PASSWORD}",
          ]
        ],
      ])
    let policy = try ObservedExample.objects(outside).only("NetworkPolicy", "jaeger")
    let egress = policy[path: "spec", "egress"]?.array ?? []
    #expect(egress.contains { $0["ports"]?.array?.first?["port"] == 9243 })
  }

  @Test("asks Jaeger's operator in the words of the reference for a version before 2")
  func asksOperator() throws {
    let objects = try ObservedExample.objects { $0.tracing?.version = "1.57" }
    let jaeger = try objects.only("Jaeger", "jaeger")
    #expect(jaeger.apiVersion == "jaegertracing.io/v1" && jaeger.namespace == "observability")
    #expect(
      jaeger[path: "spec"] == [
        "strategy": "production",
        "collector": [
          "maxReplicas": 3,
          "resources": ["requests": ["cpu": "200m", "memory": "512Mi"], "limits": ["memory": "1Gi"]],
        ],
        "storage": [
          "type": "elasticsearch", "elasticsearch": ["nodeCount": 3, "storage": ["size": "50Gi"]],
        ],
        "query": ["replicas": 2],
      ])
    #expect(!objects.contains { $0.object.namespace == "observability" && $0.object.kind == "Deployment" })
    let tracing = try #require(try ObservedExample.topology().with { $0.tracing?.version = "1.57" }.tracing)
    #expect(
      tracing.meshConfig()["extensionProviders"]?.array?.first?[path: "opentelemetry", "service"]
        == "jaeger-collector.observability.svc.cluster.local")
  }

  @Test("has a StatefulSet whose nodes know each other's names")
  func nodesKnowEachOther() throws {
    let objects = try ObservedExample.objects()
    let nodes = try objects.only("StatefulSet", "jaeger-elasticsearch")
    let container = nodes[path: "spec", "template", "spec", "containers"]?.array?.first
    let variables = container?["env"]?.array ?? []
    func value(_ name: String) -> String? { variables.first { $0["name"]?.string == name }?["value"]?.string }
    #expect(value("discovery.seed_hosts") == nodes[path: "spec", "serviceName"]?.string)
    #expect(
      value("cluster.initial_master_nodes")
        == "jaeger-elasticsearch-0,jaeger-elasticsearch-1,jaeger-elasticsearch-2")
    let alone = try ObservedExample.objects {
      $0.tracing?.storage = .elasticsearch(TraceStorage.Elasticsearch().with { $0.nodes = 1 })
    }.only("StatefulSet", "jaeger-elasticsearch")
    let single = alone[path: "spec", "template", "spec", "containers"]?.array?.first?["env"]?.array ?? []
    #expect(single.contains { $0["name"] == "discovery.type" && $0["value"] == "single-node" })
  }
}
