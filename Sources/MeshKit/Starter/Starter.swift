internal import MeshProcedures
public import MeshRender
internal import MeshTopology

/// A small topology with comments, to start from.
public struct Starter: Sendable {
  private let name: String

  /// A starter for a system called `name`.
  public init(name: String) { self.name = name }

  /// The files.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when the name is none that a system can have.
  public func files() throws -> [RenderedFile] {
    let files = [
      RenderedFile(path: "topology.yaml", text: system),
      RenderedFile(path: "workloads.yaml", text: workloads),
      RenderedFile(path: "environments.yaml", text: environments),
    ]
    do {
      _ = try TopologyReader().read(
        files: files.map { TopologyFile(path: $0.path, bytes: Array($0.text.utf8)) })
    } catch {
      throw ProcedureError(
        .invalidInput, error.problems.first?.message ?? "the name cannot be used", place: "--name \(name)",
        remedy: error.problems.first?.remedy ?? "")
    }
    return files
  }

  private var system: String {
    """
    # yaml-language-server: $schema=topology.schema.json
    # The system as a whole. `meshctl schema > topology.schema.json` lets an editor help with every field.
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata:
      name: \(name)
    spec:
      # Where it runs. With a second region of role recovery there is somewhere to fail over to.
      regions:
        - name: asia-northeast1
          role: primary
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata:
      name: main
    spec:
      region: asia-northeast1
      privateEndpoint: true # its API server is reached from within the network only
      nodePools:
        - name: general
          machineType: e2-standard-4
          nodes: 3
    ---
    # Every pod is hardened and part of the mesh, unless its namespace says otherwise.
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata:
      name: production
    ---
    # What all workloads have that do not say something else.
    apiVersion: meshctl.dev/v1alpha1
    kind: Defaults
    metadata:
      name: all
    spec:
      workload:
        resources:
          cpu: 100m
          memory: 128Mi

    """
  }

  private var workloads: String {
    """
    # yaml-language-server: $schema=topology.schema.json
    # Who runs, and who calls whom. Each call becomes the NetworkPolicy at both ends and the AuthorizationPolicy
    # of whoever is called; what is not declared is not let through.
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: web
      namespace: production
    spec:
      image: gcr.io/project/web:1.0.0
      exposed: true # to users outside the cluster
      ports:
        - name: http
          port: 80
          targetPort: 8080
      health:
        path: /health
      calls:
        - to: api
          methods: [GET, POST]
          paths: [/api/*]
      autoscaling:
        min: 2
        max: 10
      # A new version gets a fifth of the traffic, and takes over when it does as well as the old one.
      rollout:
        steps: [20]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: api
      namespace: production
    spec:
      image: gcr.io/project/api:1.0.0
      replicas: 2
      ports:
        - name: http
          port: 8080
      health:
        path: /health
      env:
        DATABASE_PASSWORD: # from a Secret of the cluster; the repository never holds one
          secret: {name: api-database, key: password}

    """
  }

  private var environments: String {
    """
    # yaml-language-server: $schema=topology.schema.json
    # Where the declared clusters are. An embedded one is part of meshctl itself: it needs nothing else, and
    # serves first tries, CI and rehearsals.
    apiVersion: meshctl.dev/v1alpha1
    kind: Environment
    metadata:
      name: embedded
    spec:
      clusters:
        main:
          kind: embedded
      simulation:
        traffic:
          - to: web
            requestsPerSecond: 50
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Environment
    metadata:
      name: production
    spec:
      clusters:
        main:
          kind: kubeconfig
          context: main
    ---
    # What is different in production: laid over the document of the same name.
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata:
      name: web
      namespace: production
      environment: production
    spec:
      autoscaling:
        min: 4

    """
  }
}
