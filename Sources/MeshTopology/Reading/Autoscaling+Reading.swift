extension Autoscaling {
  init?(_ section: Section) {
    let min = section.required("min", example: "3")?.integer(in: 1...5000)
    let maxField = section.required("max", example: "50")
    let max = maxField?.integer(in: 1...5000)
    let cpu = section["cpu"]?.integer(in: 1...1000)
    let memory = section["memory"]?.integer(in: 1...1000)
    let behavior = section["behavior"]?.section { ScalingBehavior($0) }
    guard let min, let max, let maxField else { return nil }
    if min > max {
      maxField.report(
        .contradiction, "max \(max) is below min \(min)", remedy: "raise max to \(min) or more, or lower min")
    }
    self.init(min: min, max: max)
    self.cpu = cpu ?? (memory == nil ? Autoscaling.defaultCPU : nil)
    self.memory = memory
    self.behavior = behavior
  }
}

extension ScalingBehavior {
  init(_ section: Section) {
    self.init()
    scaleUp = section["scaleUp"]?.section { Speed($0, defaults: scaleUp) } ?? scaleUp
    scaleDown = section["scaleDown"]?.section { Speed($0, defaults: scaleDown) } ?? scaleDown
  }
}

extension ScalingBehavior.Speed {
  init(_ section: Section, defaults: Self) {
    self = defaults
    stabilization = section["stabilization"]?.wholeSeconds(in: .zero ... .seconds(3600)) ?? stabilization
    percent = section["percent"]?.integer(in: 1...10_000) ?? percent
    period = section["period"]?.wholeSeconds(in: .seconds(1) ... .seconds(1800)) ?? period
  }
}
