import KubeModel

/// Sets of completion indexes as Jobs write them: `0,2-5`.
struct JobIndexes: Equatable {
  var members: Set<Int> = []

  init() {}

  init(_ text: String) {
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { continue }
      members.formUnion(first...last)
    }
  }

  var text: String {
    var runs: [(Int, Int)] = []
    for index in members.sorted() {
      if let last = runs.last, last.1 + 1 == index {
        runs[runs.count - 1].1 = index
      } else {
        runs.append((index, index))
      }
    }
    return runs.map { first, last in
      first == last ? "\(first)" : last == first + 1 ? "\(first),\(last)" : "\(first)-\(last)"
    }.joined(separator: ",")
  }
}

extension KubeObject {
  static let completionIndexKey = "batch.kubernetes.io/job-completion-index"

  /// The index of a pod of an indexed Job.
  var completionIndex: Int? { annotations[KubeObject.completionIndexKey].flatMap { Int($0) } }

  var isIndexedJob: Bool { self[path: "spec", "completionMode"]?.string == "Indexed" }

  var completions: Int? { self[path: "spec", "completions"]?.int.map { Int($0) } }

  var isSuspended: Bool { self[path: "spec", "suspend"]?.bool == true }

  /// `Complete` or `Failed` when the Job is over.
  var jobEnding: String? {
    ["Complete", "Failed"].first { condition($0)?["status"]?.string == "True" }
  }
}
