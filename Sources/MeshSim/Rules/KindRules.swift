import KubeModel

/// What the API does with objects of one built-in kind beyond what it does with all: the strategy of its registry.
///
/// Every rule is a pure function over the object; what needs other objects is admission.
struct KindRules: Sendable {
  /// Fills in what the object leaves open. It runs before validation, on every write, and must not change an
  /// object that it has filled in before.
  var fillDefaults: @Sendable (_ object: inout JSONObject) -> Void = { _ in }

  /// Sets and resets what a client may not decide when an object is made: it removes the status, for example.
  var prepareForCreate: @Sendable (_ object: inout KubeObject) -> Void = { _ in }

  /// The same when an object is replaced, at its main path.
  var prepareForUpdate: @Sendable (_ object: inout KubeObject, _ live: KubeObject) -> Void = { _, _ in }

  /// Checks an object before it is stored: one that is made, or one that takes the place of `live`.
  var validate: @Sendable (_ object: KubeObject, _ live: KubeObject?, inout FieldErrors) -> Void = {
    _, _, _ in
  }

  /// Checks an object that is written through `status`.
  var validateStatus: @Sendable (_ object: KubeObject, _ live: KubeObject, inout FieldErrors) -> Void = {
    _, _, _ in
  }

  /// Texts of `Warning` headers for an object that is written.
  var warnings: @Sendable (_ object: KubeObject, _ live: KubeObject?) -> [String] = { _, _ in [] }

  /// Checks the form of a name (and of a prefix of generated ones), such as a DNS label; the errors are the texts
  /// after `Invalid value: "…": `.
  var checkName: @Sendable (_ name: String, _ isPrefix: Bool) -> [String] = { name, isPrefix in
    NameForm.dnsSubdomain.problems(of: name, isPrefix: isPrefix)
  }

  /// The top-level fields whose change counts as a new generation; none for kinds without generations.
  var generationFields: [String] = ["spec"]

  /// Whether a PUT may make an object that is not there.
  var createsOnUpdate = false
  /// Whether a write may leave out the version that it is made from.
  var allowsUnconditionalUpdate = true
  /// Whether a deletion answers with the object, not with a Status.
  var deletionAnswersObject = false
}
