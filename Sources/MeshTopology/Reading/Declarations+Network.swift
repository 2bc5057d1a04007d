extension Declarations {
  /// Reads the spec of a Network document.
  mutating func readNetwork(_ document: Document, reading: Reading) {
    var network = Network(name: document.name)
    var found: [DeclaredRange] = []
    let problemsBefore = reading.problems.count
    _ = document.readSpec(example: "{subnets: […]}", reading: reading) { spec in
      var names = Names()
      let subnets = spec.required("subnets", example: "[{name: …, region: …, range: 10.0.1.0/24}]")
      network.subnets = (subnets?.elements() ?? []).compactMap { element in
        element.section { readSubnet($0, names: &names, ranges: &found) }
      }
    }
    networks.append(network)
    if reading.problems.count > problemsBefore { partialNetworks.insert(network.name) }
    ranges += found
  }

  private func readSubnet(_ section: Section, names: inout Names, ranges: inout [DeclaredRange]) -> Subnet? {
    let name = section.readName("name", example: "gke-subnet", thing: "subnet", names: &names)
    let region = section.required("region", example: "asia-northeast1").flatMap { readRegion($0) }
    let rangeField = section.required("range", example: "10.0.1.0/24")
    let range = rangeField?.addressRange()
    let purpose = section["purpose"]?.text()
    var secondaryNames = Names()
    var secondary: [Subnet.SecondaryRange] = []
    if let rangeField, let range {
      ranges.append(DeclaredRange(range: range, thing: "subnet \(name ?? "")", spot: rangeField.spot))
    }
    for element in section["secondaryRanges"]?.elements() ?? [] {
      _ = element.section { inner in
        let name = inner.readName(
          "name", example: "pods-range", thing: "secondary range", names: &secondaryNames)
        guard let field = inner.required("range", example: "10.1.0.0/16"), let range = field.addressRange()
        else { return }
        ranges.append(DeclaredRange(range: range, thing: "secondary range \(name ?? "")", spot: field.spot))
        if let name { secondary.append(Subnet.SecondaryRange(name: name, range: range)) }
      }
    }
    guard let name, let region, let range else { return nil }
    var subnet = Subnet(name: name, region: region, range: range)
    subnet.purpose = purpose
    subnet.secondaryRanges = secondary
    return subnet
  }

  /// Reads the name of a declared region.
  func readRegion(_ field: Field) -> String? {
    guard let name = field.name(.label) else { return nil }
    let known = (system?.regions ?? []).map(\.name)
    // Without regions the Topology document is to blame, and has been.
    if !known.isEmpty, !known.contains(name) {
      field.reportUnknown(
        "region", name, known: known, remedy: "the Topology declares \(alternatives(known, last: "and"))")
    }
    return name
  }

  /// Reports ranges that share addresses, each with the one before it that it runs into.
  ///
  /// CIDR blocks lie within each other or apart. Sorted by their start, the larger first, each therefore
  /// only needs a look at the blocks that are still open.
  func checkRanges(reading: Reading) {
    let order = ranges.indices.sorted { left, right in
      let (first, second) = (ranges[left].range, ranges[right].range)
      return (first.first, first.prefixLength, left) < (second.first, second.prefixLength, right)
    }
    var open: [Int] = []
    for index in order {
      while let last = open.last, !ranges[last].range.overlaps(ranges[index].range) { open.removeLast() }
      if let last = open.last {
        reportOverlap(ranges[min(last, index)], ranges[max(last, index)], reading: reading)
      }
      open.append(index)
    }
  }

  private func reportOverlap(_ earlier: DeclaredRange, _ later: DeclaredRange, reading: Reading) {
    reading.report(
      .overlappingRanges,
      "\(later.range) of \(later.thing) overlaps \(earlier.range) of \(earlier.thing) at \(earlier.spot.place)",
      at: later.spot, remedy: "choose a range that no other has addresses of")
  }
}

/// A range with what it is for and where it stands.
struct DeclaredRange {
  let range: AddressRange
  let thing: String
  let spot: Spot
}
