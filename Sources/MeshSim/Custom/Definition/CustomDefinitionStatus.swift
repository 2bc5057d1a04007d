import KubeModel
import Seams

/// What the controllers of definitions do, as pure steps: names are accepted, then the kind is established; a
/// definition that goes first deletes its objects.
enum CustomDefinitionStatus {
  /// The next state of a definition; `nil` when nothing is to be done.
  ///
  /// - Parameter others: all other definitions, of any group.
  static func next(_ definition: KubeObject, others: [KubeObject], now: Timestamp) -> KubeObject? {
    if let named = acceptingNames(definition, others: others, now: now) { return named }
    if let established = establishing(definition, now: now) { return established }
    return judgingStructure(definition, now: now)
  }

  /// Whether objects of the kind can be written and read.
  static func isEstablished(_ definition: KubeObject) -> Bool { isTrue("Established", definition) }

  private static func isTrue(_ type: String, _ definition: KubeObject) -> Bool {
    definition.condition(type)?["status"]?.string == "True"
  }

  // MARK: Names

  private static func acceptingNames(_ definition: KubeObject, others: [KubeObject], now: Timestamp)
    -> KubeObject?
  {
    guard let requested = definition[path: "spec", "names"] else { return nil }
    let accepted = definition[path: "status", "acceptedNames"] ?? [:]
    guard requested != accepted || definition.condition("NamesAccepted") == nil else { return nil }
    var taken = Taken()
    let group = definition[path: "spec", "group"]
    // Its own accepted names count too: they are compared with before.
    for other in others + [definition] where other[path: "spec", "group"] == group { taken.add(other) }
    var names = accepted
    var conflict: (reason: String, message: String)?
    func adopt(_ field: String, _ reason: String, _ used: Set<String>) {
      let name = requested[field]?.string ?? ""
      if name != accepted[field]?.string ?? "", used.contains(name) {
        conflict = (reason, "\"\(name)\" is already in use")
      } else {
        names[field] = requested[field]
      }
    }
    adopt("plural", "PluralConflict", taken.resources)
    adopt("singular", "SingularConflict", taken.resources)
    adoptShortNames(requested, accepted, taken, &names, &conflict)
    adopt("kind", "KindConflict", taken.kinds)
    adopt("listKind", "ListKindConflict", taken.kinds)
    names["categories"] = requested["categories"]
    var changed = definition
    changed.set("status", "acceptedNames", to: names)
    set(
      "NamesAccepted", conflict == nil ? "True" : "False", conflict?.reason ?? "NoConflicts",
      conflict?.message ?? "no conflicts found", in: &changed, now: now)
    if !isTrue("Established", changed) {
      if conflict == nil {
        set(
          "Established", "False", "Installing", "the initial names have been accepted", in: &changed, now: now
        )
      } else if changed.condition("Established") == nil {
        set("Established", "False", "NotAccepted", "not all names are accepted", in: &changed, now: now)
      }
    }
    return changed == definition ? nil : changed
  }

  private static func adoptShortNames(
    _ requested: JSONValue, _ accepted: JSONValue, _ taken: Taken, _ names: inout JSONValue,
    _ conflict: inout (reason: String, message: String)?
  ) {
    guard requested["shortNames"] != accepted["shortNames"] else { return }
    let own = Set((accepted["shortNames"]?.array ?? []).compactMap(\.string))
    let wanted = (requested["shortNames"]?.array ?? []).compactMap(\.string)
    let refused = wanted.filter { !own.contains($0) && taken.resources.contains($0) }
    if refused.isEmpty {
      names["shortNames"] = requested["shortNames"]
    } else {
      let words = refused.map { "\"\($0)\" is already in use" }
      conflict = (
        "ShortNamesConflict", words.count == 1 ? words[0] : "[" + words.joined(separator: ", ") + "]"
      )
    }
  }

  /// The names that definitions of a group have.
  private struct Taken {
    var resources: Set<String> = []
    var kinds: Set<String> = []

    mutating func add(_ definition: KubeObject) {
      let names = definition[path: "status", "acceptedNames"]
      for field in ["plural", "singular"] { if let name = names?[field]?.string { resources.insert(name) } }
      for name in names?["shortNames"]?.array ?? [] { if let name = name.string { resources.insert(name) } }
      for field in ["kind", "listKind"] { if let name = names?[field]?.string { kinds.insert(name) } }
    }
  }

  // MARK: Conditions

  private static func establishing(_ definition: KubeObject, now: Timestamp) -> KubeObject? {
    guard isTrue("NamesAccepted", definition), !isTrue("Established", definition) else { return nil }
    var changed = definition
    set(
      "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", in: &changed,
      now: now)
    return changed
  }

  /// Definitions are refused when they are not structural, so that only an old one can have the condition.
  private static func judgingStructure(_ definition: KubeObject, now: Timestamp) -> KubeObject? {
    guard definition.condition("NonStructuralSchema") != nil else { return nil }
    let problems = DefinitionSchemas.structuralProblems(of: definition)
    guard problems.isEmpty else { return nil }
    var changed = definition
    let rest = (definition[path: "status", "conditions"]?.array ?? []).filter {
      $0["type"]?.string != "NonStructuralSchema"
    }
    changed.set("status", "conditions", to: .array(rest))
    return changed
  }

  private static func set(
    _ type: String, _ status: String, _ reason: String, _ message: String, in definition: inout KubeObject,
    now: Timestamp
  ) {
    var conditions = definition[path: "status", "conditions"]?.array ?? []
    let index = conditions.firstIndex { $0["type"]?.string == type }
    let old = index.map { conditions[$0] }
    let time = old?["status"]?.string == status ? old?["lastTransitionTime"] : nil
    let condition: JSONValue = [
      "type": .string(type), "status": .string(status), "lastTransitionTime": time ?? .string(now.rfc3339),
      "reason": .string(reason), "message": .string(message),
    ]
    if let index { conditions[index] = condition } else { conditions.append(condition) }
    definition.set("status", "conditions", to: .array(conditions))
  }

  // MARK: Deletion

  /// What a first DELETE does: the finalizer keeps the definition until its objects are gone.
  static func beginDeletion(_ definition: inout KubeObject, now: Timestamp) {
    if definition.deletionTimestamp == nil {
      definition.set("metadata", "deletionTimestamp", to: .string(now.rfc3339))
    }
    var finalizers = definition[path: "metadata", "finalizers"]?.array ?? []
    let own = JSONValue.string(CustomDefinitionRules.finalizer)
    if !finalizers.contains(own) { finalizers.append(own) }
    definition.set("metadata", "finalizers", to: .array(finalizers))
    set(
      "Terminating", "True", "InstanceDeletionPending",
      "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
      in: &definition,
      now: now)
  }

  /// Whether the objects of the kind are to be deleted now.
  static func isAwaitingCleanup(_ definition: KubeObject) -> Bool {
    let finalizers = definition[path: "metadata", "finalizers"]?.array ?? []
    return definition.deletionTimestamp != nil
      && finalizers.contains(.string(CustomDefinitionRules.finalizer))
  }

  /// While objects with finalizers of their own remain.
  static func noteCleanup(_ definition: inout KubeObject, now: Timestamp) {
    set(
      "Terminating", "True", "InstanceDeletionInProgress", "CustomResource deletion is in progress",
      in: &definition,
      now: now)
  }

  /// When all objects are gone: the definition may go.
  static func finishCleanup(_ definition: inout KubeObject, now: Timestamp) {
    let isKnown = isEstablished(definition)
    set(
      "Terminating", "False", isKnown ? "InstanceDeletionCompleted" : "NeverEstablished",
      isKnown ? "removed all instances" : "resource was never established", in: &definition, now: now)
    let rest = (definition[path: "metadata", "finalizers"]?.array ?? []).filter {
      $0.string != CustomDefinitionRules.finalizer
    }
    definition.set("metadata", "finalizers", to: rest.isEmpty ? nil : .array(rest))
  }
}
