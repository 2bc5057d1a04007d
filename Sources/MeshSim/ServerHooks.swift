/// What the API answers from other parts than its objects.
struct ServerHooks: Sendable {
  /// The certificates by which pods know the API server, in PEM.
  var certificateAuthority = ""
}
