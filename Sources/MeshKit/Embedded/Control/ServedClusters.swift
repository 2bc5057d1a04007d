import KubeModel
import MeshProcedures
import MeshSim
import Seams

/// Embedded clusters that a process serves, as others on this machine order them about.
struct ServedClusters: Sendable {
  let clusters: [String: SimulatedCluster]
  let pacer: ClockPacer

  func answer(_ question: JSONValue) -> JSONValue {
    do {
      if let time = question["advance"]?.int {
        return ["time": .int(pacer.advance(by: .microseconds(time)).microseconds)]
      }
      guard let order = FaultOrder(question) else {
        throw ProcedureError(.invalidInput, "the process that serves the clusters is of another version")
      }
      let wanted = (question["clusters"]?.array ?? []).compactMap(\.string)
      let names = clusters.keys.sorted()
      try EmbeddedFaults.check(wanted, among: names)
      let chosen = names.filter { wanted.isEmpty || wanted.contains($0) }
      let standings = try order.carryOut(on: chosen.compactMap { name in clusters[name].map { (name, $0) } })
      return ["standings": .array(standings.map(\.order))]
    } catch let error as ProcedureError {
      return [
        "error": [
          "message": .string(error.message), "place": error.place.map { .string($0) } ?? .null,
          "remedy": error.remedy.map { .string($0) } ?? .null,
        ]
      ]
    } catch {
      return ["error": ["message": .string("\(error)")]]
    }
  }

  /// Asks the process that serves the clusters of a folder.
  ///
  /// - Returns: `nil` when none does.
  /// - Throws: what it answers.
  static func ask(_ question: JSONValue, state: String) throws -> JSONValue? {
    guard let answer = ControlSocket.ask(question, state: state) else { return nil }
    guard let error = answer["error"] else { return answer }
    throw ProcedureError(
      .invalidInput, error["message"]?.string ?? "the process that serves the clusters gives no reason",
      place: error["place"]?.string, remedy: error["remedy"]?.string)
  }
}

extension EmbeddedFaults.Standing {
  var order: JSONValue {
    [
      "cluster": .string(cluster), "name": .string(name), "phase": .string(phase), "words": .string(words),
      "until": until.map { .int($0.microseconds) } ?? .null, "occurrences": .int(Int64(occurrences)),
      "isDeclared": .bool(isDeclared),
    ]
  }

  init(_ order: JSONValue) {
    cluster = order["cluster"]?.string ?? ""
    name = order["name"]?.string ?? ""
    phase = order["phase"]?.string ?? ""
    words = order["words"]?.string ?? ""
    until = order["until"]?.int.map { Timestamp(microseconds: $0) }
    occurrences = Int(order["occurrences"]?.int ?? 0)
    isDeclared = order["isDeclared"]?.bool ?? false
  }
}
