import Testing

@testable import MeshTopology

@Suite("A path in gRPC")
struct GRPCPathTests {
  @Test(
    "names a service, and a method or all of them",
    arguments: [
      ("/shop.Users/", RoutePath.Call(service: "shop.Users", method: nil)),
      ("/shop.Users/Get", RoutePath.Call(service: "shop.Users", method: "Get")),
      ("/Users/Get_2", RoutePath.Call(service: "Users", method: "Get_2")),
      ("/shop.Users", nil), ("/", nil), ("/shop.Users/Get/", nil), ("/shop..Users/", nil), ("//Get", nil),
      ("/2shop/", nil), ("/shop-api/", nil), ("~/shop.Users/", nil), ("/shop.Users/Get.All", nil),
    ])
  func namesCall(path: String, call: RoutePath.Call?) { #expect(RoutePath.call(in: path) == call) }
}
