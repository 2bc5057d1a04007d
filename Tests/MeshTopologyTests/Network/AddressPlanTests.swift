import MeshTopology
import Testing

@Suite("An address plan")
struct AddressPlanTests {
  private func range(_ text: String) throws -> AddressRange { try #require(AddressRange(parsing: text)) }

  @Test(
    "gives the lowest aligned range that is free",
    arguments: [
      (["10.0.1.0/24", "10.1.0.0/16"], 24, "10.0.0.0/24"), (["10.0.0.0/24"], 24, "10.0.1.0/24"),
      (["10.0.0.0/24"], 23, "10.0.2.0/23"), (["10.0.0.0/9"], 10, "10.128.0.0/10"),
      (["10.0.0.0/28", "10.0.0.32/28"], 28, "10.0.0.16/28"),
      (["10.0.0.0/28", "10.0.0.32/28"], 27, "10.0.0.64/27"),
      (["10.0.0.0/8"], 32, nil), (["10.200.0.0/32"], 8, nil), ([], 8, "10.0.0.0/8"), ([], 7, nil),
      ([], 33, nil),
      (["0.0.0.0/0"], 24, nil), (["10.0.0.0/16", "10.0.0.0/24"], 24, "10.1.0.0/24"),
    ] as [([String], Int, String?)])
  func givesNext(_ taken: [String], prefixLength: Int, wanted: String?) throws {
    let plan = AddressPlan(taken: try taken.map(range))
    #expect(plan.nextFree(prefixLength: prefixLength, within: try range("10.0.0.0/8"))?.description == wanted)
  }

  @Test("keeps IPv4 and IPv6 apart")
  func separatesFamilies() throws {
    let plan = AddressPlan(taken: [try range("0.0.0.0/0"), try range("2001:db8::/64")])
    let six = try range("2001:db8::/32")
    #expect(plan.nextFree(prefixLength: 64, within: six)?.description == "2001:db8:0:1::/64")
    #expect(plan.nextFree(prefixLength: 128, within: try range("::/0"))?.description == "::/128")
    #expect(plan.nextFree(prefixLength: 8, within: try range("0.0.0.0/0")) == nil)
  }

  @Test("lists what is free in the fewest ranges")
  func listsFree() throws {
    let plan = AddressPlan(taken: try ["10.0.0.0/24", "10.0.1.0/24", "10.0.3.0/24"].map(range))
    let whole = try range("10.0.0.0/21")
    #expect(plan.free(within: whole).map(\.description) == ["10.0.2.0/24", "10.0.4.0/22"])
    #expect(plan.taken(within: whole).map(\.description) == ["10.0.0.0/23", "10.0.3.0/24"])
    #expect(plan.free(within: try range("10.0.1.0/26")).isEmpty)
    #expect(plan.free(within: try range("10.0.2.64/26")).map(\.description) == ["10.0.2.64/26"])
  }

  @Test("has room for the 10,000th range after 9,999, and for none after all")
  func holdsMany() throws {
    var plan = AddressPlan()
    let whole = try range("10.0.0.0/10")
    for _ in 0..<10_000 { _ = plan.takeNext(prefixLength: 24, within: whole) }
    #expect(plan.nextFree(prefixLength: 24, within: whole)?.description == "10.39.16.0/24")
    for part in whole.subranges(prefixLength: 23) { plan.take(part.halves?.lower ?? part) }
    #expect(plan.nextFree(prefixLength: 23, within: whole) == nil)
    #expect(plan.nextFree(prefixLength: 24, within: whole)?.description == "10.39.17.0/24")
  }
}
