import Foundation
import MeshRender
import MeshTopology

/// Renders ever larger systems for both clusters: the time for each workload is to stay the same.
func measureRendering() {
  var first = 0.0
  for count in [1000, 2000, 5000, 10_000] {
    let topology = largeTopology(workloads: count)
    var objects = 0
    let time = seconds(runs: count > 2000 ? 3 : 5) {
      let renderer = Renderer(topology: topology)
      objects = topology.clusters.reduce(0) { $0 + renderer.objects(for: $1).count }
    }
    let each = time / Double(count)
    if first == 0 { first = each }
    say(
      "rendering \(count) workloads with 5 calls each for 2 clusters: \(objects) objects in "
        + String(format: "%.2f s of one core, %.2f × the time a workload of the smallest", time, each / first)
    )
  }
}
