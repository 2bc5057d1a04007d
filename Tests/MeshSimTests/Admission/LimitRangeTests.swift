import KubeModel
import Testing

@testable import MeshSim

@Suite("Limit ranges")
struct LimitRangeTests {
  private static func pod(_ resources: String) -> String {
    #"{"spec":{"containers":[{"name":"a","image":"i","resources":{\#(resources)}}]}}"#
  }

  private func outcome(_ limit: String, _ pod: String) throws -> String? {
    var cluster = AdmissionCluster()
    try cluster.add(.limitRange, "l", #"{"spec":{"limits":[{\#(limit)}]}}"#)
    return try cluster.submit(.pod, "p", pod)?.replacing("pods \"p\" is forbidden: ", with: "")
  }

  static let rows: [(String, String, String?)] = [
    (#""type":"Container","min":{"cpu":"100m"}"#, pod(#""requests":{"cpu":"100m"}"#), nil),
    (
      #""type":"Container","min":{"cpu":"100m"}"#, pod(#""requests":{"cpu":"50m"}"#),
      "minimum cpu usage per Container is 100m, but request is 50m"
    ),
    (
      #""type":"Container","min":{"cpu":"100m"}"#, pod(""),
      "minimum cpu usage per Container is 100m.  No request is specified"
    ),
    (
      #""type":"Container","max":{"memory":"1Gi"}"#, pod(#""limits":{"memory":"2Gi"}"#),
      "maximum memory usage per Container is 1Gi, but limit is 2Gi"
    ),
    (
      #""type":"Container","max":{"memory":"1Gi"}"#, pod(""),
      "maximum memory usage per Container is 1Gi.  No limit is specified"
    ),
    (
      #""type":"Container","max":{"memory":"1Gi","cpu":"1"}"#, pod(#""limits":{"memory":"2Gi","cpu":"2"}"#),
      "[maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]"
    ),
    (
      #""type":"Container","maxLimitRequestRatio":{"cpu":"2"}"#,
      pod(#""requests":{"cpu":"100m"},"limits":{"cpu":"300m"}"#),
      "cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000"
    ),
    (
      #""type":"Container","maxLimitRequestRatio":{"cpu":"2"}"#,
      pod(#""requests":{"cpu":"1"},"limits":{"cpu":"2"}"#), nil
    ),
    (
      #""type":"Container","maxLimitRequestRatio":{"cpu":"2"}"#, pod(#""limits":{"cpu":"2"}"#),
      "cpu max limit to request ratio per Container is 2, but no request is specified or request is 0"
    ),
    (
      #""type":"Pod","max":{"cpu":"1"}"#,
      #"{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"600m"}}},{"name":"b","resources":{"limits":{"cpu":"600m"}}}]}}"#,
      "maximum cpu usage per Pod is 1, but limit is 1200m"
    ),
  ]

  @Test("resources out of bounds are refused", arguments: rows)
  func bounds(limit: String, pod: String, message: String?) throws {
    #expect(try outcome(limit, pod) == message)
  }

  @Test("containers that say nothing get the defaults, and an annotation tells which")
  func defaults() throws {
    var cluster = AdmissionCluster()
    try cluster.add(
      .limitRange, "l",
      #"{"spec":{"limits":[{"type":"Container","default":{"cpu":"500m","memory":"1Gi"},"defaultRequest":{"cpu":"100m"}}]}}"#
    )
    try cluster.submit(.pod, "p", LimitRangeTests.pod(#""limits":{"memory":"2Gi"}"#))
    let pod = try cluster.stored(.pod, "p")
    #expect(
      pod[path: "spec", "containers"]?.array?.first?["resources"]
        == ["limits": ["cpu": "500m", "memory": "2Gi"], "requests": ["cpu": "100m"]])
    #expect(
      pod.annotations["kubernetes.io/limit-ranger"]
        == "LimitRanger plugin set: cpu request for container a; cpu limit for container a")
  }

  @Test("claims are bounded by what they request")
  func claim() throws {
    var cluster = AdmissionCluster()
    try cluster.add(
      .limitRange, "l", #"{"spec":{"limits":[{"type":"PersistentVolumeClaim","max":{"storage":"1Gi"}}]}}"#)
    #expect(
      try cluster.submit(
        .persistentVolumeClaim, "c", #"{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}"#)
        == "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but "
        + "request is 2Gi")
  }
}
