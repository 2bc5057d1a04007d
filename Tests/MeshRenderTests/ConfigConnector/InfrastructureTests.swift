import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Infrastructure")
struct InfrastructureTests {
  private static func example() throws -> [RenderedObject] {
    Renderer(topology: try Example.topology()).infrastructure()
  }

  private static func large() -> [RenderedObject] {
    Renderer(topology: LargeTopology.make()).infrastructure(namespace: "shop-infrastructure")
  }

  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the files anew.
  @Test("is as it was", arguments: ["infrastructure-example", "infrastructure-large"])
  func isUnchanged(_ name: String) throws {
    let objects = try name == "infrastructure-example" ? Self.example() : Self.large()
    let text = objects.map { $0.object.json.yamlText() }.joined(separator: "---\n")
    let file = Example.root.appending(path: "Tests/MeshRenderTests/Snapshots/\(name).yaml")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test("comes in the order of applying, each object once")
  func isOrdered() throws {
    for objects in [try Self.example(), Self.large()] {
      let order = ResourceKind.infrastructure.map(\.kind)
      let ranks = try objects.map { try #require(order.firstIndex(of: $0.object.kind)) }
      #expect(ranks == ranks.sorted())
      #expect(Set(objects.map(\.object.reference)).count == objects.count)
      #expect(objects.allSatisfy { $0.concern == .infrastructure && $0.workload == nil })
    }
    #expect(Set(Self.large().map(\.object.kind)) == Set(ResourceKind.infrastructure.map(\.kind)))
  }

  @Test("refers to nothing that is not there, and never to what is applied later")
  func refersBackwards() throws {
    for objects in [try Self.example(), Self.large()] {
      var seen: Set<String> = []
      for object in objects.map(\.object) {
        for key in ["networkRef", "subnetworkRef", "routerRef", "clusterRef"] {
          guard let name = object[path: "spec", key]?["name"]?.string else { continue }
          let kinds = [
            "networkRef": "ComputeNetwork", "subnetworkRef": "ComputeSubnetwork",
            "routerRef": "ComputeRouter", "clusterRef": "ContainerCluster",
          ]
          #expect(seen.contains("\(kinds[key] ?? "")/\(name)"), "\(object.reference) \(key)")
        }
        for key in ["natIps", "reservedPeeringRanges"] {
          for reference in object[path: "spec", key]?.array ?? [] {
            #expect(seen.contains("ComputeAddress/\(reference["name"]?.string ?? "")"), "\(object.reference)")
          }
        }
        seen.insert("\(object.kind)/\(object.name)")
      }
    }
  }

  @Test("is never deleted in the cloud because an object is")
  func isAbandoned() throws {
    for (objects, namespace) in [
      (try Self.example(), "config-connector"), (Self.large(), "shop-infrastructure"),
    ] {
      for object in objects.map(\.object) {
        #expect(object.annotations["cnrm.cloud.google.com/deletion-policy"] == "abandon")
        #expect(object.annotations["cnrm.cloud.google.com/state-into-spec"] == "absent")
        #expect(object.namespace == namespace)
      }
    }
  }

  @Test("names the project of each object when there is one")
  func namesProject() throws {
    let key = "cnrm.cloud.google.com/project-id"
    #expect(try Self.example().allSatisfy { $0.object.annotations[key] == nil })
    let large = Self.large()
    #expect(try large.only("ComputeNetwork", "vpc").annotations[key] == "shop-network")
    #expect(try large.only("ContainerCluster", "main").annotations[key] == "shop-clusters")
    #expect(try large.only("ContainerNodePool", "main-batch").annotations[key] == "shop-clusters")
    #expect(try large.only("ComputeFirewall", "main-istio-webhook").annotations[key] == "shop-network")
    let identity = try large.only("ContainerCluster", "main")[path: "spec", "workloadIdentityConfig"]
    #expect(identity?["workloadPool"] == "shop-clusters.svc.id.goog")
    let given = Renderer(topology: try Example.topology()).infrastructure(project: "sandbox")
    #expect(given.allSatisfy { $0.object.annotations[key] == "sandbox" })
    for cluster in given.of("ContainerCluster") {
      #expect(cluster[path: "spec", "workloadIdentityConfig", "workloadPool"] == "sandbox.svc.id.goog")
    }
  }

  @Test("gives private nodes a way out in every region, and public ones none")
  func givesEgress() throws {
    #expect(
      try Self.example().of("ComputeRouterNAT").map(\.name) == [
        "microservices-vpc-asia-northeast1", "microservices-vpc-asia-northeast2",
      ])
    let nat = Self.large().of("ComputeRouterNAT")
    #expect(nat.map(\.name) == ["vpc-tokyo"])
    #expect(nat[0][path: "spec", "natIpAllocateOption"] == "MANUAL_ONLY")
    #expect(nat[0][path: "spec", "natIps"] == [["name": "vpc-tokyo-nat-1"], ["name": "vpc-tokyo-nat-2"]])
  }

  @Test("lets the control plane reach Istio's webhook on the nodes of its own cluster, and on no other port")
  func opensWebhook() throws {
    let firewalls = try Self.example().of("ComputeFirewall")
    #expect(firewalls.map { $0[path: "spec", "sourceRanges"] } == [["10.10.100.0/28"], ["10.0.100.0/28"]])
    for firewall in firewalls {
      #expect(firewall[path: "spec", "allow"] == [["protocol": "tcp", "ports": ["15017"]]])
      let cluster = firewall.name.replacing("-istio-webhook", with: "")
      let pools = try Self.example().of("ContainerNodePool").filter {
        $0[path: "spec", "clusterRef", "name"]?.string == cluster
      }
      #expect(pools.map { $0[path: "spec", "nodeConfig", "tags"] } == [firewall[path: "spec", "targetTags"]])
    }
    #expect(Self.large().of("ComputeFirewall").map(\.name) == ["main-istio-webhook"])
    var topology = try Example.topology()
    for index in topology.namespaces.indices { topology.namespaces[index].hasIstioInjection = false }
    #expect(Renderer(topology: topology).infrastructure().of("ComputeFirewall").isEmpty)
  }

  @Test("pins the number of nodes exactly when no autoscaler owns it, and counts them per zone")
  func countsNodes() throws {
    let large = Self.large()
    let general = try large.only("ContainerNodePool", "main-general")
    #expect(general[path: "spec", "nodeCount"] == nil)
    #expect(general[path: "spec", "initialNodeCount"] == 1)
    #expect(general[path: "spec", "autoscaling"] == ["totalMinNodeCount": 4, "totalMaxNodeCount": 20])
    let batch = try large.only("ContainerNodePool", "main-batch")
    #expect(batch[path: "spec", "nodeCount"] == 3)
    #expect(batch[path: "spec", "autoscaling"] == nil)
    #expect(try large.only("ContainerNodePool", "open-general")[path: "spec", "nodeCount"] == 1)
  }

  @Test("keeps apart what has the same name in different places")
  func separatesNames() throws {
    let example = try Self.example()
    #expect(
      example.of("ContainerNodePool").map { [$0.name, $0[path: "spec", "resourceID"]?.string ?? ""] } == [
        ["microservices-cluster-dr-microservices-pool", "microservices-pool"],
        ["microservices-cluster-microservices-pool", "microservices-pool"],
      ])
    let large = Self.large()
    #expect(large.of("ComputeSubnetwork").map(\.name) == ["vpc-open-osaka-nodes", "vpc-tokyo-nodes"])
    #expect(large.of("ComputeSubnetwork").allSatisfy { $0[path: "spec", "resourceID"] == "nodes" })
    #expect(
      try large.only("ContainerCluster", "main")[path: "spec", "subnetworkRef"] == ["name": "vpc-tokyo-nodes"]
    )
  }

  @Test("enforces NetworkPolicies by one data plane or the other")
  func enforcesPolicies() throws {
    let large = Self.large()
    let main = try large.only("ContainerCluster", "main")
    #expect(main[path: "spec", "datapathProvider"] == "ADVANCED_DATAPATH")
    #expect(main[path: "spec", "networkPolicy"] == nil)
    let open = try large.only("ContainerCluster", "open")
    #expect(open[path: "spec", "datapathProvider"] == nil)
    #expect(open[path: "spec", "networkPolicy", "enabled"] == true)
    #expect(open[path: "spec", "addonsConfig", "networkPolicyConfig", "disabled"] == false)
  }

  @Test("keeps upgrades to the maintenance window, over midnight too")
  func keepsWindow() throws {
    let large = Self.large()
    let weekend = try large.only("ContainerCluster", "main")[path: "spec", "maintenancePolicy"]
    #expect(
      weekend?["recurringWindow"] == [
        "startTime": "2024-01-01T22:30:00Z", "endTime": "2024-01-02T02:30:00Z",
        "recurrence": "FREQ=WEEKLY;BYDAY=SA,SU",
      ])
    let daily = try large.only("ContainerCluster", "open")[path: "spec", "maintenancePolicy"]
    #expect(daily?[path: "recurringWindow", "recurrence"] == "FREQ=DAILY")
    #expect(daily?[path: "recurringWindow", "endTime"] == "2024-01-01T05:00:00Z")
  }
}
