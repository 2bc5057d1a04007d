import KubeModel
import MeshRender
import MeshTopology
import Testing

extension ContradictionTests {
  @Test("6: no callee is balanced in a deprecated way")
  func balancesToday() throws {
    let balancers = system.of("DestinationRule").compactMap {
      $0[path: "spec", "trafficPolicy", "loadBalancer", "simple"]?.string
    }
    #expect(balancers == ["LEAST_REQUEST", "LEAST_REQUEST"])
    let wrong = try RenderedSystem.problems(
      in: "user-service.yaml", "loadBalancer: leastRequest", "loadBalancer: LEAST_CONN")
    #expect(wrong == ["\"LEAST_CONN\" is none of leastRequest, roundRobin, random or passthrough"])
  }

  /// How a rollout uses these weights, and what it does before and after, is tried by `RolloutRoutesTests` and the
  /// simulations of `MeshProceduresTests`: a release is never brought out by changing the image of all pods.
  @Test("17: a share of requests goes to pods that are there, and shares always make up the whole")
  func sharesRequests() throws {
    for workload in system.topology.workloads where workload.rollout != nil {
      for weight in [0, 20, 100] as [Weight] {
        let service = try #require(system.renderer.virtualService(for: workload, canaryWeight: weight))
        let subsets = try #require(system.renderer.destinationRule(for: workload))[path: "spec", "subsets"]
        for route in service[path: "spec", "http"]?.array ?? [] {
          let shares = route["route"]?.array ?? []
          #expect(shares.reduce(0) { $0 + ($1["weight"]?.int ?? 0) } == 100)
          for share in shares where (share["weight"]?.int ?? 0) > 0 && weight == 0 {
            let subset = subsets?.array?.first { $0["name"] == share[path: "destination", "subset"] }
            let labels = try #require(subset?["labels"]?.stringMap)
            let pod = try #require(system.pod(of: workload.reference))
            #expect(LabelSelector(matchLabels: labels).matches(pod.labels), "\(workload.name)")
          }
        }
      }
    }
    let user = try #require(system.topology.workload("production/user-service"))
    let canary = try #require(system.renderer.virtualService(for: user, canaryWeight: 20))
    let routes = canary[path: "spec", "http"]?.array ?? []
    #expect(routes.map { $0["match"] != nil } == [true, false], "what catches all must come last")
    #expect(routes.last?["route"]?.array?.compactMap { $0["weight"]?.int } == [80, 20])
  }

  @Test("18: every subset has labels that pods have")
  func selectsPods() throws {
    for rule in system.of("DestinationRule") {
      let pod = try #require(
        system.pods.first { $0.namespace == rule.namespace && $0.labels["app"] == rule.name })
      // The pods of a canary are those of the stable Deployment with the other track.
      let canary = pod.labels.merging([MeshLabels.track: MeshLabels.canary]) { $1 }
      let subsets = rule[path: "spec", "subsets"]?.array ?? []
      #expect(subsets.count == 2)
      for (subset, labels) in zip(subsets, [pod.labels, canary]) {
        let selector = LabelSelector(matchLabels: try #require(subset["labels"]?.stringMap))
        #expect(selector.matches(labels), "\(rule.reference) \(subset.jsonText())")
      }
    }
    for service in system.of("VirtualService") {
      let rule = try system.only("DestinationRule", service.name, in: service.namespace ?? "")
      let known = (rule[path: "spec", "subsets"]?.array ?? []).compactMap { $0["name"] }
      let used = (service[path: "spec", "http"]?.array ?? []).flatMap { $0["route"]?.array ?? [] }
        .compactMap { $0[path: "destination", "subset"] }
      #expect(!used.isEmpty && used.allSatisfy(known.contains), "\(service.reference)")
    }
    let wrong = try RenderedSystem.problems(in: "user-service.yaml", "subset: v2", "subset: v3")
    #expect(wrong == ["there is no subset \"v3\""])
  }
}
