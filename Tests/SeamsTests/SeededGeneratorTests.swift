import Seams
import Testing

@Suite("A seeded generator")
struct SeededGeneratorTests {
  @Test(
    "gives the numbers of xoshiro256** seeded by splitmix64, on every platform",
    arguments: [
      (0, [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0, 0x6AA5_94F1_262D_2D2C]),
      (1, [0xB3F2_AF6D_0FC7_10C5, 0x853B_5596_4736_4CEA, 0x92F8_9756_082A_4514, 0x642E_1C7B_C266_A3A7]),
      (42, [0x1578_0B2E_0C2E_C716, 0x6104_D986_6D11_3A7E, 0xAE17_5332_39E4_99A1, 0xECB8_AD47_03B3_60A1]),
      (.max, [0x8F55_20D5_2A7E_AD08, 0xC476_A018_CAA1_802D, 0x81DE_31C0_D260_469E, 0xBF65_8D7E_065F_3C2F]),
    ] as [(UInt64, [UInt64])])
  func vectors(seed: UInt64, numbers: [UInt64]) {
    var generator = SeededGenerator(seed: seed)
    #expect((0..<4).map { _ in generator.next() } == numbers)
  }

  @Test("gives streams by name that do not depend on what others drew")
  func streams() {
    var stream = SeededGenerator(seed: 42, stream: 7)
    #expect(
      (0..<3).map { _ in stream.next() } == [
        0xAA7A_4AFE_B81B_D7FC, 0x250F_A526_CAF5_4ADB, 0x56AD_A632_EB2E_BFBD,
      ])
    var firsts: Set<UInt64> = []
    for seed in UInt64(0)..<40 {
      for name in UInt64(0)..<40 {
        var generator = SeededGenerator(seed: seed, stream: name)
        firsts.insert(generator.next())
      }
    }
    #expect(firsts.count == 1_600)
  }

  @Test("draws units evenly from 0 up to but not including 1", arguments: UInt64(1)...5)
  func unit(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let draws = (0..<20_000).map { _ in generator.unit() }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 }, "seed \(seed)")
    for tenth in 0..<10 {
      let count = draws.count { Int($0 * 10) == tenth }
      // Five standard deviations: √(20000 · 0.1 · 0.9) is 42.
      #expect(abs(count - 2_000) < 212, "seed \(seed): \(count) in tenth \(tenth)")
    }
  }

  @Test("decides by chance: never at 0, always at 1", arguments: UInt64(1)...5)
  func chance(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    #expect((0..<5_000).count { _ in generator.chance(0) } == 0)
    #expect((0..<5_000).count { _ in generator.chance(1) } == 5_000)
    let hits = (0..<10_000).count { _ in generator.chance(0.25) }
    #expect(abs(hits - 2_500) < 217, "seed \(seed): \(hits)")
  }

  @Test("shared by tasks gives the same numbers for the same seed")
  func shared() {
    let (one, other, third) = (SeededRandom(seed: 5), SeededRandom(seed: 5), SeededRandom(seed: 6))
    let numbers = (0..<10).map { _ in one.next() }
    #expect((0..<10).map { _ in other.next() } == numbers)
    #expect((0..<10).map { _ in third.next() } != numbers)
  }

  @Test("gives words of the digits asked for", arguments: [1, 4, 8, 16])
  func words(digits: Int) {
    let random = SeededRandom(seed: 3)
    let words = (0..<200).map { _ in random.word(digits: digits) }
    #expect(words.allSatisfy { $0.utf8.count == digits && $0.allSatisfy("0123456789abcdef".contains) })
    #expect(Set(words).count > 10)
  }

  @Test("gives durations within their range, ends included")
  func durations() {
    let random = SeededRandom(seed: 4)
    let range = Duration.microseconds(-2)...(.microseconds(3))
    let drawn = Set((0..<500).map { _ in random.duration(in: range) })
    #expect(drawn == Set((-2...3).map { Duration.microseconds($0) }))
    #expect(random.duration(in: .seconds(1)...(.seconds(1))) == .seconds(1))
  }
}
