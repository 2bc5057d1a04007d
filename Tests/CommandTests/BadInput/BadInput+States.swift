import Foundation

extension BadInput {
  static let states = [
    BadInput(
      title: "a state folder that is a file", start: .committed,
      setUp: { shop in try shop.write(".meshctl", "") }, arguments: ["sync"],
      says: [".meshctl: the state folder is a file", "--state"]),
    BadInput(
      title: "a state folder that is a file, for a plan", start: .committed,
      setUp: { shop in try shop.write(".meshctl", "") }, arguments: words("sync --plan"),
      says: [".meshctl: the state folder is a file", "--state"]),
    BadInput(
      title: "a state folder in a folder that does not exist", start: .committed,
      arguments: words("sync --state no/where"),
      says: ["no/where: the state folder cannot be made: No such file or directory", "--state"]),
    BadInput(
      title: "a damaged snapshot", setUp: { shop in try shop.write(snapshot, "{\"format\": 1, \"na") },
      arguments: ["sync"], status: 3,
      says: [snapshot, "the state is damaged", "meshctl sim reset removes it"]),
    BadInput(
      title: "a snapshot of another version",
      setUp: { shop in try shop.write(snapshot, "{\"format\": 99}") },
      arguments: words("rollout status user-service"),
      status: 3, says: [snapshot, "written by another version", "meshctl sim reset removes it"]),
    BadInput(
      title: "an empty snapshot", setUp: { shop in try shop.write(snapshot, "") },
      arguments: words("sim advance 1m"),
      status: 3, says: [snapshot, "the state is damaged"]),
  ]

  private static let snapshot = ".meshctl/clusters/microservices-cluster/snapshot.json"
}
