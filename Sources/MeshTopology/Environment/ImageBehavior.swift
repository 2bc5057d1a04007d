/// How the images that match a pattern behave on an embedded cluster.
public struct ImageBehavior: Hashable, Sendable {
  /// How long requests take.
  public struct Latency: Hashable, Sendable {
    /// What half of the requests stay under; 10 ms by default.
    public var median: Duration = .milliseconds(10)
    /// What 99 of 100 requests stay under; 50 ms by default.
    public var p99: Duration = .milliseconds(50)

    /// The defaults.
    public init() {}
  }

  /// A way in which pods fail to become ready.
  public enum Failure: String, Hashable, Sendable, CaseIterable {
    /// They do become ready.
    case none
    /// The container ends again and again.
    case crashLoop
    /// The container runs but its probe never passes.
    case neverReady
    /// The image cannot be pulled.
    case imagePull
  }

  /// A pattern for the whole image reference: `*` stands for any characters, `?` for any one.
  public var match: String
  /// How long a container takes from its start until its probe passes; 2 s by default.
  public var startup: Duration = .seconds(2)
  /// How much longer a start may take at random; 0 by default.
  public var startupJitter: Duration = .zero
  /// How long requests take, without the calls they make.
  public var latency = Latency()
  /// The share of requests that fail; none by default.
  public var errorRate: Percent = .zero
  /// How pods fail to become ready; they do not by default.
  public var failure: Failure = .none

  /// The default behaviour for images that match `pattern`.
  public init(match pattern: String) { match = pattern }

  /// Whether the pattern matches `image`.
  public func matches(_ image: String) -> Bool {
    let pattern = Array(match.utf8)
    let text = Array(image.utf8)
    var position = (pattern: 0, text: 0)
    // The last star and how much of the text it has swallowed; going back to it alone is enough.
    var star: (pattern: Int, text: Int)?
    while position.text < text.count {
      let wanted = position.pattern < pattern.count ? pattern[position.pattern] : nil
      if wanted == UInt8(ascii: "*") {
        star = position
        position.pattern += 1
      } else if wanted == UInt8(ascii: "?") || wanted == text[position.text] {
        position.pattern += 1
        position.text += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        position = (last.pattern + 1, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[position.pattern...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
