import KubeModel

/// What the API does with objects of one built-in kind beyond what it does with all: the strategy of its registry.
///
/// Every rule is a pure function over the object; what needs other objects is admission.
struct KindRules: Sendable {
  typealias PartCheck = @Sendable (_ object: KubeObject, _ live: KubeObject, inout FieldErrors) -> Void

  /// Fills in what the object leaves open. It runs before validation, on every write, and does not change an
  /// object that it has filled in before.
  var fillDefaults: @Sendable (_ object: inout JSONObject) -> Void = { _ in }

  /// Sets and resets what a client may not decide when an object is made: it removes the status, for example.
  /// The object has its uid already.
  var prepareForCreate: @Sendable (_ object: inout KubeObject) -> Void = { _ in }

  /// The same when an object is replaced, at its main path.
  var prepareForUpdate: @Sendable (_ object: inout KubeObject, _ live: KubeObject) -> Void = { _, _ in }

  /// The same when an object is written through `status`: all but the status comes from `live`.
  var prepareForStatus: @Sendable (_ object: inout KubeObject, _ live: KubeObject) -> Void = {
    object, live in
    KindRules.keepSpecification(&object, live)
  }

  /// Checks what is special about the kind, of an object that is made, or that takes the place of `live`.
  var validate: @Sendable (_ object: KubeObject, _ live: KubeObject?, inout FieldErrors) -> Void = {
    _, _, _ in
  }

  /// Checks what is special about the kind in an object that is written through `status`.
  var validateStatus: @Sendable (_ object: KubeObject, _ live: KubeObject, inout FieldErrors) -> Void = {
    _, _, _ in
  }

  /// The checks of parts with rules of their own, such as `ephemeralcontainers`, by their names.
  var validateParts: [String: PartCheck] = [:]

  /// Texts of `Warning` headers for an object that is written.
  var warnings: @Sendable (_ object: KubeObject, _ live: KubeObject?) -> [String] = { _, _ in [] }

  /// Checks the form of a name (and of a prefix of generated ones), such as a DNS label; the errors are the texts
  /// after `Invalid value: "…": `.
  var checkName: @Sendable (_ name: String, _ isPrefix: Bool) -> [String] = { name, isPrefix in
    NameForm.dnsSubdomain.problems(of: name, isPrefix: isPrefix)
  }

  /// The top-level fields whose change counts as a new generation; none for kinds without generations.
  var generationFields: [String] = []
  /// Whether a change of the annotations counts as a new generation too.
  var countsAnnotations = false

  /// Whether a PUT may make an object that is not there.
  var createsOnUpdate = false
  /// Whether a write may leave out the version that it is made from.
  var allowsUnconditionalUpdate = true
  /// Whether a deletion answers with the object, not with a Status.
  var deletionAnswersObject = false
  /// Whether the server checks the metadata of an update once more as a whole, so that its errors stand there
  /// once more.
  var repeatsMetadataOnUpdate = false
  /// Whether finalizers without a domain must be those that Kubernetes knows, as for built-in kinds.
  var isBuiltIn = true

  /// The rules of a custom kind: those that hold for all.
  static var generic: KindRules {
    var rules = KindRules()
    rules.isBuiltIn = false
    return rules
  }
}

extension KindRules {
  /// The errors of an object that is to be stored; none when it is sound.
  ///
  /// - Parameters:
  ///   - live: what it takes the place of; nil when it is new.
  ///   - subresource: `status` when only the status is written.
  func problems(of object: KubeObject, live: KubeObject?, subresource: String? = nil) -> [FieldError] {
    var errors = FieldErrors()
    guard let live else {
      ObjectMetadata.check(
        object, isBuiltIn: isBuiltIn, checkName: checkName, &errors)
      validate(object, nil, &errors)
      return errors.all
    }
    // What is as it was has been checked before.
    if object.fields["metadata"] != live.fields["metadata"] {
      ObjectMetadata.check(
        object, isBuiltIn: false, checkName: { NameForm.pathSegment.problems(of: $0, isPrefix: $1) }, &errors)
      ObjectMetadata.checkUpdate(object, live: live, isBuiltIn: false, &errors)
      ObjectMetadata.checkUpdate(object, live: live, isBuiltIn: isBuiltIn, &errors)
      if repeatsMetadataOnUpdate, subresource == nil {
        ObjectMetadata.check(
          object, isBuiltIn: isBuiltIn, checkName: checkName, &errors)
      }
    }
    if subresource == "status" {
      if object.fields["status"] != live.fields["status"] { validateStatus(object, live, &errors) }
    } else if let check = subresource.flatMap({ validateParts[$0] }) {
      check(object, live, &errors)
    } else if KindRules.differs(object, live) {
      // A server fills in what it reads from its storage too.
      var filled = live
      fillDefaults(&filled.fields)
      validate(object, filled, &errors)
    }
    return errors.all
  }

  /// The warnings of a write, those about metadata included.
  func allWarnings(of object: KubeObject, live: KubeObject?) -> [String] {
    warnings(object, live) + ObjectMetadata.warnings(object, live: live)
  }

  /// Whether anything beyond server-kept metadata and the status differs.
  private static func differs(_ object: KubeObject, _ live: KubeObject) -> Bool {
    func content(_ object: KubeObject) -> [JSONObject.Member] {
      object.fields.members.filter { $0.key != "status" && $0.key != "metadata" }
    }
    return content(object) != content(live)
      || object[path: "metadata", "annotations"] != live[path: "metadata", "annotations"]
      || object[path: "metadata", "labels"] != live[path: "metadata", "labels"]
      || object.fields["status"] != live.fields["status"]
  }

  /// Takes all but the status (and what updates of a status may touch in metadata) from the live object.
  static func keepSpecification(_ object: inout KubeObject, _ live: KubeObject) {
    let status = object.fields["status"]
    let metadata = object.fields["metadata"]
    object.fields = live.fields
    object.fields["status"] = status
    object.fields["metadata"] = metadata
    object.set("metadata", "ownerReferences", to: live[path: "metadata", "ownerReferences"])
  }

  /// The usual rule of kinds with a status: it does not come with the object.
  mutating func dropStatus(initially status: JSONValue? = [:]) {
    prepareForCreate = { $0.fields["status"] = status }
    prepareForUpdate = { object, live in object.fields["status"] = live.fields["status"] }
  }
}
