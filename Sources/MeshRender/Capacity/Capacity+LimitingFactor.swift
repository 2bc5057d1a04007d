internal import MeshTopology

extension ClusterCapacity.LimitingFactor {
  /// Finds what runs out first: what is asked for the most of, compared with what there could be.
  init(measures: [ClusterCapacity.Measure], misfits: [WorkloadReference], unknown: [String]) {
    if let misfit = misfits.first {
      self.init(resource: .nodes, isShort: true, text: "no node is large enough for a pod of \(misfit)")
      return
    }
    let ratios = measures.compactMap { measure -> (measure: ClusterCapacity.Measure, use: Double)? in
      guard measure.resource != .nodes, let asked = measure.askedAtMost, let have = measure.atMost, asked > 0
      else { return nil }
      return (measure, have > 0 ? Double(asked) / Double(have) : .infinity)
    }
    guard let (measure, use) = ratios.max(by: { $0.use < $1.use }) else {
      self.init(resource: nil, isShort: false, text: "nothing is asked for")
      return
    }
    guard use > 1 || unknown.isEmpty else {
      self.init(resource: nil, isShort: false, text: "not known: \(unknownMachines(unknown))")
      return
    }
    let asked = measure.resource.text(measure.askedAtMost)
    let have = measure.resource.text(measure.atMost)
    guard use > 1 else {
      let percent = Int((use * 100).rounded(.up))
      self.init(
        resource: measure.resource, isShort: false,
        text:
          "\(measure.resource.runsOut) first: at most \(asked) of \(have) are asked for (\(percent) %)")
      return
    }
    let nodes = measures.first { $0.resource == .nodes }
    let remedy = nodes?.askedAtMost.map {
      measure.resource == .services ? "" : "; \(counted($0, "node")) would do"
    }
    self.init(
      resource: measure.resource, isShort: true,
      text: "\(measure.resource.shortage): at most \(asked) are asked for, there are \(have) "
        + "(\(measure.bound))\(remedy ?? "")")
  }
}
