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
  $0.recovery = RecoveryObjectives(recoveryTime: .seconds(900), recoveryPoint: .seconds(300))
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
  )
  Namespace(name: "api-gateway")
  Namespace(name: "cache")
  Namespace(name: "monitoring").with {
    $0.podSecurity = .baseline
    $0.hasIstioInjection = false
  }
  Namespace(name: "production")
  Cluster(name: "microservices-cluster", region: "asia-northeast1").with {
    $0.network = "microservices-vpc"
    $0.subnetwork = "gke-subnet"
    $0.podsRange = "pods-range"
    $0.servicesRange = "services-range"
    $0.controlPlaneRange = "10.0.100.0/28"
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
    $0.nodePools = [
      NodePool(name: "microservices-pool", machineType: "e2-standard-4").with {
        $0.diskSizeGb = 50
      }
    ]
  }
  Workload(name: "api-gateway", namespace: "api-gateway", image: "kong:3.4").with {
    $0.replicas = 3
    $0.ports = [
      Workload.Port(name: "proxy", port: 80).with {
        $0.targetPort = 8000
      },
      Workload.Port(name: "proxy-ssl", port: 443).with {
        $0.targetPort = 8443
        $0.protocol = .https
      }
    ]
    $0.health = HealthCheck().with {
      $0.path = "/status"
      $0.port = 8100
      $0.initialDelay = .seconds(5)
    }
    $0.resources = ComputeResources(cpu: "250m", memory: "512Mi")
    $0.env = [
      "KONG_ADMIN_LISTEN": "off",
      "KONG_DATABASE": "off",
      "KONG_PROXY_ACCESS_LOG": "/dev/stdout",
      "KONG_STATUS_LISTEN": "0.0.0.0:8100"
    ]
    $0.runAsUser = 1000
    $0.calls = [
      Call(to: "production/user-service").with {
        $0.port = "http"
        $0.perRequest = 0.6
      },
      Call(to: "production/order-service").with {
        $0.port = "http"
        $0.perRequest = 0.4
      }
    ]
    $0.isExposed = true
  }
  Workload(name: "redis", namespace: "cache", image: "redis:7-alpine").with {
    $0.ports = [
      Workload.Port(name: "redis", port: 6379).with {
        $0.protocol = .tcp
      }
    ]
    $0.health = HealthCheck().with {
      $0.port = "redis"
    }
    $0.resources = ComputeResources(cpu: "100m", memory: "128Mi")
    $0.runAsUser = 999
  }
  Workload(name: "database-service", namespace: "production", image: "postgres:15").with {
    $0.ports = [
      Workload.Port(name: "postgres", port: 5432).with {
        $0.protocol = .tcp
      }
    ]
    $0.health = HealthCheck().with {
      $0.port = "postgres"
      $0.initialDelay = .seconds(5)
    }
    $0.resources = ComputeResources(cpu: "500m", memory: "1Gi")
    $0.runAsUser = 999
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
      "REDIS_HOST": "redis.cache.svc.cluster.local"
    ]
    $0.calls = [
      Call(to: "production/database-service"),
      Call(to: "cache/redis").with {
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
}
