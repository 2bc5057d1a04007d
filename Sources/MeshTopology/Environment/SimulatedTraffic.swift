internal import KubeModel

/// Requests that come from outside the clusters.
public struct SimulatedTraffic: TopologyValue {
  /// Who receives them.
  public var to: WorkloadReference
  /// How many there are each second on average.
  public var requestsPerSecond: Double

  /// Creates traffic.
  public init(to workload: WorkloadReference, requestsPerSecond: Double) {
    to = workload
    self.requestsPerSecond = requestsPerSecond
  }
}

extension SimulatedTraffic: Formed {
  static let form = Form(
    "SimulatedTraffic", "Requests that come from outside the clusters.",
    blank: Self(to: "", requestsPerSecond: 0)
  ) {
    FormField.required("to", \.to, target, example: "api-gateway/api-gateway", "Who receives them.")
    FormField.required(
      "requestsPerSecond", \.requestsPerSecond, .number(in: 0...1_000_000), example: "100",
      "How many there are each second on average.")
  }

  /// A bare name must stand for one workload only.
  private static let target = Codec<WorkloadReference>(
    read: readTarget, write: { .scalar(.string($0.description)) },
    source: { SwiftSource(SwiftSource.literal($0.description)) },
    shape: { .special(words: "NAMESPACE/NAME, or NAME where only one workload has it", pattern: nil) })

  private static func readTarget(_ field: Field) -> WorkloadReference? {
    guard let reference = field.workloadReference(namespace: "") else { return nil }
    let directory = field.reading.directory
    if !reference.namespace.isEmpty, directory.isCallable(reference) { return reference }
    let namesakes = directory.callables.filter { $0.name == reference.name }
    if reference.namespace.isEmpty, namesakes.count == 1 { return namesakes[0] }
    if reference.namespace.isEmpty, namesakes.count > 1 {
      field.report(
        .unknownReference, "\(namesakes.count) workloads are called \(reference.name)",
        remedy: "write \(alternatives(namesakes.map(\.description)))")
    } else if let namesake = namesakes.first {
      field.report(
        .unknownReference, "there is no workload \(reference)", remedy: "did you mean \(namesake)?")
    } else {
      let text = reference.namespace.isEmpty ? reference.name : "\(reference)"
      field.reportUnknown(
        "workload", text, known: directory.callables.map(\.description) + directory.callables.map(\.name),
        remedy: "declare a Workload of that name")
    }
    return nil
  }
}
