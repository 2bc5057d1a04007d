import ArgumentParser
import MeshKit

struct SimFaultAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Declare one fault.",
    discussion: """
      The kinds are \(PlannedFault.Kind.allCases.map(\.rawValue).joined(separator: ", ")). The options are the \
      fields of a FaultPlan.

        meshctl sim fault add crash --namespace production --pods app=user-service --for 5m
        meshctl sim fault add zoneLoss --zone local-b --after 2m --for 10m
        meshctl sim fault add apiError --status 503 --resource deployments --percent 20
      """)

  @Argument(help: "What goes wrong.")
  var kind: String

  @Option(help: "The name; the kind by default. A fault of the same name is replaced.")
  var name: String?

  @Option(name: [.short, .long], help: "The namespace of the pods or requests.")
  var namespace: String?

  @Option(name: .customLong("pods"), help: "Labels of the pods: app=user-service,track=canary.")
  var podLabels: String?

  @Option(name: .customLong("pod"), help: "A pattern for the pods' names: user-service-*.")
  var podName: String?

  @Option(help: "A pattern for the containers' image: */user-service:1.7.*.")
  var image: String?

  @Option(help: "How many of the pods at most, drawn at random; for crashes.")
  var atMost: Int?

  @Option(name: .customLong("node"), help: "The name of a node; may be repeated.")
  var nodes: [String] = []

  @Option(name: .customLong("nodes"), help: "Labels of the nodes.")
  var nodeLabels: String?

  @Option(help: "The zone that is lost.")
  var zone: String?

  @Option(name: .customLong("verb"), help: "What is asked of the API: get, list, patch, …; may be repeated.")
  var verbs: [String] = []

  @Option(name: .customLong("resource"), help: "A resource, such as deployments; may be repeated.")
  var resources: [String] = []

  @Option(help: "What a partition cuts off: another cluster, or metrics.")
  var from: String?

  @Option(name: .customLong("host"), help: "A host of the other cluster, as a pattern; may be repeated.")
  var hosts: [String] = []

  @Option(help: "How much longer something takes, how old a stale read is, or how wrong a clock.")
  var by: String?

  @Flag(help: "The wrong clock is behind instead of ahead.")
  var behind = false

  @Option(help: "Which share of the requests is hit, in percent.")
  var percent: Double?

  @Option(help: "The status with which the API refuses: 429, 500 or 503.")
  var status: Int?

  @Option(help: "The Retry-After of 429 and 503, such as 5s.")
  var retryAfter: String?

  @Option(help: "How long from now it comes, in the clusters' time; at once by default.")
  var after: String?

  @Option(help: "When it comes, in the clusters' time: 2026-01-01T00:10:00Z.")
  var at: String?

  @Option(name: .customLong("for"), help: "How long it holds; until it is cleared by default.")
  var duration: String?

  @Option(help: "From one coming to the next; it comes once by default.")
  var every: String?

  @Option(help: "How often it comes; without end by default.")
  var count: Int?

  @Option(help: "How likely it is that it holds when it comes, in percent.")
  var probability: Double?

  @OptionGroup var options: FaultOptions

  func run() async throws {
    let fault = try read()
    let standings = try options.faults.add(fault)
    options.show(standings.filter { $0.name == fault.name }, otherwise: "no cluster is meant")
  }

  /// Reads the options as the document that they stand for, so that the same rules hold.
  private func read() throws -> PlannedFault {
    let document: JSONValue = [
      "apiVersion": .string(TopologyReader.apiVersion), "kind": "FaultPlan",
      "metadata": ["name": "command"], "spec": ["faults": [.object(try fields())]],
    ]
    do {
      let file = TopologyFile(path: "options", bytes: document.jsonBytes())
      guard let fault = try TopologyReader().faultPlans(in: file).first?.faults.first else {
        throw ProcedureError(.invalidInput, "nothing is declared", place: "sim fault add")
      }
      return fault
    } catch let problems as TopologyProblems {
      let first = problems.problems.first
      throw ProcedureError(
        .invalidInput, first?.message ?? "", place: "sim fault add \(kind)",
        remedy: first.flatMap { $0.remedy.isEmpty ? nil : $0.remedy })
    }
  }

  private func fields() throws -> JSONObject {
    let kind = PlannedFault.Kind.allCases.first { $0.rawValue.lowercased() == plain(self.kind) }
    var fields: JSONObject = [
      "name": .string(name ?? kind.map(SimFaultAdd.name) ?? "fault"),
      "kind": .string(kind?.rawValue ?? self.kind),
    ]
    let isAboutRequests = kind.map {
      [.apiLatency, .apiError, .lostAnswer, .lostWatch, .staleRead].contains($0)
    }
    var pods = JSONObject()
    var requests = JSONObject()
    if isAboutRequests == true {
      requests["namespace"] = namespace.map { .string($0) }
    } else {
      pods["namespace"] = namespace.map { .string($0) }
    }
    pods["labels"] = try podLabels.map { try SimFaultAdd.labels($0, "--pods") }
    pods["name"] = podName.map { .string($0) }
    pods["image"] = image.map { .string($0) }
    pods["atMost"] = atMost.map { .int(Int64($0)) }
    requests["verbs"] = SimFaultAdd.list(verbs)
    requests["resources"] = SimFaultAdd.list(resources)
    var lost = JSONObject()
    lost["names"] = SimFaultAdd.list(nodes)
    lost["labels"] = try nodeLabels.map { try SimFaultAdd.labels($0, "--nodes") }
    for (key, value) in [("pods", pods), ("nodes", lost), ("requests", requests)] where !value.isEmpty {
      fields[key] = .object(value)
    }
    for (key, text) in [
      ("zone", zone), ("from", from), ("by", by), ("retryAfter", retryAfter), ("after", after), ("at", at),
      ("for", duration), ("every", every),
    ] {
      fields[key] = text.map { .string($0) }
    }
    fields["hosts"] = SimFaultAdd.list(hosts)
    if behind { fields["behind"] = true }
    fields["percent"] = percent.map { .double($0) }
    fields["probability"] = probability.map { .double($0) }
    fields["status"] = status.map { .int(Int64($0)) }
    fields["count"] = count.map { .int(Int64($0)) }
    return fields
  }

  private func plain(_ text: String) -> String { text.lowercased().filter { $0 != "-" } }

  /// The kind as a name: `node-loss`.
  private static func name(_ kind: PlannedFault.Kind) -> String {
    var name = ""
    var isAfterCapital = true
    for letter in kind.rawValue {
      if letter.isUppercase, !isAfterCapital { name += "-" }
      isAfterCapital = letter.isUppercase
      name += letter.lowercased()
    }
    return name
  }

  private static func list(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : .array(texts.map { .string($0) })
  }

  private static func labels(_ text: String, _ option: String) throws -> JSONValue {
    var labels = JSONObject()
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2, !pair[0].isEmpty else {
        throw ProcedureError(
          .invalidInput, "\"\(part)\" is not a label", place: option,
          remedy: "write labels like app=user-service,track=canary")
      }
      labels[pair[0]] = .string(pair[1])
    }
    return .object(labels)
  }
}
