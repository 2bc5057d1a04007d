internal import KubeModel
internal import Seams

/// Delays and failures that a route adds.
struct InjectedFault: Hashable, Sendable {
  var abortShare = 0.0
  var abortStatus = 0
  var delayShare = 0.0
  var delay = Duration.zero

  init(_ json: JSONValue) {
    if let abort = json["abort"] {
      abortStatus = Int(abort["httpStatus"]?.int ?? 503)
      abortShare = InjectedFault.share(abort["percentage"]) ?? 1
    }
    if let delay = json["delay"] {
      self.delay = delay["fixedDelay"]?.string.flatMap(Duration.init(written:)) ?? .zero
      delayShare = InjectedFault.share(delay["percentage"]) ?? 1
    }
  }

  static func share(_ percentage: JSONValue?) -> Double? {
    percentage.map { min(1, max(0, ($0["value"]?.number ?? 0) / 100)) }
  }
}

/// Which failures are tried again, and how often.
struct RetryPolicy: Hashable, Sendable {
  let attempts: Int
  let perTryTimeout: Duration?
  private let conditions: Set<String>

  /// What Istio does where nothing is said.
  static let standard = RetryPolicy(
    attempts: 2, perTryTimeout: nil,
    conditions: ["connect-failure", "refused-stream", "unavailable", "cancelled", "503"])
  static let none = RetryPolicy(attempts: 0, perTryTimeout: nil, conditions: [])

  private init(attempts: Int, perTryTimeout: Duration?, conditions: Set<String>) {
    self.attempts = attempts
    self.perTryTimeout = perTryTimeout
    self.conditions = conditions
  }

  init(_ json: JSONValue) {
    attempts = Int(json["attempts"]?.int ?? 0)
    perTryTimeout = json["perTryTimeout"]?.string.flatMap(Duration.init(written:)).flatMap {
      $0 > .zero ? $0 : nil
    }
    let words = (json["retryOn"]?.string ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    conditions = words.isEmpty ? RetryPolicy.standard.conditions : Set(words)
  }

  /// Whether a failure that did not reach the application is tried again.
  var isForConnections: Bool {
    attempts > 0 && !conditions.isDisjoint(with: ["connect-failure", "gateway-error", "5xx", "503"])
  }

  /// Whether an answer with a status is tried again.
  func retries(_ status: Int) -> Bool {
    guard attempts > 0, status >= 400 else { return false }
    if conditions.contains(String(status)) { return true }
    if conditions.contains("5xx"), status >= 500 { return true }
    if conditions.contains("gateway-error"), (502...504).contains(status) { return true }
    return conditions.contains("retriable-4xx") && status == 409
  }

  /// Whether a try that took too long is tried again.
  var isForSlowTries: Bool { attempts > 0 && !conditions.isDisjoint(with: ["5xx", "gateway-error", "504"]) }
}

/// What a DestinationRule says of connections to a destination.
struct ConnectionPolicy: Hashable, Sendable {
  enum Security: String, Hashable, Sendable {
    case disable = "DISABLE"
    case simple = "SIMPLE"
    case mutual = "MUTUAL"
    case istioMutual = "ISTIO_MUTUAL"
  }

  struct Pool: Hashable, Sendable {
    var connections: Int?
    var pending: Int?
    var requests: Int?
  }

  /// When a pod that fails is left alone for a while.
  struct Outliers: Hashable, Sendable {
    var consecutiveErrors = 5
    var countsGatewayErrorsOnly = false
    var interval = Duration.seconds(10)
    var ejection = Duration.seconds(30)
    var maximum = 0.1
  }

  var security: Security?
  var pool = Pool()
  var outliers: Outliers?

  init() {}

  /// A subset's settings take the place of the host's, block by block.
  init(_ json: JSONValue?, over base: ConnectionPolicy = ConnectionPolicy()) {
    self = base
    guard let json else { return }
    if let mode = json[path: "tls", "mode"]?.string { security = Security(rawValue: mode) }
    if let pool = json["connectionPool"] {
      self.pool = Pool(
        connections: pool[path: "tcp", "maxConnections"]?.int.map(Int.init),
        pending: pool[path: "http", "http1MaxPendingRequests"]?.int.map(Int.init),
        requests: pool[path: "http", "http2MaxRequests"]?.int.map(Int.init))
    }
    if let detection = json["outlierDetection"] { outliers = ConnectionPolicy.outliers(detection) }
  }

  private static func outliers(_ json: JSONValue) -> Outliers? {
    var outliers = Outliers()
    if let errors = json["consecutive5xxErrors"]?.int {
      guard errors > 0 else { return nil }
      outliers.consecutiveErrors = Int(errors)
    } else if let errors = json["consecutiveGatewayErrors"]?.int, errors > 0 {
      outliers.consecutiveErrors = Int(errors)
      outliers.countsGatewayErrorsOnly = true
    }
    let time = { (key: String) in json[key]?.string.flatMap(Duration.init(written:)) }
    outliers.interval = time("interval") ?? outliers.interval
    outliers.ejection = time("baseEjectionTime") ?? outliers.ejection
    outliers.maximum = json["maxEjectionPercent"]?.number.map { $0 / 100 } ?? outliers.maximum
    return outliers
  }
}

extension Duration {
  /// `1.5s`, `250ms`, `1m`, `1h`, or several of them in a row.
  init?(written text: String) {
    var rest = text[...]
    var seconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      switch unit {
      case "h": seconds += number * 3_600
      case "m": seconds += number * 60
      case "s": seconds += number
      case "ms": seconds += number / 1_000
      case "us", "µs": seconds += number / 1_000_000
      default: return nil
      }
    }
    guard !text.isEmpty, seconds.isFinite, seconds < 1e9 else { return nil }
    self = .microseconds(Int64((seconds * 1_000_000).rounded()))
  }
}
