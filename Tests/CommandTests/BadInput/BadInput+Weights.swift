extension BadInput {
  static let weights =
    ["-1", "0", "100", "101"].map { weight in
      BadInput(
        title: "a canary of \(weight) %", arguments: words("rollout user-service --canary \(weight)"),
        says: ["--canary: the weight \(weight) is not between 1 and 99", "give whole percents from 1 to 99"])
    }
    + ["abc", "", "5.5", "20%", "99999999999999999999"].map { weight in
      BadInput(
        title: "a canary of \"\(weight)\"", arguments: ["rollout", "user-service", "--canary", weight],
        says: ["The value '\(weight)' is invalid for '--canary", "The canary's share in percent"])
    }
    + [
      ("20,20", "do not increase: 20 follows 20"), ("50,20", "do not increase: 20 follows 50"),
      ("0,20", "the weight 0 is not between 1 and 99"), ("20,100", "the weight 100 is not between 1 and 99"),
      ("-5,20", "the weight -5 is not between 1 and 99"),
    ].map { steps, message in
      BadInput(
        title: "steps of \(steps)", arguments: ["rollout", "user-service", "--steps", steps],
        says: ["--steps:", message, "each larger than the one before, such as --steps 5,20,50"])
    }
    + [("", "\"\""), ("5, 20", "\" 20\""), ("5,20,", "\"\""), ("5;20", "\"5;20\""), ("5,x", "\"x\"")].map {
      steps, part in
      BadInput(
        title: "steps of \"\(steps)\"", arguments: ["rollout", "user-service", "--steps", steps],
        says: ["--steps: \(part) is not a whole percentage", "separate whole percents by commas"])
    }
}
