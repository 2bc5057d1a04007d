import MeshRender
import Testing

@Suite("The network simplex")
struct NetworkSimplexTests {
  @Test("finds the least sum, as trying everything does", arguments: UInt64(1)...60)
  func findsLeast(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let count = Int.random(in: 1...5, using: &numbers)
    var constraints: [NetworkSimplex.Constraint] = []
    for tail in 0..<count {
      for head in tail + 1..<max(count, tail + 1) where Int.random(in: 0..<3, using: &numbers) > 0 {
        constraints.append(
          .init(
            tail: tail, head: head, length: Int.random(in: -1...2, using: &numbers),
            weight: Int.random(in: 0...4, using: &numbers)))
      }
    }
    let values = NetworkSimplex.solve(count: count, constraints: constraints, work: 100_000)
    #expect(keeps(values, constraints), "seed \(seed)")
    #expect(values.min() == 0, "seed \(seed)")
    var least = Int.max
    let most = 9
    var trial = [Int](repeating: 0, count: count)
    while true {
      if keeps(trial, constraints) { least = min(least, cost(trial, constraints)) }
      guard let place = trial.firstIndex(where: { $0 < most }) else { break }
      for lower in 0..<place { trial[lower] = 0 }
      trial[place] += 1
    }
    #expect(cost(values, constraints) == least, "seed \(seed)")
  }

  @Test("keeps all distances even when it may not work", arguments: UInt64(1)...20)
  func keepsDistances(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let constraints = (0..<200).map { _ in
      let tail = Int.random(in: 0..<60, using: &numbers)
      return NetworkSimplex.Constraint(
        tail: tail, head: Int.random(in: tail + 1...60, using: &numbers),
        length: Int.random(in: 0...5, using: &numbers), weight: Int.random(in: 0...5, using: &numbers))
    }
    for work in [0, 100, 1_000, 5_000] {
      let values = NetworkSimplex.solve(count: 61, constraints: constraints, work: work)
      #expect(keeps(values, constraints), "seed \(seed), work \(work)")
    }
  }

  private func keeps(_ values: [Int], _ constraints: [NetworkSimplex.Constraint]) -> Bool {
    constraints.allSatisfy { values[$0.head] - values[$0.tail] >= $0.length }
  }

  private func cost(_ values: [Int], _ constraints: [NetworkSimplex.Constraint]) -> Int {
    constraints.reduce(0) { $0 + $1.weight * (values[$1.head] - values[$1.tail]) }
  }
}
