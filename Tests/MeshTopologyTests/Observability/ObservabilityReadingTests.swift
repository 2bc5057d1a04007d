import KubeModel
import MeshTopology
import Testing

@Suite("Traces, measures and logs of a topology")
struct ObservabilityReadingTests {
  @Test("are read as they are written")
  func areRead() throws {
    let topology = try Topology.observed()
    let tracing = try #require(topology.tracing)
    #expect(tracing.sampling == 10)
    #expect(tracing.runningImage.description == "jaegertracing/jaeger:2.11.0")
    #expect(tracing.intake.maxReplicas == 3)
    #expect(tracing.intake.resources.memoryLimit == "1Gi")
    #expect(tracing.query.replicas == 2)
    guard case .elasticsearch(let nodes) = tracing.storage else {
      Issue.record("traces are kept elsewhere")
      return
    }
    #expect(nodes.nodes == 3 && nodes.size == "50Gi")

    let monitoring = try #require(topology.monitoring)
    #expect(monitoring.scrapeInterval == .seconds(15))
    #expect(monitoring.evaluationInterval == .seconds(15))
    #expect(monitoring.alertmanagers == ["watching/search"])
    #expect(monitoring.builtInRules == [.availability, .latency])
    #expect(monitoring.rules.map(\.name) == ["orders"])
    #expect(monitoring.rules[0].rules.map(\.alert) == ["NoOrders", nil])
    #expect(monitoring.rules[0].rules[0].duration == .seconds(600))

    let logging = try #require(topology.logging)
    #expect(logging.namespaces == ["production"])
    #expect(logging.memBufLimit.value == 50_000_000)
    #expect(logging.multilineParsers == [.docker, .cri])
    let table = LogDestination.BigQuery(
      project: "my-project", dataset: "microservices_logs", table: "application_logs",
      credentials: "bigquery-writer")
    #expect(logging.destination == .bigQuery(table))
  }

  @Test("need nothing but a namespace")
  func needNothing() throws {
    let text = ["Tracing", "Monitoring"].map { kind in
      """
      apiVersion: meshctl.dev/v1alpha1
      kind: \(kind)
      metadata:
        name: usual
        namespace: production
      """
    }
    let documents = ObservedSystem.text.components(before: "kind: ExternalService") + text
    let topology = try SmallTopology.read(
      documents.joined(separator: "\n---\n").replacing("registryOnly", with: "allowAny"))
    #expect(topology.tracing == Tracing(name: "usual", namespace: "production"))
    #expect(topology.monitoring == Monitoring(name: "usual", namespace: "production"))
    #expect(topology.tracing?.storage == .memory(TraceStorage.Memory()))
    #expect(topology.monitoring?.builtInRules == BuiltInRule.allCases)
  }

  @Test("survive being written and read again, in every form that they have", arguments: Variant.all)
  func survive(_ variant: Variant) throws {
    let topology = try Topology.observed().with(variant.change)
    #expect(try topology.validated() == topology)
  }

  @Test("are where the old operators and the new workloads have them")
  func areWherePartsAre() throws {
    var tracing = try #require(try Topology.observed().tracing)
    #expect(tracing.collector == "watching/otel-collector")
    #expect(tracing.collectorLabels == ["app": "otel-collector"])
    tracing.version = "1.57"
    #expect(tracing.collector == "watching/jaeger-collector")
    #expect(tracing.collectorLabels["app.kubernetes.io/component"] == "collector")

    var monitoring = try #require(try Topology.observed().monitoring)
    #expect(monitoring.prometheusLabels == ["app": "prometheus"])
    monitoring.management = .operator
    #expect(monitoring.prometheusLabels == ["app.kubernetes.io/name": "prometheus"])
  }

  @Test(
    "take expressions whose quotes and brackets are paired",
    arguments: [
      "up == 0", "sum by (job) (rate(x{path=~\"/a\\\\(b\"}[5m]))", "x{a='}', b=`\\`}",
      "label_replace(x, \"a\", \"$1\", \"b\", \"(\\\")\")",
    ])
  func takeExpressions(_ expression: String) throws {
    let topology = try Topology.observed().with {
      $0.monitoring?.rules = [
        RuleGroup(name: "own", rules: [RuleGroup.Rule(record: "own", expr: expression)])
      ]
    }
    #expect(try topology.validated() == topology)
  }
}

/// A change to the observed system.
struct Variant: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let change: @Sendable (inout Topology) -> Void

  init(_ description: String, _ change: @escaping @Sendable (inout Topology) -> Void) {
    testDescription = description
    self.change = change
  }

  static let all = [
    Variant("as it is") { _ in },
    Variant("traces in memory") {
      $0.tracing?.storage = .memory(TraceStorage.Memory().with { $0.maxTraces = 5 })
      $0.tracing?.query.replicas = 1
    },
    Variant("traces in a search that is there") {
      $0.tracing?.storage = .service(
        TraceStorage.Service(to: "watching/search").with {
          $0.port = "https"
          $0.secret = "search"
        })
    },
    Variant("the operator of Jaeger 1") { $0.tracing?.version = "1.57" },
    Variant("an image of its own") { $0.tracing?.image = "gcr.io/project/jaeger:2.11.0" },
    Variant("logs to Google") { $0.logging?.destination = .cloudLogging(LogDestination.CloudLogging()) },
    Variant("logs to stdout") { $0.logging?.destination = .stdout(LogDestination.Stdout()) },
    Variant("logs to Elasticsearch") {
      $0.logging?.destination = .elasticsearch(
        LogDestination.Elasticsearch(to: "watching/search").with { $0.index = "shop" })
    },
    Variant("logs by HTTP") {
      $0.logging?.destination = .http(LogDestination.HTTP(to: "watching/search").with { $0.path = "/in" })
    },
    Variant("Prometheus' operator") {
      $0.monitoring = Monitoring(name: "prometheus", namespace: "watching").with {
        $0.management = .operator
        $0.objectLabels = ["release": "prometheus"]
        $0.stateMetrics = Monitoring.StateMetrics()
        $0.scrapes = [.mesh]
      }
    },
  ]
}

extension String {
  /// The documents before the one with `line`.
  fileprivate func components(before line: String) -> [String] {
    split(separator: "---\n").map(String.init).prefix { !$0.contains(line) }.map {
      $0.hasSuffix("\n") ? String($0.dropLast()) : $0
    }
  }
}
