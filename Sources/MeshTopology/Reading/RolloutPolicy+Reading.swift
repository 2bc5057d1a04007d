extension RolloutPolicy {
  /// - Parameter canaryWeight: the canary subset's weight, which is the only step when none is given.
  init(_ section: Section, canaryWeight: Weight?) {
    self.init()
    if let field = section["steps"] {
      if let given = RolloutPolicy.readSteps(field) { steps = given }
    } else if let canaryWeight, canaryWeight > .zero, canaryWeight < .full {
      steps = [canaryWeight]
    }
    bake = section["bake"]?.duration() ?? bake
    readyDeadline = section["readyDeadline"]?.duration() ?? readyDeadline
    judge = section["judge"]?.section { JudgePolicy($0) } ?? judge
  }

  private static func readSteps(_ field: Field) -> [Weight]? {
    let elements = field.elements()
    if field.elementCount == 0 {
      field.report(
        .invalidValue, "a rollout without steps would shift no traffic",
        remedy: "give one or more, such as [20]")
    }
    var steps: [Weight] = []
    for element in elements {
      guard let step = element.weight(in: 1...99) else { return nil }
      if let last = steps.last, step <= last {
        element.report(
          .contradiction, "the step \(step.percent) does not go up from \(last.percent)",
          remedy: "write each share once, in ascending order; 100 is reached by promotion")
      }
      steps.append(step)
    }
    return steps.isEmpty ? nil : steps
  }
}

extension JudgePolicy {
  init(_ section: Section) {
    self.init()
    minimumRequests = section["minimumRequests"]?.integer(in: 1...1_000_000_000) ?? minimumRequests
    successRate = section["successRate"]?.section { SuccessRate($0) } ?? successRate
    latency = section["latency"]?.section { Latency($0) } ?? latency
    patience = section["patience"]?.duration(in: .zero ... .longest) ?? patience
  }
}

extension JudgePolicy.SuccessRate {
  init(_ section: Section) {
    self.init()
    minimum = section["minimum"]?.percent() ?? minimum
    maximumDrop = section["maximumDrop"]?.percent() ?? maximumDrop
  }
}

extension JudgePolicy.Latency {
  init(_ section: Section) {
    self.init()
    maximum = section["maximum"]?.duration() ?? maximum
    maximumRatio = section["maximumRatio"]?.number(in: 1...1000) ?? maximumRatio
  }
}
