import Foundation

/// Compares two answers of the API: structure, labels and times exactly, values to a relative 1e-12, because
/// the mathematical libraries of C and Go round differently in the last place, and sums go in another order.
enum AnswerComparison {
  /// What differs, or `nil`.
  static func difference(_ own: Data, _ real: Data, isOrdered: Bool) throws -> String? {
    guard
      let own = try JSONSerialization.jsonObject(with: own) as? [String: Any],
      let real = try JSONSerialization.jsonObject(with: real) as? [String: Any]
    else { return "not an object" }
    if isOrdered, let difference = difference(values(own), values(real), at: ".value") { return difference }
    return difference(sorted(own), sorted(real), at: "")
  }

  /// The values of an instant vector in order; which of equal ones comes first is chance.
  private static func values(_ answer: [String: Any]) -> [Any] {
    let result = (answer["data"] as? [String: Any])?["result"] as? [[String: Any]]
    return result?.compactMap { $0["value"] } ?? []
  }

  /// The results of an answer by their labels, where the order says nothing.
  private static func sorted(_ answer: [String: Any]) -> [String: Any] {
    guard var data = answer["data"] as? [String: Any], let result = data["result"] as? [[String: Any]]
    else { return answer }
    func key(_ series: [String: Any]) -> String {
      let labels = series["metric"] as? [String: String] ?? [:]
      return labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
    data["result"] = result.sorted { key($0) < key($1) }
    var answer = answer
    answer["data"] = data
    return answer
  }

  private static func difference(_ own: Any, _ real: Any, at path: String) -> String? {
    switch (own, real) {
    case (let own as [String: Any], let real as [String: Any]):
      guard Set(own.keys) == Set(real.keys) else {
        return "\(path): \(own.keys.sorted()) instead of \(real.keys.sorted())"
      }
      return own.keys.sorted().lazy.compactMap { key in
        difference(own[key] ?? "", real[key] ?? "", at: "\(path).\(key)")
      }.first
    case (let own as [Any], let real as [Any]):
      guard own.count == real.count else {
        return "\(path): \(own.count) instead of \(real.count): \(own.prefix(4)) — \(real.prefix(4))"
      }
      return zip(own, real).enumerated().lazy.compactMap { index, pair in
        difference(pair.0, pair.1, at: "\(path)[\(index)]")
      }.first
    case (let own as String, let real as String) where path == ".error":
      return general(own) == general(real) ? nil : "\(own) instead of \(real)"
    case (let own as String, let real as String):
      return own == real || (path.contains("value") || path == ".data.result[1]") && isClose(own, real)
        ? nil : "\(path): \(own) instead of \(real)"
    case (let own as NSNumber, let real as NSNumber):
      return own == real ? nil : "\(path): \(own) instead of \(real)"
    default: return "\(path): \(own) instead of \(real)"
    }
  }

  /// Without the two series that an error names: which of several come first is chance inside Prometheus.
  private static func general(_ error: String) -> String {
    error.replacing(/match group \{.*\} on the/, with: "match group on the")
      .replacing(/operation: \[.*\];/, with: "operation;")
  }

  private static func isClose(_ own: String, _ real: String) -> Bool {
    guard let own = Double(own), let real = Double(real), own.isFinite, real.isFinite else { return false }
    return abs(own - real) <= 1e-12 * max(abs(own), abs(real))
  }
}
