internal import KubeModel

/// What an environment variable is set to.
public enum EnvironmentValue: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A text.
  case text(String)
  /// What a Secret holds under a key; the topology never holds secrets itself.
  case secret(name: String, key: String)
  /// A field of the pod, such as `status.podIP`.
  case field(String)

  public init(stringLiteral text: String) { self = .text(text) }
}

extension EnvironmentValue {
  private struct Source: Formed {
    var secret: SecretKey?
    var field: String?
    static let form = Form("EnvironmentValue", "Where a value comes from.", blank: Self()) {
      FormField.optional("secret", \.secret, .form, "A key of a Secret.")
      FormField.optional(
        "field", \.field, .text("a field of the pod, such as status.podIP"), "A field of the pod.")
    }.checked { source, section in
      if (source.secret == nil) == (source.field == nil) {
        section.report(
          .contradiction, "a value comes from a secret or from a field, one of them",
          remedy: "write secret: {name: …, key: …}, or field: status.podIP, or just the text")
      }
    }
  }

  private static let source = Codec<Source>.form
  private static let text = Codec<String>.text(
    "text, in quotes where it looks like something else", atMost: 128 * 1024)

  /// A text, or a mapping that says where the value comes from.
  static let codec = Codec<EnvironmentValue>(
    read: { field in
      guard case .mapping = field.node.content else { return text.read(field).map { .text($0) } }
      guard let source = source.read(field) else { return nil }
      if let secret = source.secret { return .secret(name: secret.name, key: secret.key) }
      return source.field.map { .field($0) }
    },
    write: { value in
      switch value {
      case .text(let text): Self.text.write(text)
      case .secret(let name, let key): source.write(Source(secret: SecretKey(name: name, key: key)))
      case .field(let field): source.write(Source(field: field))
      }
    },
    source: { value in
      switch value {
      case .text(let text): SwiftSource(SwiftSource.literal(text))
      case .secret(let name, let key):
        SwiftSource(".secret(name: \(SwiftSource.literal(name)), key: \(SwiftSource.literal(key)))")
      case .field(let field): SwiftSource(".field(\(SwiftSource.literal(field)))")
      }
    },
    shape: { .either([text.shape(), source.shape()]) })
}
