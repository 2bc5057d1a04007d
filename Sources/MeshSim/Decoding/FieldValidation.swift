/// What the server does about fields that a request writes and nobody knows, or writes twice.
enum FieldValidation: Sendable {
  /// It drops them.
  case ignore
  /// It drops them with a `Warning` header for each.
  case warn
  /// It refuses the request.
  case strict

  /// Reads the query parameter `fieldValidation`; without one it warns. `nil` for an unknown word.
  init?(parameter: String?) {
    switch parameter {
    case nil, "", "Warn": self = .warn
    case "Ignore": self = .ignore
    case "Strict": self = .strict
    default: return nil
    }
  }
}
