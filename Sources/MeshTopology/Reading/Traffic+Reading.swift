extension Traffic {
  init?(_ section: Section) {
    self.init()
    let hasSubsets = section["subsets"].map { readSubsets($0) } ?? true
    let names = hasSubsets ? [stableSubset, canarySubset] : nil
    headerRoutes = (section["headerRoutes"]?.elements() ?? []).compactMap { element in
      element.section { HeaderRoute($0, subsets: names) }
    }
    loadBalancer = section["loadBalancer"]?.choice(LoadBalancer.self) ?? loadBalancer
    connectionPool = section["connectionPool"]?.section { ConnectionPool($0) }
    timeout = section["timeout"]?.duration()
    retries = section["retries"]?.section { Retries($0) }
  }

  private mutating func readSubsets(_ field: Field) -> Bool {
    var names = Names()
    let elements = field.elements()
    let subsets = elements.compactMap { element in
      element.section { section -> (name: String, weight: Weight)? in
        let name = section.readName("name", example: "v1", thing: "subset", names: &names)
        let weight = section.required("weight", example: "80")?.weight()
        guard let name, let weight else { return nil }
        return (name, weight)
      }
    }
    guard field.elementCount == subsets.count else { return false }
    guard subsets.count == 2 else {
      field.report(
        .invalidValue, "expected two subsets, found \(subsets.count)",
        remedy: "name the stable one first and the canary second")
      return false
    }
    let sum = subsets[0].weight.percent + subsets[1].weight.percent
    if sum != 100 {
      field.report(
        .contradiction,
        "the weights \(subsets[0].weight.percent) and \(subsets[1].weight.percent) sum to \(sum), not 100",
        remedy: "write \(subsets[1].weight.complement.percent) and \(subsets[1].weight.percent)")
    }
    (stableSubset, canarySubset) = (subsets[0].name, subsets[1].name)
    canaryWeight = subsets[1].weight
    return true
  }
}

extension HeaderRoute {
  /// - Parameter subsets: the names of the subsets; `nil` when they could not be read.
  init?(_ section: Section, subsets: [String]?) {
    let header = section.required("header", example: "version")?.name(.header)
    let exact = section.required("exact", example: "v2")?.text()
    let subsetField = section.required("subset", example: subsets?.last ?? MeshLabels.canary)
    let subset = subsetField?.name(.label)
    if let subsetField, let subset, let subsets, !subsets.contains(subset) {
      subsetField.reportUnknown(
        "subset", subset, known: subsets, remedy: "the subsets are \(alternatives(subsets, last: "and"))")
    }
    guard let header, let exact, let subset else { return nil }
    self.init(header: header, exact: exact, subset: subset)
  }
}

extension ConnectionPool {
  init(_ section: Section) {
    self.init()
    let range = 1...2_147_483_647
    maxConnections = section["maxConnections"]?.integer(in: range)
    http1MaxPendingRequests = section["http1MaxPendingRequests"]?.integer(in: range)
    maxRequestsPerConnection = section["maxRequestsPerConnection"]?.integer(in: range)
  }
}

extension Retries {
  init?(_ section: Section) {
    let attempts = section.required("attempts", example: "2")?.integer(in: 0...100)
    let perTryTimeout = section["perTryTimeout"]?.duration()
    guard let attempts else { return nil }
    self.init(attempts: attempts)
    self.perTryTimeout = perTryTimeout
  }
}
