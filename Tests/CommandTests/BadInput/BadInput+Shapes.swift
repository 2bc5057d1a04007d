extension BadInput {
  /// A change to one file, with all that is said about it.
  private static func edit(
    _ title: String, _ file: String, _ old: String, _ new: String, says: [String], hides: [String] = []
  ) -> BadInput {
    BadInput(
      title: title, start: .committed, setUp: { shop in try shop.edit(file, old, new) },
      arguments: ["sync"], says: says, hides: hides)
  }

  static let shapes = [
    edit(
      "a text where a number belongs", "user-service.yaml", "port: 8080", "port: eighty",
      says: [
        "user-service.yaml:10:13: expected an integer, found the text \"eighty\"", "spec.ports[0].port",
        "write a number from 1 to 65535",
      ]),
    edit(
      "an unknown field", "order-service.yaml", "replicas: 3", "replcas: 3",
      says: ["order-service.yaml:8:3: unknown field \"replcas\"", "did you mean replicas?", "1 problem"]),
    edit(
      "a call to nowhere", "order-service.yaml", "to: user-service", "to: user-servise",
      says: [
        "order-service.yaml:21:11: there is no workload user-servise in the namespace production",
        "did you mean user-service?",
      ]),
    edit(
      "a weight of 101", "user-service.yaml", "steps: [20]", "steps: [101]",
      says: ["user-service.yaml:64:13: 101 is outside 1 to 99", "spec.rollout.steps[0]", "within that range"]),
    edit(
      "an image without a tag", "user-service.yaml", "user-service:1.4.2", "user-service",
      says: [
        "user-service.yaml:7:10: the image \"gcr.io/project/user-service\" names no version", "add a tag",
      ]),
    edit(
      "several problems at once", "order-service.yaml", "replicas: 3\n", "replicas: three\n  color: red\n",
      says: [
        "order-service.yaml:8:13: expected an integer", "order-service.yaml:9:3: unknown field \"color\"",
        "2 problems",
      ]),
    edit(
      "a terminal's control characters in a topology", "topology.yaml", "name: microservices",
      "name: \"micro\\e[31m\\x07services\"",
      says: ["topology.yaml:5:9: \"micro\\u{1B}[31m\\u{07}services\" is not a valid name", "small letters"],
      hides: ["\u{1B}", "\u{7}"]),
  ]
}
