import MeshTopology
import Testing

/// A range as the bits that its addresses begin with: no arithmetic, so none that could be wrong in both.
private struct Prefix: Equatable {
  let family: AddressFamily
  let bits: [Bool]

  init(_ range: AddressRange) {
    family = range.family
    bits = (0..<range.prefixLength).map { range.first >> UInt128(range.family.bits - 1 - $0) & 1 == 1 }
  }

  init(using generator: inout SplitMix) {
    family = Bool.random(using: &generator) ? .ipv4 : .ipv6
    // Few different bits, so that ranges often meet.
    let flip = Int.random(in: 0..<8, using: &generator)
    bits = (0..<Int.random(in: 0...family.bits, using: &generator)).map { ($0 + flip) % 5 == 0 }
  }

  /// The text, written without the canonical form's abbreviations.
  var text: String {
    let all = bits + Array(repeating: false, count: family.bits - bits.count)
    let width = family == .ipv4 ? 8 : 16
    let groups = stride(from: 0, to: family.bits, by: width).map { start in
      all[start..<start + width].reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
    }
    let texts = groups.map { String($0, radix: family == .ipv4 ? 10 : 16) }
    return texts.joined(separator: family == .ipv4 ? "." : ":") + "/\(bits.count)"
  }

  func isPrefix(of other: Prefix) -> Bool { family == other.family && other.bits.starts(with: bits) }
}

@Suite("Address ranges, compared with a model of bits")
struct AddressModelTests {
  @Test("agree on containing, overlapping and order", arguments: UInt64(1)...8)
  func compare(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    for _ in 0..<150 {
      let left = Prefix(using: &generator)
      let right = Prefix(using: &generator)
      let first = try #require(AddressRange(parsing: left.text), "seed \(seed): \(left.text)")
      let second = try #require(AddressRange(parsing: right.text), "seed \(seed): \(right.text)")
      #expect(Prefix(first) == left, "seed \(seed): \(left.text)")
      #expect(AddressRange(parsing: first.description) == first, "seed \(seed): \(left.text)")
      #expect(first.contains(second) == left.isPrefix(of: right), "seed \(seed): \(first) \(second)")
      #expect(
        first.overlaps(second) == (left.isPrefix(of: right) || right.isPrefix(of: left)),
        "seed \(seed): \(first) \(second)")
      #expect((first < second) == !(second <= first), "seed \(seed): \(first) \(second)")
    }
  }

  @Test("are split without loss", arguments: UInt64(1)...8)
  func split(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    for _ in 0..<40 {
      let range = try #require(AddressRange(parsing: Prefix(using: &generator).text))
      let other = try #require(AddressRange(parsing: Prefix(using: &generator).text))
      let rest = range.subtracting(other)
      #expect(rest == rest.sorted(), "seed \(seed): \(range) without \(other)")
      #expect(
        rest.allSatisfy { range.contains($0) && !$0.overlaps(other) }, "seed \(seed): \(range) \(other)")
      let shared = range.contains(other) ? size(other) : other.contains(range) ? size(range) : 0
      #expect(
        rest.reduce(shared) { $0 &+ size($1) } == size(range), "seed \(seed): \(range) without \(other)")
      guard let halves = range.halves else { continue }
      #expect(size(halves.lower) &+ size(halves.upper) == size(range), "seed \(seed): \(range)")
      #expect(halves.lower.first == range.first && halves.upper.last == range.last, "seed \(seed): \(range)")
      #expect(halves.lower.last + 1 == halves.upper.first, "seed \(seed): \(range)")
    }
  }

  /// The number of addresses, modulo 2^128.
  private func size(_ range: AddressRange) -> UInt128 { range.last &- range.first &+ 1 }

  @Test("agree with a list of 1,024 addresses on what is free", arguments: UInt64(1)...6)
  func plan(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let whole = try #require(AddressRange(parsing: seed % 2 == 0 ? "10.9.4.0/22" : "2001:db8::fc00/118"))
    let bits = whole.family.bits
    var plan = AddressPlan()
    var isTaken = Array(repeating: false, count: 1024)
    func offset(_ range: AddressRange) -> Int { Int(range.first - whole.first) }
    for step in 0..<400 {
      let length = Int.random(in: bits - 10...bits, using: &generator)
      let size = 1 << (bits - length)
      let position = Int.random(in: 0..<1024 / size, using: &generator) * size
      let address = try #require(Address(family: whole.family, number: whole.first + UInt128(position)))
      let range = try #require(AddressRange(around: address, prefixLength: length))
      let isFree = !isTaken[position..<position + size].contains(true)
      #expect(plan.isFree(range) == isFree, "seed \(seed), step \(step): \(range)")
      let wanted = stride(from: 0, to: 1024, by: size).first { !isTaken[$0..<$0 + size].contains(true) }
      #expect(
        plan.nextFree(prefixLength: length, within: whole).map(offset) == wanted,
        "seed \(seed), step \(step): /\(length)")
      // Large ranges are given back more often than taken, so that there is room for the next ones.
      let takes = Int.random(in: 0..<size + 2, using: &generator) < 2
      if takes { plan.take(range) } else { plan.release(range) }
      for index in position..<position + size { isTaken[index] = takes }
      let free = plan.free(within: whole)
      #expect(
        free.flatMap { offset($0)..<offset($0) + Int($0.count) } == isTaken.indices.filter { !isTaken[$0] },
        "seed \(seed), step \(step)")
      let taken = plan.taken(within: whole)
      #expect(taken.reduce(0) { $0 + Int($1.count) } == isTaken.count { $0 }, "seed \(seed), step \(step)")
      #expect((free + taken).sorted().map(offset) == (free + taken).map(offset).sorted())
      #expect(AddressPlan(taken: taken.reversed()) == plan, "seed \(seed), step \(step)")
    }
  }
}
