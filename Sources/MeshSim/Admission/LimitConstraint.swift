import KubeModel

/// One entry of a LimitRange: the least and the most of each resource, and how far limits may exceed requests.
struct LimitConstraint {
  private let type: String
  private let minimum: [JSONObject.Member]
  private let maximum: [JSONObject.Member]
  private let ratio: [JSONObject.Member]

  init(_ limit: JSONValue) {
    type = limit["type"]?.string ?? ""
    minimum = limit["min"]?.object?.members ?? []
    maximum = limit["max"]?.object?.members ?? []
    ratio = limit["maxLimitRequestRatio"]?.object?.members ?? []
  }

  /// What is wrong with the resources of a container or pod, in the words of the API.
  func problems(requests: JSONValue?, limits: JSONValue?) -> [String] {
    var problems: [String] = []
    for bound in minimum {
      guard let least = Amount(bound.value) else { continue }
      let text = "minimum \(bound.key) usage per \(type) is \(least)"
      let (request, limit) = (Amount(requests?[bound.key]), Amount(limits?[bound.key]))
      if let request, request < least {
        problems.append("\(text), but request is \(request)")
      } else if request == nil {
        problems.append("\(text).  No request is specified")
      } else if let limit, limit < least {
        problems.append("\(text), but limit is \(limit)")
      }
    }
    for bound in maximum {
      guard let most = Amount(bound.value) else { continue }
      let text = "maximum \(bound.key) usage per \(type) is \(most)"
      let (request, limit) = (Amount(requests?[bound.key]), Amount(limits?[bound.key]))
      if let limit, limit > most {
        problems.append("\(text), but limit is \(limit)")
      } else if limit == nil {
        problems.append("\(text).  No limit is specified")
      } else if let request, request > most {
        problems.append("\(text), but request is \(request)")
      }
    }
    return problems + ratio.compactMap { ratioProblem($0, requests: requests, limits: limits) }
  }

  /// What is wrong with a claim, which has requests only.
  func requestProblems(_ requests: JSONValue?) -> [String] {
    var problems: [String] = []
    for (bounds, word) in [(minimum, "minimum"), (maximum, "maximum")] {
      for bound in bounds {
        guard let allowed = Amount(bound.value) else { continue }
        let text = "\(word) \(bound.key) usage per \(type) is \(allowed)"
        guard let request = Amount(requests?[bound.key]) else {
          problems.append("\(text).  No request is specified")
          continue
        }
        if word == "minimum" ? request < allowed : request > allowed {
          problems.append("\(text), but request is \(request)")
        }
      }
    }
    return problems
  }

  private func ratioProblem(_ bound: JSONObject.Member, requests: JSONValue?, limits: JSONValue?) -> String? {
    guard let most = Amount(bound.value) else { return nil }
    let text = "\(bound.key) max limit to request ratio per \(type) is \(most)"
    guard let request = Amount(requests?[bound.key]), !request.isZero else {
      return "\(text), but no request is specified or request is 0"
    }
    guard let limit = Amount(limits?[bound.key]), !limit.isZero else {
      return "\(text), but no limit is specified or limit is 0"
    }
    let observed = limit.number / request.number
    return observed > most.number
      ? "\(text), but provided ratio is \(LimitConstraint.sixDecimals(observed))" : nil
  }

  private static func sixDecimals(_ number: Double) -> String {
    let millionths = Int64((number * 1e6).rounded())
    let fraction = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
  }
}
