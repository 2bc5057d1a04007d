/// How the images that match a pattern behave on an embedded cluster.
public struct ImageBehavior: TopologyValue {
  /// How long requests take.
  public struct Latency: TopologyValue {
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
}

extension ImageBehavior: Formed {
  static let form = Form(
    "ImageBehavior", "How the images that match a pattern behave on an embedded cluster.",
    blank: Self(match: "")
  ) {
    FormField.required(
      "match", \.match, pattern, example: "\"*/user-service:1.6.*\"",
      "A pattern for the whole image: `*` stands for any characters, `?` for any one.")
    FormField.defaulted(
      "startup", \.startup, .duration(in: .zero ... .longest),
      "How long a container takes from its start until its probe passes.", default: .seconds(2))
    FormField.defaulted(
      "startupJitter", \.startupJitter, .duration(in: .zero ... .longest),
      "How much longer a start may take at random.",
      default: .zero)
    FormField.defaulted(
      "latency", \.latency, .form, "How long requests take, without the calls they make.", default: Latency())
    FormField.defaulted(
      "errorRate", \.errorRate, .percent, "The share of requests that fail, in percent.", default: .zero)
    FormField.defaulted("failure", \.failure, .choice, "How pods fail to become ready.", default: .none)
  }

  private static let pattern = Codec<String>.text("a pattern", atMost: 512).verified { pattern, field in
    guard pattern.isEmpty else { return true }
    field.report(.invalidValue, "an empty pattern matches no image", remedy: "write * to match every image")
    return false
  }
}

extension ImageBehavior.Latency: Formed {
  static let form = Form("ImageBehavior.Latency", "How long requests take.", blank: Self()) {
    FormField.defaulted(
      "median", \.median, .duration(), "What half of the requests stay under.", default: .milliseconds(10))
    FormField.derived(
      "p99", \.p99, .duration(), "What 99 of 100 requests stay under; 50 ms or the median by default."
    ) { max(.milliseconds(50), $0.median) }
  }.checked { latency, section in
    if latency.p99 < latency.median {
      section["p99"]?.report(
        .contradiction, "p99 \(latency.p99.unitText) is below the median \(latency.median.unitText)",
        remedy: "99 of 100 requests cannot be faster than half of them")
    }
  }
}
