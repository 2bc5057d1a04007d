import KubeModel
import Seams

/// What becomes of a request to the API on its way.
enum Reception {
  /// The server has done what it was asked and answers, after the answer's delay.
  case answered(Answer)
  /// The server has done what it was asked, and nothing comes back.
  case unanswered
  /// The request does not get to the server.
  case unreachable(String)
}

extension ClusterState {
  /// Takes a request in, with what faults make of it.
  ///
  /// - Parameter peer: the cluster that it comes from; `nil` for clients of no cluster.
  mutating func receive(_ request: TransportRequest, isTrusted: Bool, from peer: String?) -> Reception {
    guard !faults.active.isEmpty else {
      return .answered(APIServer.answer(request, isTrusted: isTrusted, in: &self))
    }
    if let obstacle = obstacle(from: peer) { return .unreachable(obstacle) }
    let trouble = requestTrouble(of: APIRequest(request).info)
    if let refusal = trouble.refusal {
      var answer = Answer(refusal)
      answer.delay += trouble.delay
      return .answered(answer)
    }
    faults.cacheAge = trouble.cacheAge
    var answer = APIServer.answer(request, isTrusted: isTrusted, in: &self)
    faults.cacheAge = nil
    if trouble.losesAnswer { return .unanswered }
    answer.delay += trouble.delay
    return answer.delay > request.timeout ? .unanswered : .answered(answer)
  }

  /// What keeps every request away.
  func obstacle(from peer: String?) -> String? {
    if faults.isRegionLost { return "\(name) does not answer: connection timed out" }
    if let peer, faults.isCutFrom(cluster: peer) { return "no way from \(peer) to \(name): no route to host" }
    return nil
  }

  private struct Trouble {
    var delay = Duration.zero
    var refusal: StatusError?
    var losesAnswer = false
    var cacheAge: Duration?
  }

  private mutating func requestTrouble(of info: RequestInfo) -> Trouble {
    var trouble = Trouble()
    for entry in faults.active {
      switch entry.effect {
      case .apiLatency(let target, let time) where hits(target, info): trouble.delay += time
      case .apiError(let target, let failure) where hits(target, info):
        trouble.refusal = trouble.refusal ?? StatusError(failure)
      case .lostAnswer(let target) where hits(target, info): trouble.losesAnswer = true
      case .staleRead(let target, let age) where hits(target, info):
        trouble.cacheAge = max(trouble.cacheAge ?? .zero, age)
      default: break
      }
    }
    return trouble
  }

  private mutating func hits(_ target: RequestTarget, _ info: RequestInfo) -> Bool {
    target.matches(info) && (target.share >= 1 || faults.draws.chance(target.share))
  }
}

extension StatusError {
  fileprivate init(_ failure: APIFailure) {
    let seconds = failure.retryAfter.map { max(1, Int64($0.inSeconds.rounded())) }
    let details = seconds.map { JSONObject([("retryAfterSeconds", .int($0))]) }
    switch failure.status {
    case 429:
      self.init(
        code: 429, reason: "TooManyRequests", message: "too many requests, please try again later",
        details: details ?? ["retryAfterSeconds": 1])
    case 500:
      self.init(
        code: 500, reason: "InternalError", message: "Internal error occurred: etcdserver: request timed out",
        details: ["causes": [["message": "etcdserver: request timed out"]]])
    default:
      self.init(
        code: failure.status, reason: "ServiceUnavailable",
        message: "the server is currently unable to handle the request", details: details)
    }
  }
}
