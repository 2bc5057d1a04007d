import Seams
import Testing

@testable import PromQL

@Suite("The store of series")
struct SeriesStoreTests {
  private func count(_ store: SeriesStore, _ query: String, at seconds: Int64) throws -> Int {
    guard case .vector(let samples) = try Query(query).result(in: store, at: Timestamp(seconds: seconds))
    else {
      return -1
    }
    return samples.count
  }

  @Test("takes only samples that are later than the last of their series")
  func order() {
    var store = SeriesStore()
    let labels = LabelSet(metric: "up")
    let times: [Int64] = [10_000_000, 10_000_000, 10_000_999, 9_000_000, 10_001_000]
    let taken = times.map { store.append(1, at: Timestamp(microseconds: $0), to: labels) }
    #expect(taken == [true, false, false, false, true])
    #expect(store.sampleCount == 2)
  }

  @Test("an empty label is the same as none, and the order of labels says nothing")
  func labels() {
    var store = SeriesStore()
    let one = store.reference(to: ["a": "1", "b": "", "__name__": "up"])
    let other = store.reference(to: ["__name__": "up", "a": "1"])
    #expect(one == other)
    #expect(store.seriesCount == 1)
  }

  @Test("labels that look alike but differ in their bytes are two")
  func bytes() throws {
    var store = SeriesStore()
    store.append(1, at: Timestamp(seconds: 1), to: ["name": "\u{e9}"])
    store.append(2, at: Timestamp(seconds: 1), to: ["name": "e\u{301}"])
    #expect(store.seriesCount == 2)
    #expect(try count(store, "{name=\"\u{e9}\"}", at: 1) == 1)
    #expect(try count(store, "{name!=\"\u{e9}\",name=~\".+\"}", at: 1) == 1)
  }

  @Test("a series is seen for five minutes after its last sample, and not at all after the marker of its end")
  func staleness() throws {
    var store = SeriesStore()
    let (gone, ended) = (
      store.reference(to: ["__name__": "up", "a": "gone"]),
      store.reference(to: ["__name__": "up", "a": "ended"])
    )
    store.append(1, at: Timestamp(seconds: 0), to: gone)
    store.append(1, at: Timestamp(seconds: 0), to: ended)
    store.markStale(ended, at: Timestamp(seconds: 15))
    #expect(try count(store, "up", at: 14) == 2)
    #expect(try count(store, "up", at: 15) == 1)
    #expect(try count(store, "up", at: 300) == 1)
    #expect(try count(store, "up", at: 301) == 0)
  }

  @Test("keeps samples for the retention, and not much longer")
  func retention() {
    var store = SeriesStore(retention: .seconds(600))
    let reference = store.reference(to: ["__name__": "up"])
    for step in 0..<10_000 { store.append(1, at: Timestamp(seconds: Int64(step)), to: reference) }
    #expect((600...820).contains(store.sampleCount))
  }

  @Test("keeps taking samples across gaps longer than its times can hold")
  func longGap() throws {
    var store = SeriesStore(retention: .seconds(3_600))
    let labels = LabelSet(metric: "up")
    let year: Int64 = 31_536_000
    let times = [0, 15, year, year + 15, 3 * year]
    let taken = times.map { store.append(Double($0), at: Timestamp(seconds: $0), to: labels) }
    #expect(taken == times.map { _ in true })
    #expect(try count(store, "up", at: 3 * year) == 1)
    #expect(try count(store, "up offset 15s", at: 3 * year) == 0)
  }

  @Test("removes series past retention, and takes no more through references to them")
  func expiry() throws {
    var store = SeriesStore(retention: .seconds(600))
    let old = store.reference(to: ["__name__": "up", "a": "old"])
    store.append(1, at: Timestamp(seconds: 0), to: old)
    store.append(1, at: Timestamp(seconds: 900), to: ["__name__": "up", "a": "new"])
    store.removeExpired(at: Timestamp(seconds: 900))
    #expect(store.seriesCount == 1)
    let next = store.reference(to: ["__name__": "down"])
    let taken = [old, next].map { store.append(1, at: Timestamp(seconds: 901), to: $0) }
    #expect(taken == [false, true])
    #expect(try count(store, "{a=~\".*\",__name__=~\".+\"}", at: 901) == 2)
    #expect(try count(store, "{a=\"old\"}", at: 901) == 0)
  }
}
