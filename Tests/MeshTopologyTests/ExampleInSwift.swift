// swift-format-ignore-file
import KubeModel
import MeshTopology

let exampleInSwift = Topology(
  name: "microservices",
  regions: [
    Region(name: "asia-northeast1", role: .primary),
    Region(name: "asia-northeast2", role: .recovery)
  ]
).with {
  $0.recovery = RecoveryObjectives(recoveryTime: .seconds(900), recoveryPoint: .seconds(300)).with {
    $0.traffic = RegionalTraffic(host: "api.example.com").with {
      $0.addresses = ["asia-northeast1": "203.0.113.10", "asia-northeast2": "203.0.113.20"]
    }
    $0.witness = Witness(kind: .git)
    $0.drills = "0 3 1 * *"
  }
}.adding {
  Network(
    name: "microservices-vpc",
    subnets: [
      Subnet(name: "gke-subnet", region: "asia-northeast1", range: "10.0.1.0/24").with {
        $0.purpose = "nodes"
        $0.secondaryRanges = [
          Subnet.SecondaryRange(name: "pods-range", range: "10.1.0.0/16"),
          Subnet.SecondaryRange(name: "services-range", range: "10.2.0.0/16")
        ]
      },
      Subnet(name: "ingress-subnet", region: "asia-northeast1", range: "10.0.2.0/24").with {
        $0.purpose = "load balancers that face the internet"
      },
      Subnet(name: "gke-subnet-dr", region: "asia-northeast2", range: "10.10.1.0/24").with {
        $0.purpose = "nodes"
        $0.secondaryRanges = [
          Subnet.SecondaryRange(name: "pods-range", range: "10.11.0.0/16"),
          Subnet.SecondaryRange(name: "services-range", range: "10.12.0.0/16")
        ]
      },
      Subnet(name: "ingress-subnet-dr", region: "asia-northeast2", range: "10.10.2.0/24").with {
        $0.purpose = "load balancers that face the internet"
      }
    ]
  ).with {
    $0.project = "my-project"
    $0.reservedAddresses = [
      ReservedAddress(name: "api-gateway-ip").with {
        $0.region = "asia-northeast1"
      },
      ReservedAddress(name: "api-gateway-ip-dr").with {
        $0.region = "asia-northeast2"
      }
    ]
  }
  Namespace(name: "api-gateway")
  Namespace(name: "cache")
  Namespace(name: "logging").with {
    $0.podSecurity = .privileged
    $0.hasIstioInjection = false
  }
  Namespace(name: "monitoring").with {
    $0.podSecurity = .baseline
    $0.hasIstioInjection = false
  }
  Namespace(name: "observability")
  Namespace(name: "production")
  Namespace(name: "velero").with {
    $0.podSecurity = .privileged
    $0.hasIstioInjection = false
  }
  Cluster(name: "microservices-cluster", region: "asia-northeast1").with {
    $0.network = "microservices-vpc"
    $0.subnetwork = "gke-subnet"
    $0.podsRange = "pods-range"
    $0.servicesRange = "services-range"
    $0.controlPlaneRange = "10.0.100.0/28"
    $0.authorizedNetworks = [Cluster.AuthorizedNetwork(name: "operators", range: "203.0.113.0/24")]
    $0.nodePools = [
      NodePool(name: "microservices-pool", machineType: "e2-standard-4").with {
        $0.diskSizeGb = 50
      }
    ]
  }
  Cluster(name: "microservices-cluster-dr", region: "asia-northeast2").with {
    $0.network = "microservices-vpc"
    $0.subnetwork = "gke-subnet-dr"
    $0.podsRange = "pods-range"
    $0.servicesRange = "services-range"
    $0.controlPlaneRange = "10.10.100.0/28"
    $0.authorizedNetworks = [Cluster.AuthorizedNetwork(name: "operators", range: "203.0.113.0/24")]
    $0.nodePools = [
      NodePool(name: "microservices-pool", machineType: "e2-standard-4").with {
        $0.diskSizeGb = 50
      }
    ]
  }
  ServiceMesh(name: "production-mesh").with {
    $0.network = "gke-network"
    $0.isMultiCluster = true
    $0.hasAutoRegistration = true
    $0.ingressGateways = [
      IngressGateway(name: "istio-ingressgateway").with {
        $0.addresses = ["asia-northeast1": "203.0.113.11", "asia-northeast2": "203.0.113.21"]
      }
    ]
  }
  ExternalService(
    name: "alertmanager",
    namespace: "monitoring",
    hosts: ["alerts.example.com"]
  )
  RedisCluster(name: "redis-cluster", namespace: "cache", storage: "10Gi").with {
    $0.resources = ComputeResources(cpu: "250m", memory: "1Gi")
    $0.maxMemory = "512Mi"
    $0.evictionPolicy = .allKeysLRU
    $0.durability = .rebuildable
  }
  Database(name: "database-service", namespace: "production", storage: "50Gi").with {
    $0.image = "ghcr.io/cloudnative-pg/postgresql:15"
    $0.resources = ComputeResources(cpu: "500m", memory: "1Gi")
    $0.backup = DatabaseBackup(destination: "gs://microservices-database/").with {
      $0.googleServiceAccount = "database@project.iam.gserviceaccount.com"
    }
    $0.replication = DatabaseReplication(kind: .archive)
  }
  Workload(
    name: "order-service",
    namespace: "production",
    image: "gcr.io/project/order-service:2.3.0"
  ).with {
    $0.replicas = 3
    $0.ports = [Workload.Port(name: "http", port: 8080)]
    $0.health = HealthCheck().with {
      $0.path = "/health"
    }
    $0.resources = ComputeResources(cpu: "250m", memory: "256Mi")
    $0.env = ["DATABASE_HOST": "database-service.production.svc.cluster.local"]
    $0.calls = [
      Call(to: "production/user-service").with {
        $0.perRequest = 0.5
      },
      Call(to: "production/database-service").with {
        $0.perRequest = 2.0
      }
    ]
    $0.rollout = RolloutPolicy().with {
      $0.steps = [10, 50]
    }
  }
  Workload(
    name: "user-service",
    namespace: "production",
    image: "gcr.io/project/user-service:1.4.2"
  ).with {
    $0.ports = [Workload.Port(name: "http", port: 8080)]
    $0.health = HealthCheck().with {
      $0.path = "/health"
    }
    $0.resources = ComputeResources(cpu: "250m", memory: "256Mi").with {
      $0.memoryLimit = "512Mi"
    }
    $0.env = [
      "DATABASE_HOST": "database-service.production.svc.cluster.local",
      "REDIS_HOST": "redis-cluster.cache.svc.cluster.local"
    ]
    $0.permissions = [
      Permission(resources: ["secrets", "configmaps"], verbs: ["get", "list"]),
      Permission(resources: ["pods"], verbs: ["get", "list", "watch"])
    ]
    $0.calls = [
      Call(to: "production/database-service"),
      Call(to: "cache/redis-cluster").with {
        $0.perRequest = 0.8
      }
    ]
    $0.autoscaling = Autoscaling(min: 3, max: 50).with {
      $0.cpu = 70
      $0.memory = 80
      $0.behavior = ScalingBehavior().with {
        $0.scaleUp = ScalingBehavior.Speed().with {
          $0.stabilization = .seconds(60)
        }
        $0.scaleDown = ScalingBehavior.Speed().with {
          $0.stabilization = .seconds(300)
          $0.percent = 50
          $0.period = .seconds(60)
        }
      }
    }
    $0.traffic = Traffic().with {
      $0.subsets = [Subset(name: "v1", weight: 80), Subset(name: "v2", weight: 20)]
      $0.headerRoutes = [HeaderRoute(header: "version", exact: "v2", subset: "v2")]
      $0.connectionPool = ConnectionPool().with {
        $0.maxConnections = 100
        $0.http1MaxPendingRequests = 50
        $0.maxRequestsPerConnection = 10
      }
    }
    $0.rollout = RolloutPolicy().with {
      $0.steps = [20]
    }
  }
  Gateway(
    name: "api-gateway",
    namespace: "api-gateway",
    routes: [
      Gateway.Route(name: "user-api", to: "production/user-service").with {
        $0.port = "http"
        $0.paths = ["/api/users"]
        $0.methods = [.get, .post, .put, .delete]
        $0.isHTTPSOnly = true
        $0.perRequest = 0.6
        $0.rateLimit = Gateway.RateLimit().with {
          $0.minute = 100
        }
      },
      Gateway.Route(name: "order-read", to: "production/order-service").with {
        $0.port = "http"
        $0.paths = ["/api/orders"]
        $0.methods = [.get]
        $0.isHTTPSOnly = true
        $0.perRequest = 0.3
        $0.authentication = .token(Gateway.TokenCheck(issuer: "accounts").with {
          $0.scopes = ["read"]
        })
      },
      Gateway.Route(name: "order-write", to: "production/order-service").with {
        $0.port = "http"
        $0.paths = ["/api/orders"]
        $0.methods = [.post]
        $0.isHTTPSOnly = true
        $0.perRequest = 0.1
        $0.authentication = .token(Gateway.TokenCheck(issuer: "accounts").with {
          $0.scopes = ["write"]
        })
      }
    ]
  ).with {
    $0.issuers = [
      Gateway.TokenIssuer(name: "accounts", issuer: "https://accounts.example.com").with {
        $0.jwksURI = "https://accounts.example.com/.well-known/jwks.json"
        $0.audiences = ["microservices"]
      }
    ]
    $0.metrics = Gateway.Metrics().with {
      $0.perConsumer = true
    }
    $0.image = "kong:3.4"
    $0.replicas = 3
    $0.addresses = [
      "asia-northeast1": .reserved("api-gateway-ip"),
      "asia-northeast2": .reserved("api-gateway-ip-dr")
    ]
    $0.certificate = "api-gateway-tls"
  }
  Tracing(name: "jaeger", namespace: "observability").with {
    $0.sampling = 10.0
    $0.storage = .elasticsearch(TraceStorage.Elasticsearch())
  }
  Monitoring(name: "prometheus", namespace: "monitoring").with {
    $0.stateMetrics = Monitoring.StateMetrics()
    $0.alertmanagers = ["monitoring/alertmanager"]
    $0.rules = [
      RuleGroup(
        name: "traffic",
        rules: [
          RuleGroup.Rule(
            expr: "sum(rate(istio_requests_total{reporter=\"destination\",destination_workload_namespace=\"production\"}[5m])) == 0"
          ).with {
            $0.alert = "NoTraffic"
            $0.duration = .seconds(600)
            $0.labels = ["severity": "critical"]
            $0.annotations = ["summary": "nobody has asked production for anything for ten minutes"]
          }
        ]
      )
    ]
  }
  Logging(name: "fluent-bit", namespace: "logging").with {
    $0.namespaces = ["production"]
    $0.destination = .bigQuery(LogDestination.BigQuery(
      project: "my-project",
      dataset: "microservices_logs",
      table: "application_logs",
      credentials: "fluent-bit-bigquery"
    ))
  }
  Backup(
    name: "velero",
    namespace: "velero",
    schedules: [
      BackupSchedule(name: "daily-backup", schedule: "0 2 * * *").with {
        $0.namespaces = ["production", "api-gateway"]
        $0.excludedResources = ["events", "events.events.k8s.io"]
        $0.storageLocation = "gcs-backup"
        $0.snapshotLocations = ["gcp-snapshots"]
      }
    ]
  ).with {
    $0.locations = [
      BackupLocation(name: "gcs-backup", provider: .gcp, bucket: "microservices-backup").with {
        $0.isDefault = true
      }
    ]
    $0.snapshotLocations = [SnapshotLocation(name: "gcp-snapshots", provider: .gcp)]
  }
  Environment(
    name: "embedded",
    clusters: [
      BoundCluster(cluster: "microservices-cluster", access: .embedded),
      BoundCluster(cluster: "microservices-cluster-dr", access: .embedded)
    ]
  ).with {
    $0.simulation = Simulation().with {
      $0.traffic = [SimulatedTraffic(to: "api-gateway/api-gateway", requestsPerSecond: 100.0)]
      $0.images = [
        ImageBehavior(match: "*/user-service:1.4.*").with {
          $0.startup = .seconds(3)
          $0.startupJitter = .seconds(1)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(20)
            $0.p99 = .milliseconds(120)
          }
          $0.errorRate = 0.1
        },
        ImageBehavior(match: "*/user-service:1.5.*").with {
          $0.startup = .seconds(3)
          $0.startupJitter = .seconds(1)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(18)
            $0.p99 = .milliseconds(110)
          }
          $0.errorRate = 0.1
        },
        ImageBehavior(match: "*/user-service:1.6.*").with {
          $0.startup = .seconds(3)
          $0.startupJitter = .seconds(1)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(35)
            $0.p99 = .milliseconds(700)
          }
          $0.errorRate = 8.0
        },
        ImageBehavior(match: "*/user-service:1.7.*").with {
          $0.failure = .crashLoop
        },
        ImageBehavior(match: "*/order-service:*").with {
          $0.startup = .seconds(4)
          $0.startupJitter = .seconds(1)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(25)
            $0.p99 = .milliseconds(150)
          }
          $0.errorRate = 0.1
        },
        ImageBehavior(match: "kong:*").with {
          $0.startup = .seconds(5)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(2)
            $0.p99 = .milliseconds(10)
          }
        },
        ImageBehavior(match: "postgres:*").with {
          $0.startup = .seconds(6)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(3)
            $0.p99 = .milliseconds(20)
          }
        },
        ImageBehavior(match: "redis:*").with {
          $0.startup = .seconds(1)
          $0.latency = ImageBehavior.Latency().with {
            $0.median = .milliseconds(1)
            $0.p99 = .milliseconds(4)
          }
        }
      ]
    }
  }
  Environment(
    name: "production",
    clusters: [
      BoundCluster(cluster: "microservices-cluster", access: .kubeconfig(context: "gke_project_asia-northeast1_microservices-cluster")),
      BoundCluster(cluster: "microservices-cluster-dr", access: .kubeconfig(context: "gke_project_asia-northeast2_microservices-cluster-dr"))
    ]
  )
  Overlay(environment: "embedded", kind: "Database", name: "database-service", namespace: "production", spec: ["backup": .null, "credentials": "database-app", "durability": "rebuildable", "form": "workload", "image": "postgres:15", "instances": .null, "replication": .null])
}
