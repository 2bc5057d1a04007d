extension Declarations {
  /// Reads the spec of a Topology document.
  mutating func readSystem(_ document: Document, reading: Reading) {
    var topology = Topology(name: document.name)
    _ = document.readSpec(example: "{regions: […]}", reading: reading) { spec in
      topology.domain = spec["domain"]?.name(.domain)
      let regions = spec.required("regions", example: "[{name: asia-northeast1, role: primary}]")
      topology.regions = regions.map { Declarations.regions($0) } ?? []
      topology.recovery = spec["recovery"]?.section { RecoveryObjectives($0) }
    }
    if system == nil { system = topology }
  }

  private static func regions(_ field: Field) -> [Region] {
    var names = Names()
    var roles: [Region.Role] = []
    let elements = field.elements()
    let regions = elements.compactMap { element in
      element.section { section -> Region? in
        let name = section.required("name", example: "asia-northeast1")
        let role = section.required("role", example: "primary")?.choice(Region.Role.self)
        if let role { roles.append(role) }
        guard let name, let text = name.name(.label) else { return nil }
        names.add(text, thing: "region", at: name.spot, reading: field.reading)
        // A wrong role must not make the region unknown to those that refer to it.
        return Region(name: text, role: role ?? .recovery)
      }
    }
    let primaries = roles.filter { $0 == .primary }.count
    if primaries != 1, roles.count == elements.count, field.elementCount != nil {
      field.report(
        .contradiction,
        primaries == 0 ? "no region has the role primary" : "\(primaries) regions have the role primary",
        remedy: "give it to exactly one region")
    }
    return regions
  }

  /// Reads the spec of a Namespace document, which may be left out.
  mutating func readNamespace(_ document: Document, reading: Reading) {
    var namespace = Namespace(name: document.name)
    if let spec = document.spec {
      _ = spec.section { section in
        namespace.podSecurity =
          section["podSecurity"]?.choice(Namespace.PodSecurity.self) ?? namespace.podSecurity
        namespace.hasIstioInjection = section["istioInjection"]?.flag() ?? namespace.hasIstioInjection
      }
    }
    namespaces.append(namespace)
  }
}

extension RecoveryObjectives {
  init?(_ section: Section) {
    let time = section.required("rto", example: "15m")?.duration()
    let point = section.required("rpo", example: "5m")?.duration(in: .zero ... .longest)
    guard let time, let point else { return nil }
    self.init(recoveryTime: time, recoveryPoint: point)
  }
}
