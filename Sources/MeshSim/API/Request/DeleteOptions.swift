import KubeModel

/// What a deletion is told.
struct DeleteOptions: Sendable {
  var isDryRun = false
  var gracePeriod: Int64?
  var uid: String?
  var resourceVersion: String?
  /// As asked for; the kind's own default where it is not.
  var propagation: Propagation?

  init() {}

  /// Reads the body, or the query where there is none.
  init(_ request: APIRequest) throws(StatusError) {
    var value: JSONValue = [:]
    if !request.body.isEmpty {
      value = try BodyReader.options(of: request, kind: "DeleteOptions")
    } else {
      if let seconds = try request.query.integer("gracePeriodSeconds") {
        value["gracePeriodSeconds"] = .int(seconds)
      }
      if let policy = request.query["propagationPolicy"] { value["propagationPolicy"] = .string(policy) }
      if let orphans = request.query.flag("orphanDependents") { value["orphanDependents"] = .bool(orphans) }
      let dryRun = request.query.all("dryRun").filter { !$0.isEmpty }
      if !dryRun.isEmpty { value["dryRun"] = .array(dryRun.map(JSONValue.string)) }
    }
    try self.init(value)
  }

  /// Reads and checks `DeleteOptions`.
  init(_ value: JSONValue) throws(StatusError) {
    var errors = FieldErrors()
    let policy = value["propagationPolicy"]?.string
    let orphans = value["orphanDependents"]?.bool
    if let policy {
      if orphans != nil {
        errors.invalid(
          FieldPath("propagationPolicy"), .string(policy),
          "orphanDependents and deletionPropagation cannot be both set")
      }
      propagation = Propagation(rawValue: policy)
      if propagation == nil {
        errors.notSupported(
          FieldPath("propagationPolicy"), .string(policy),
          Propagation.allCases.map(\.rawValue) + ["nil"])
      }
    } else if let orphans {
      propagation = orphans ? .orphan : .background
    }
    isDryRun = DryRun.read((value["dryRun"]?.array ?? []).compactMap(\.string), &errors)
    guard errors.isEmpty else { throw .invalidOptions("DeleteOptions", errors.all) }
    gracePeriod = value["gracePeriodSeconds"]?.int
    uid = value["preconditions"]?["uid"]?.string
    resourceVersion = value["preconditions"]?["resourceVersion"]?.string
  }
}

/// What becomes of the objects that a deleted one owns.
enum Propagation: String, CaseIterable, Sendable {
  /// They go first.
  case foreground = "Foreground"
  /// They go afterwards.
  case background = "Background"
  /// They stay, without their owner.
  case orphan = "Orphan"
}
