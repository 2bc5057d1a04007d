import KubeModel
import Seams

/// Gives Services of type LoadBalancer an address, as a cloud would.
enum LoadBalancer {
  private static let source = "service-controller"

  static func reconcile(_ service: KubeObject, in state: inout ClusterState) {
    let wants =
      service[path: "spec", "type"]?.string == "LoadBalancer" && service.deletionTimestamp == nil
      && service[path: "spec", "loadBalancerClass"] == nil
    let has = service[path: "status", "loadBalancer", "ingress"]?.array?.isEmpty == false
    guard wants != has else { return }
    guard wants else {
      guard service[path: "spec", "type"]?.string != "LoadBalancer" else { return }
      var changed = service
      changed.set("status", "loadBalancer", to: [:])
      state.revise(changed, kind: .service, manager: "cloud-controller-manager", subresource: "status")
      return
    }
    state.note(service, .normal, "EnsuringLoadBalancer", "Ensuring load balancer", by: source)
    var changed = service
    let address = service[path: "spec", "loadBalancerIP"]?.string ?? nextAddress(in: &state)
    changed.set("status", "loadBalancer", "ingress", to: [["ip": .string(address), "ipMode": "VIP"]])
    state.revise(changed, kind: .service, manager: "cloud-controller-manager", subresource: "status")
    state.note(service, .normal, "EnsuredLoadBalancer", "Ensured load balancer", by: source)
  }

  private static func nextAddress(in state: inout ClusterState) -> String {
    let used = Set(
      state.store.list(.service).flatMap { $0[path: "status", "loadBalancer", "ingress"]?.array ?? [] }
        .compactMap { $0["ip"]?.string })
    while true {
      state.controllers.nextBalancerAddress &+= 1
      let number = state.controllers.nextBalancerAddress
      let address = "203.0.113.\(1 + (number - 1) % 254)"
      if !used.contains(address) || number > 100_000 { return address }
    }
  }
}
