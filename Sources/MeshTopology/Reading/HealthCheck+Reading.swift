internal import KubeModel

extension HealthCheck {
  init?(_ section: Section, ports: [Workload.Port]) {
    self.init()
    if let field = section["path"], let text = field.text() {
      path = text
      if !text.hasPrefix("/") {
        field.report(
          .invalidValue, "the path \(shown(text)) does not begin with /", remedy: "write it like /health")
      }
    }
    if let field = section["port"] {
      port = field.portReference()
      if case .name(let name) = port, !ports.contains(where: { $0.name == name }) {
        field.reportUnknown(
          "port", name, known: ports.map(\.name), remedy: "declare it under ports, or give a number")
      }
    } else if ports.isEmpty {
      section.report(
        .contradiction, "a health check without a port to ask", remedy: "add port:, or declare ports")
    }
    initialDelay = section["initialDelay"]?.wholeSeconds(in: .zero ... .seconds(3600)) ?? initialDelay
    if !section.has("path"), !section.has("port") {
      section.report(
        .missingField, "a health check needs a path, a port or both",
        remedy: "add path: /health for HTTP, or port: for a TCP connection")
    }
  }
}

extension ComputeResources {
  init?(_ section: Section) {
    let cpu = section.required("cpu", example: "250m")?.quantity(.cpu)
    let memory = section.required("memory", example: "256Mi")?.quantity(.memory)
    let cpuLimit = ComputeResources.limit("cpuLimit", .cpu, atLeast: cpu, section)
    let memoryLimit = ComputeResources.limit("memoryLimit", .memory, atLeast: memory, section)
    guard let cpu, let memory else { return nil }
    self.init(cpu: cpu, memory: memory)
    self.cpuLimit = cpuLimit
    self.memoryLimit = memoryLimit
  }

  private static func limit(
    _ key: String, _ kind: QuantityKind, atLeast request: Quantity?, _ section: Section
  ) -> Quantity? {
    guard let field = section[key], let limit = field.quantity(kind) else { return nil }
    if let request, limit.value < request.value {
      field.report(
        .contradiction, "the limit \(limit) is below the request \(request)",
        remedy: "raise the limit or lower the request")
    }
    return limit
  }
}
