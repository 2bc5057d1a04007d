extension WrongTopology {
  static let shape: [WrongTopology] = [
    WrongTopology(
      "an unknown field near a known one",
      "replicas: 3", "replicaz: 3",
      Wanted(
        at: "121:3",
        "unknown field \"replicaz\"",
        in: "Workload/order-service spec.replicaz",
        remedy: "did you mean replicas?")),
    WrongTopology(
      "an unknown field that is near nothing",
      "replicas: 3", "colour: blue",
      Wanted(
        at: "121:3",
        "unknown field \"colour\"",
        in: "Workload/order-service spec.colour",
        remedy: "the fields here are image, controller, replicas, command, args, ports, health, resources, "
          + "env, files, secrets, volumes, initContainers, sidecars, serviceAccount, googleServiceAccount, "
          + "permissions, runAsUser, fsGroup, readOnlyRoot, capabilities, calls, exposed, metrics, "
          + "autoscaling, traffic, rollout, disruption, spread, terminationGracePeriod, nodePool, "
          + "tolerations and priorityClass")),
    WrongTopology(
      "an unknown field at the top of a document",
      """
      kind: Network

      """,
      """
      kind: Network
      metadat: {}

      """,
      Wanted(
        at: "17:1",
        "unknown field \"metadat\"",
        in: "Network/vpc metadat",
        remedy: "did you mean metadata?")),
    WrongTopology(
      "a missing image",
      """
        image: gcr.io/project/order-service:2.3.0

      """,
      "",
      Wanted(
        at: "119:1",
        "image is missing",
        in: "Workload/order-service spec",
        remedy: "add it, such as image: gcr.io/project/user-service:1.4.2")),
    WrongTopology(
      "a missing name",
      """
      metadata:
        name: redis

      """,
      """
      metadata:

      """,
      Wanted(
        at: "130:1",
        "name is missing",
        in: "Workload metadata",
        remedy: "add it, such as name: user-service")),
    WrongTopology(
      "a missing namespace",
      """
      name: redis
        namespace: cache
      """,
      "name: redis",
      Wanted(
        at: "130:1",
        "namespace is missing",
        in: "Workload/redis metadata",
        remedy: "add it, such as namespace: production")),
    WrongTopology(
      "a missing spec",
      adding:
        """
        apiVersion: meshctl.dev/v1alpha1
        kind: Cluster
        metadata:
          name: spare

        """,
      Wanted(
        at: "160:1",
        "spec is missing",
        in: "Cluster/spare",
        remedy: "add it, such as spec: {region: asia-northeast1}")),
    WrongTopology(
      "a missing apiVersion",
      """
      apiVersion: meshctl.dev/v1alpha1
      kind: Network
      """,
      "kind: Network",
      Wanted(
        at: "15:1",
        "apiVersion is missing",
        in: "Network/vpc",
        remedy: "add apiVersion: meshctl.dev/v1alpha1")),
    WrongTopology(
      "a document that is a list",
      adding:
        """
        - one
        - two

        """,
      Wanted(
        at: "160:1",
        "expected a mapping, found a list",
        remedy: "a document has apiVersion, kind, metadata and spec")),
    WrongTopology(
      "text where a number is expected",
      "replicas: 3", "replicas: three",
      Wanted(
        at: "121:13",
        "expected an integer, found the text \"three\"",
        in: "Workload/order-service spec.replicas",
        remedy: "write a number from 0 to 5000, without quotes")),
    WrongTopology(
      "a number in quotes",
      "replicas: 3", "replicas: \"3\"",
      Wanted(
        at: "121:13",
        "expected an integer, found the text \"3\"",
        in: "Workload/order-service spec.replicas",
        remedy: "write a number from 0 to 5000, without quotes")),
    WrongTopology(
      "a fraction where a whole number is expected",
      "replicas: 3", "replicas: 2.5",
      Wanted(
        at: "121:13",
        "expected an integer, found the number 2.5",
        in: "Workload/order-service spec.replicas",
        remedy: "write a number from 0 to 5000, without quotes")),
    WrongTopology(
      "a mapping where a list is expected",
      """
      ports:
          - name: redis
            port: 6379
            protocol: tcp
      """,
      """
      ports:
          name: redis
          port: 6379
      """,
      Wanted(
        at: "136:5",
        "expected a list, found a mapping",
        in: "Workload/redis spec.ports",
        remedy: "put - in front of each element, even when there is only one")),
    WrongTopology(
      "a list where a mapping is expected",
      """
      health:
          path: /health
          initialDelay: 5s
      """,
      "health: [/health]",
      Wanted(
        at: "75:11",
        "expected a mapping, found a list",
        in: "Workload/user-service spec.health",
        remedy: "write its fields as KEY: VALUE lines, indented below")),
    WrongTopology(
      "a field without a value",
      "replicas: 3", "replicas:",
      Wanted(
        at: "121:12",
        "expected an integer, found nothing",
        in: "Workload/order-service spec.replicas",
        remedy: "write a number from 0 to 5000, without quotes")),
    WrongTopology(
      "an unknown apiVersion",
      """
      apiVersion: meshctl.dev/v1alpha1
      kind: Network
      """,
      """
      apiVersion: meshctl.dev/v1
      kind: Network
      """,
      Wanted(
        at: "15:13",
        "unknown apiVersion \"meshctl.dev/v1\"",
        in: "Network/vpc apiVersion",
        remedy: "did you mean meshctl.dev/v1alpha1?")),
    WrongTopology(
      "an unknown kind",
      "kind: Network", "kind: Netwrk",
      Wanted(
        at: "16:7",
        "unknown kind \"Netwrk\"",
        in: "Netwrk/vpc kind",
        remedy: "did you mean Network?")),
    WrongTopology(
      "a raw manifest without a namespace",
      adding:
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1

        """,
      Wanted(
        at: "160:1",
        "a Deployment without a namespace",
        in: "Deployment/web",
        remedy: "add namespace: to its metadata, so that it does not depend on who applies it")),
    WrongTopology(
      "a raw manifest without a name",
      adding: "apiVersion: v1\nkind: ConfigMap\n",
      Wanted(
        at: "160:1", "a ConfigMap without a name", in: "ConfigMap", remedy: "add metadata: {name: …}")),
    WrongTopology(
      "a Secret in Git",
      adding:
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: db, namespace: production}
        stringData: {password: hunter2}

        """,
      Wanted(
        at: "163:13", "a Secret with what is secret in it: whoever reads the repository knows it",
        in: "Secret/db stringData",
        remedy: "change it, and keep an ExternalSecret or SealedSecret here instead")),
    WrongTopology(
      "the same key twice",
      "replicas: 3",
      """
      replicas: 3
        replicas: 4
      """,
      Wanted(
        at: "121:3",
        "the key replicas stands twice",
        remedy: "remove one of the two")),
    WrongTopology(
      "a tab as indentation",
      "  replicas: 3", "\treplicas: 3",
      Wanted(
        at: "121:1",
        "invalid YAML: found a tab character that violates indentation",
        remedy: "indent with spaces, not tabs, and quote text that starts with @, ` or %")),
  ]

  static let yaml11: [WrongTopology] = [
    WrongTopology(
      "yes as a Boolean",
      "istioInjection: true", "istioInjection: yes",
      Wanted(
        at: "55:19",
        "expected true or false, found the text \"yes\"",
        in: "Namespace/production spec.istioInjection",
        remedy: "YAML 1.1 reads that as true and YAML 1.2 as text: write true")),
    WrongTopology(
      "a Boolean in quotes",
      "istioInjection: true", "istioInjection: \"true\"",
      Wanted(
        at: "55:19",
        "expected true or false, found the text \"true\"",
        in: "Namespace/production spec.istioInjection",
        remedy: "write true or false, without quotes")),
    WrongTopology(
      "on as text",
      "MODE: fast", "MODE: on",
      Wanted(
        at: "83:11",
        "expected text, found on without quotes, which YAML 1.1 tools read as true",
        in: "Workload/user-service spec.env.MODE",
        remedy: "put it in quotes: \"on\"")),
    WrongTopology(
      "a number as text",
      "MODE: fast", "MODE: 8080",
      Wanted(
        at: "83:11",
        "expected text, found the integer 8080",
        in: "Workload/user-service spec.env.MODE",
        remedy: "put it in quotes: \"8080\"")),
    WrongTopology(
      "an octal number",
      "replicas: 3", "replicas: 010",
      Wanted(
        at: "121:13",
        "expected an integer, found the text \"010\"",
        in: "Workload/order-service spec.replicas",
        remedy: "YAML 1.1 reads it as 8 (octal) and YAML 1.2 as 10: write 8 or 10")),
    WrongTopology(
      "a number with underscores",
      "replicas: 3", "replicas: 1_000",
      Wanted(
        at: "121:13",
        "expected an integer, found the text \"1_000\"",
        in: "Workload/order-service spec.replicas",
        remedy: "YAML 1.1 reads it as a number with its underscores left out: write decimal digits only")),
    WrongTopology(
      "a number in base 60 as text",
      "MODE: fast", "MODE: 12:30",
      Wanted(
        at: "83:11",
        "expected text, found 12:30 without quotes, which YAML 1.1 tools read as a number in base 60",
        in: "Workload/user-service spec.env.MODE",
        remedy: "put it in quotes: \"12:30\"")),
  ]
}
