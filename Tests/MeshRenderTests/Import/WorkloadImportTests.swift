import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing workloads")
struct WorkloadImportTests {
  static let cart = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart-v1, namespace: shop}
    spec:
      replicas: 2
      strategy: {type: Recreate}
      selector: {matchLabels: {app: cart, version: v1}}
      template:
        metadata:
          labels: {app: cart, version: v1}
          annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9102"}
        spec:
          serviceAccountName: cart
          securityContext: {runAsNonRoot: true, runAsUser: 1001, fsGroup: 2000}
          containers:
          - name: app
            image: registry.example.com/cart:2.1.0
            imagePullPolicy: IfNotPresent
            ports: [{name: web, containerPort: 8080}, {name: metrics, containerPort: 9102}]
            envFrom: [{configMapRef: {name: cart-settings}}, {secretRef: {name: cart-db}}]
            env:
            - {name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: cart-settings, key: level}}}
            - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            readinessProbe: {httpGet: {path: /ready, port: web}, periodSeconds: 5}
            livenessProbe: {httpGet: {path: /ready, port: web}, periodSeconds: 5}
            lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
            resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
            volumeMounts:
            - {name: config, mountPath: /etc/cart}
            - {name: tls, mountPath: /etc/tls, readOnly: true}
            - {name: tmp, mountPath: /tmp}
          volumes:
          - {name: config, configMap: {name: cart-files}}
          - {name: tls, secret: {secretName: cart-tls}}
          - {name: tmp, emptyDir: {sizeLimit: 1Gi}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop}
    spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cart-settings, namespace: shop}
    data: {FEATURE: "on", level: info}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cart-files, namespace: shop}
    data: {app.yaml: "a: 1"}
    ---
    apiVersion: v1
    kind: Secret
    metadata:
      name: cart-db
      namespace: shop
      annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"DSN":"hunter2"}}'}
    data: {username: aHVudGVyMg==}
    stringData: {DSN: hunter2}
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: cart
      namespace: shop
      annotations: {iam.gke.io/gcp-service-account: cart@p.iam.gserviceaccount.com}
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: cart-pdb, namespace: shop}
    spec: {minAvailable: 1, selector: {matchLabels: {app: cart}}}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: cart, namespace: shop}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart-v1}
      minReplicas: 2
      maxReplicas: 8
      metrics:
      - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 65}}}
      - {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "100"}}}
    """

  @Test("joins Deployment, Service, autoscaler, budget, account and ConfigMaps by what they select and name")
  func joins() throws {
    let result = try ImportText.run(WorkloadImportTests.cart)
    let cart = try #require(result.topology.workload(named: "cart", namespace: "shop"))
    #expect(result.topology.workloads.count == 1)
    #expect(cart.ports == [Workload.Port(name: "http", port: 80).with { $0.targetPort = 8080 }])
    #expect(cart.health == HealthCheck(path: "/ready").with { $0.period = .seconds(5) })
    #expect(cart.resources?.memoryLimit == "256Mi")
    #expect(cart.env["FEATURE"] == "on")
    #expect(cart.env["LOG_LEVEL"] == "info")
    #expect(cart.env["POD_IP"] == .field("status.podIP"))
    #expect(cart.files == [ConfigurationFile(path: "/etc/cart/app.yaml", content: "a: 1")])
    #expect(cart.secrets == [SecretMount(name: "cart-tls", path: "/etc/tls")])
    #expect(cart.volumes.map(\.size) == ["1Gi"])
    #expect(cart.googleServiceAccount == "cart@p.iam.gserviceaccount.com")
    #expect(cart.disruption?.minAvailable == 1)
    #expect(cart.metrics?.port == 9102)
    #expect([cart.autoscaling?.min, cart.autoscaling?.max, cart.autoscaling?.cpu] == [2, 8, 65])
    #expect([cart.runAsUser, cart.fsGroup] == [1001, 2000])
  }

  @Test("names a Secret and its keys, and nothing of what is under them")
  func hidesSecrets() throws {
    let result = try ImportText.run(WorkloadImportTests.cart)
    let cart = try #require(result.topology.workload(named: "cart", namespace: "shop"))
    #expect(cart.env["DSN"] == .secret(name: "cart-db", key: "DSN"))
    let kept = try #require(result.kept.first { $0.object.kind == "Secret" })
    #expect(kept.reason.hasPrefix("kept elsewhere"))
    let everything = result.files.map(\.text).joined() + result.text + result.json.jsonText() + "\(result)"
    for secret in ["hunter2", "aHVudGVyMg=="] { #expect(!everything.contains(secret)) }
    #expect(result.topology.manifests.allSatisfy { $0.object.kind != "Secret" })
  }

  @Test("lists each setting that has no place, and none that is as rendering makes it")
  func listsDropped() throws {
    let result = try ImportText.run(WorkloadImportTests.cart)
    #expect(
      result.dropped.map(\.field) == [
        "spec.strategy.type", "spec.template.spec.containers[0].lifecycle.preStop.exec.command",
        "spec.metrics[1]",
      ])
    #expect(result.dropped.allSatisfy { $0.place.file == "app.yaml" && $0.place.line > 1 })
    #expect(result.reason(forDropped: "spec.metrics[1]")?.contains("cpu and memory") == true)
  }

  @Test("makes one workload of several versions behind a Service, and keeps the others as they are")
  func choosesVersion() throws {
    func version(_ name: String) -> String {
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: reviews-\(name), namespace: shop}
      spec:
        selector: {matchLabels: {app: reviews, version: \(name)}}
        template:
          metadata: {labels: {app: reviews, version: \(name)}}
          spec: {containers: [{name: reviews, image: "reviews:\(name)", ports: [{containerPort: 9080}]}]}
      ---

      """
    }
    let result = try ImportText.run(
      version("v1") + version("v2") + """
        apiVersion: v1
        kind: Service
        metadata: {name: reviews, namespace: shop}
        spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews, namespace: shop}
        spec:
          host: reviews
          subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
        """)
    #expect(result.topology.workloads.map(\.name) == ["reviews"])
    #expect(result.topology.workloads.first?.image == "reviews:v1")
    #expect(result.kept.map(\.object.name) == ["reviews-v2"])
    #expect(result.contradictions.isEmpty)
  }

  @Test("keeps objects of other kinds, each with a reason, and without what the server wrote")
  func keepsOthers() throws {
    let result = try ImportText.run(
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: cleanup, namespace: shop, uid: "1", resourceVersion: "7", managedFields: []}
      spec: {schedule: "0 3 * * *"}
      status: {active: []}
      ---
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: left}
      """)
    #expect(
      result.kept.map(\.reason) == [
        "the model has services that run on, and no jobs", "the model has no place for a Widget",
      ])
    let job = try #require(result.topology.manifests.first { $0.object.kind == "CronJob" }?.object)
    #expect(job.fields["status"] == nil)
    #expect(job.uid.isEmpty && job.resourceVersion.isEmpty)
    #expect(result.topology.manifests.first { $0.object.kind == "Widget" }?.object.namespace == "default")
  }
}
