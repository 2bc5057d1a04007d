internal import Seams

extension QueryError {
  static func parameter(_ name: String, _ message: String) -> QueryError {
    QueryError(.badData, "invalid parameter \(quoted(name)): \(message)")
  }
}

extension QueryParameters {
  /// What `read` gives, or its error with the parameter's name.
  func named<Result>(_ name: String, _ read: () throws -> Result) throws -> Result {
    do { return try read() } catch let error as QueryError {
      throw QueryError.parameter(name, error.message)
    }
  }

  /// Unix seconds with a fraction, or RFC 3339; `nil` when it is not given.
  func time(_ name: String) throws -> Timestamp? {
    self[name].isEmpty ? nil : try requiredTime(name, problem: "Invalid time value for '\(name)': ")
  }

  func requiredTime(_ name: String, problem: String = "") throws -> Timestamp {
    let text = self[name]
    if let seconds = Double(goText: text), abs(seconds) < 9e12 {
      // The fraction is rounded by itself: of the whole number it would lose digits.
      let whole = seconds.rounded(.towardZero)
      let milliseconds = ((seconds - whole) * 1_000).rounded()
      return Timestamp(milliseconds: Int64(whole) * 1_000 + Int64(milliseconds))
    }
    if let time = Timestamp(rfc3339: text) { return time }
    throw QueryError.parameter(name, "\(problem)cannot parse \(quoted(text)) to a valid timestamp")
  }

  func step() throws -> Duration {
    let step = try duration("step")
    guard step > .zero else {
      throw QueryError.parameter(
        "step",
        "zero or negative query resolution step widths are not accepted. Try a positive integer")
    }
    return step
  }

  func checkTimeout() throws { if !self["timeout"].isEmpty { _ = try duration("timeout") } }

  /// Seconds with a fraction, or a duration such as `1m30s`.
  private func duration(_ name: String) throws -> Duration {
    let text = self[name]
    if let seconds = Double(goText: text) {
      guard abs(seconds) <= 9.2e9 else {
        throw QueryError.parameter(
          name, "cannot parse \(quoted(text)) to a valid duration. It overflows int64")
      }
      return .microseconds(Int64(seconds * 1_000_000))
    }
    guard !text.isEmpty, let milliseconds = try? DurationText.milliseconds(text, at: 0) else {
      throw QueryError.parameter(name, "cannot parse \(quoted(text)) to a valid duration")
    }
    return .milliseconds(milliseconds)
  }
}
