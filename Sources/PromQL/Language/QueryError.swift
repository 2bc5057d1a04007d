/// Why a query has no answer, with Prometheus' words.
public struct QueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What Prometheus calls the type of an error.
  public struct Kind: Hashable, Sendable {
    /// The `errorType` of an answer.
    public let name: String
    /// The status of an answer over HTTP.
    public let status: Int

    /// The query or a parameter is wrong.
    public static let badData = Kind(name: "bad_data", status: 400)
    /// The query is right and cannot be carried out on the data there is.
    public static let execution = Kind(name: "execution", status: 422)
    /// The query takes more work than is allowed.
    public static let timeout = Kind(name: "timeout", status: 503)
    /// There is nothing under that path.
    public static let notFound = Kind(name: "not_found", status: 404)
  }

  /// The type of the error.
  public let kind: Kind
  /// What is wrong; for a query that cannot be read it starts with line and column.
  public let message: String

  /// Creates an error.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { message }

  static func execution(_ message: String) -> QueryError { QueryError(.execution, message) }
}

/// What is wrong at one byte of a query.
struct SyntaxError: Error {
  var message: String
  let position: Int
  /// Whether a word that does not belong here was found, and nothing said yet about where that is.
  var isWithoutContext = false

  init(_ message: String, at position: Int) {
    self.message = message
    self.position = position
  }

  /// With line and column, both from 1; columns count bytes.
  func located(in query: [UInt8]) -> QueryError {
    let before = query.prefix(max(position, 0))
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return QueryError(.badData, "\(line):\(position - start + 1): parse error: \(message)")
  }
}
