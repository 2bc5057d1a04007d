import KubeModel

extension TableCells {
  static let metrics: [String: Cells] = [
    "metrics.k8s.io/NodeMetrics": { row in
      [row.name] + ["cpu", "memory"].map { row.text("usage", $0) } + [row.text("window")]
    },
    "metrics.k8s.io/PodMetrics": { row in
      let totals = ["cpu", "memory"].map { name in
        let nanos = row.list("containers").compactMap { Amount($0[path: "usage", name])?.nanos }
          .reduce(0, +)
        // In the units of the usage itself.
        return name == "cpu" ? "\(nanos)n" : "\((nanos / 1_000_000_000) >> 10)Ki"
      }
      return [row.name] + totals.map(JSONValue.string) + [row.text("window")]
    },
  ]
}
