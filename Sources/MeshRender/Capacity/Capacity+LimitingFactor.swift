internal import MeshTopology

extension ClusterCapacity.LimitingFactor {
  /// Of a pool that nobody has asked anything of.
  static let nothing = Self(resource: nil, isShort: false, text: "nothing is asked for")

  /// Finds what of one cluster runs out first: in the node pool that is asked for the most, compared with what there
  /// could be, or the addresses of its Services.
  init(
    pools: [ClusterCapacity.Pool], measures: [ClusterCapacity.Measure], misfits: [Misfit], unknown: [String]
  ) {
    if let misfit = misfits.first {
      self.init(resource: .nodes, isShort: true, text: misfit.shortage)
      return
    }
    let shared = Self(measures: measures.filter { pools.isEmpty || $0.resource == .services }, unknown: [])
    // The limit of pods a cluster may be lower than those of its pools together.
    let places = Self(measures: measures.filter { $0.resource == .pods }, unknown: [])
    var worst = (factor: shared, use: measures.use(of: shared.resource))
    if places.isShort { worst = (places, measures.use(of: .pods)) }
    for pool in pools {
      let use = pool.measures.use(of: pool.limitingFactor.resource)
      guard pool.limitingFactor.resource != nil, use >= worst.use else { continue }
      if use == worst.use, worst.factor.pool != nil { continue }
      worst = (pool.limitingFactor, use)
      worst.factor.pool = pool.name
      if pools.count > 1 { worst.factor.text = "in the pool \(pool.name), " + pool.limitingFactor.text }
    }
    if !worst.factor.isShort, !unknown.isEmpty {
      worst.factor = Self(resource: nil, isShort: false, text: "not known: \(unknownMachines(unknown))")
    }
    self = worst.factor
  }

  /// Finds what of `measures` runs out first: what is asked for the most of, compared with what there could be.
  init(measures: [ClusterCapacity.Measure], unknown: [String]) {
    let asked = measures.filter { $0.resource != .nodes && $0.use != nil }
    guard let measure = asked.max(by: { ($0.use ?? 0) < ($1.use ?? 0) }), let use = measure.use else {
      self = .nothing
      return
    }
    guard use > 1 || unknown.isEmpty else {
      self.init(resource: nil, isShort: false, text: "not known: \(unknownMachines(unknown))")
      return
    }
    let atMost = measure.resource.text(measure.askedAtMost)
    let have = measure.resource.text(measure.atMost)
    guard use > 1 else {
      let percent = Int((use * 100).rounded(.up))
      self.init(
        resource: measure.resource, isShort: false,
        text: "\(measure.resource.runsOut) first: at most \(atMost) of \(have) are asked for (\(percent) %)")
      return
    }
    let nodes = measures.first { $0.resource == .nodes }?.askedAtMost
    self.init(
      resource: measure.resource, isShort: true,
      text: "\(measure.resource.shortage): at most \(atMost) are asked for, there are \(have) "
        + "(\(measure.bound))" + (nodes.map { "; \(counted($0, "node")) would do" } ?? ""))
  }
}

extension ClusterCapacity.Measure {
  /// What is asked for at most, compared with what there could be; `nil` when nothing is, or it is not known.
  fileprivate var use: Double? {
    guard let asked = askedAtMost, let have = atMost, asked > 0 else { return nil }
    return have > 0 ? Double(asked) / Double(have) : .infinity
  }
}

extension [ClusterCapacity.Measure] {
  fileprivate func use(of resource: ClusterCapacity.Resource?) -> Double {
    first { $0.resource == resource }?.use ?? 0
  }
}
