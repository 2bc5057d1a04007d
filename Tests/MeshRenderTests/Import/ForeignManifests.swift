/// Manifests as teams have them that know nothing of meshctl.
enum ForeignManifests {
  /// What a chart of Helm commonly comes to: a web server behind an Ingress, scaled by a measure of its own, with a
  /// worker, a nightly job, a migration and a volume.
  static let chart = """
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: release-web
      labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release, helm.sh/chart: web-1.4.2, app.kubernetes.io/managed-by: Helm}
    automountServiceAccountToken: true
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: release-web, labels: {app.kubernetes.io/instance: release}}
    type: Opaque
    data: {DATABASE_URL: cG9zdGdyZXM6Ly9odW50ZXIy}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: release-web}
    data: {LOG_LEVEL: info, WORKER_URL: "http://release-worker:9000"}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: release-web
      labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release}
    spec:
      type: ClusterIP
      ports: [{port: 80, targetPort: http, protocol: TCP, name: http}]
      selector: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: release-worker}
    spec: {ports: [{port: 9000, name: grpc}], selector: {app.kubernetes.io/name: worker, app.kubernetes.io/instance: release}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: release-web
      labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release, helm.sh/chart: web-1.4.2}
    spec:
      selector: {matchLabels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release}}
      template:
        metadata:
          annotations: {checksum/config: 0badc0de}
          labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: release}
        spec:
          serviceAccountName: release-web
          securityContext: {fsGroup: 2000}
          initContainers:
          - {name: migrate, image: "ghcr.io/acme/web:1.4.2", command: [bin/migrate], envFrom: [{secretRef: {name: release-web}}]}
          containers:
          - name: web
            image: "ghcr.io/acme/web:1.4.2"
            imagePullPolicy: IfNotPresent
            envFrom: [{configMapRef: {name: release-web}}, {secretRef: {name: release-web}}]
            ports: [{name: http, containerPort: 3000, protocol: TCP}]
            livenessProbe: {httpGet: {path: /healthz, port: http}}
            readinessProbe: {httpGet: {path: /readyz, port: http}}
            resources: {limits: {cpu: 500m, memory: 256Mi}, requests: {cpu: 100m, memory: 128Mi}}
            volumeMounts: [{name: uploads, mountPath: /srv/uploads}]
          volumes: [{name: uploads, persistentVolumeClaim: {claimName: uploads}}]
          nodeSelector: {disktype: ssd}
          tolerations: [{key: dedicated, operator: Equal, value: web, effect: NoSchedule}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: release-worker}
    spec:
      replicas: 2
      selector: {matchLabels: {app.kubernetes.io/name: worker, app.kubernetes.io/instance: release}}
      template:
        metadata: {labels: {app.kubernetes.io/name: worker, app.kubernetes.io/instance: release}}
        spec:
          containers:
          - {name: worker, image: ghcr.io/acme/worker, ports: [{containerPort: 9000}], args: ["--queue", "$(QUEUE)"], env: [{name: QUEUE, value: mail}]}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: release-web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: release-web}
      minReplicas: 2
      maxReplicas: 10
      metrics:
      - {type: External, external: {metric: {name: queue_depth}, target: {type: AverageValue, averageValue: "30"}}}
      - {type: Pods, pods: {metric: {name: http_requests}, target: {type: AverageValue, averageValue: 1k}}}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: release-web, annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
    spec:
      ingressClassName: nginx
      tls: [{secretName: web-tls, hosts: [shop.example.com]}]
      rules:
      - host: shop.example.com
        http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: release-web, port: {number: 80}}}}]}
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: release-nightly}
    spec:
      schedule: "0 3 * * *"
      jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: nightly, image: "ghcr.io/acme/web:1.4.2"}]}}}}
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: uploads}
    spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 20Gi}}}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: release-web-test-connection, annotations: {helm.sh/hook: test}}
    spec: {restartPolicy: Never, containers: [{name: wget, image: busybox, command: [wget], args: ["release-web:80"]}]}
    """

  /// A demonstration of Istio: a page in front, reviews in three versions, ratings behind them, routes of a Gateway
  /// and of the Gateway API.
  static var books: String {
    let services = ["productpage", "details", "ratings", "reviews"].map { name in
      """
      apiVersion: v1
      kind: Service
      metadata: {name: \(name), labels: {app: \(name), service: \(name)}}
      spec: {ports: [{port: 9080, name: http}], selector: {app: \(name)}}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: bookinfo-\(name), labels: {account: \(name)}}
      """
    }
    let versions = [
      ("productpage", "v1"), ("details", "v1"), ("ratings", "v1"), ("reviews", "v1"), ("reviews", "v2"),
      ("reviews", "v3"),
    ]
    let deployments = versions.map { name, version in
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: \(name)-\(version), labels: {app: \(name), version: \(version)}}
      spec:
        replicas: 1
        selector: {matchLabels: {app: \(name), version: \(version)}}
        template:
          metadata: {labels: {app: \(name), version: \(version)}}
          spec:
            serviceAccountName: bookinfo-\(name)
            containers:
            - name: \(name)
              image: docker.io/istio/examples-bookinfo-\(name)-\(version):1.20.3
              imagePullPolicy: IfNotPresent
              ports: [{containerPort: 9080}]
              volumeMounts: [{name: tmp, mountPath: /tmp}]
            volumes: [{name: tmp, emptyDir: {}}]
      """
    }
    return (services + deployments + [routes]).joined(separator: "\n---\n")
  }

  private static let routes = """
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: bookinfo-gateway}
    spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 8080, name: http, protocol: HTTP}, hosts: ["*"]}]}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: bookinfo}
    spec:
      hosts: ["*"]
      gateways: [bookinfo-gateway]
      http:
      - match: [{uri: {exact: /productpage}}, {uri: {prefix: /static}}]
        route: [{destination: {host: productpage, port: {number: 9080}}}]
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: reviews}
    spec:
      host: reviews
      trafficPolicy: {loadBalancer: {simple: RANDOM}}
      subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews}
    spec:
      hosts: [reviews]
      http:
      - match: [{headers: {end-user: {exact: jason}}}]
        route: [{destination: {host: reviews, subset: v2}}]
      - route:
        - {destination: {host: reviews, subset: v1}, weight: 80}
        - {destination: {host: reviews, subset: v3}, weight: 20}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: books}
    spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: books}
    spec:
      parentRefs: [{name: books}]
      rules: [{matches: [{path: {type: Exact, value: /productpage}}], backendRefs: [{name: productpage, port: 9080}]}]
    ---
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: ratings}
    spec:
      selector: {matchLabels: {app: ratings}}
      rules: [{from: [{source: {principals: [cluster.local/ns/default/sa/bookinfo-reviews]}}], to: [{operation: {methods: [GET]}}]}]
    """
}
