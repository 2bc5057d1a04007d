import MeshTopology
import Testing

@Suite("An address range")
struct AddressRangeTests {
  @Test(
    "covers the addresses that share its prefix",
    arguments: [
      ("10.0.1.0/24", 0x0A00_0100, 0x0A00_01FF, 256), ("10.1.0.0/16", 0x0A01_0000, 0x0A01_FFFF, 65536),
      ("10.0.100.0/28", 0x0A00_6400, 0x0A00_640F, 16), ("192.0.2.7/32", 0xC000_0207, 0xC000_0207, 1),
      ("192.0.2.6/31", 0xC000_0206, 0xC000_0207, 2), ("0.0.0.0/0", 0, 0xFFFF_FFFF, 1 << 32),
      ("128.0.0.0/1", 0x8000_0000, 0xFFFF_FFFF, 1 << 31),
    ] as [(String, UInt32, UInt32, Int)])
  func covers(_ text: String, first: UInt32, last: UInt32, count: Int) throws {
    let range = try #require(AddressRange(text))
    #expect(range.first == first)
    #expect(range.last == last)
    #expect(range.count == count)
    #expect(range.description == text)
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/24", "10.0.0.0.0/24",
      "256.0.0.0/8", "10.0.0.0/08", "010.0.0.0/8", "10.0.0.0/8/8", "10..0.0/8", "a.b.c.d/8", " 10.0.0.0/8",
      "10.0.0.1/24", "::1/128", "1٠.0.0.0/8",
    ])
  func isRefused(_ text: String) { #expect(AddressRange(text) == nil) }

  @Test(
    "overlaps or contains another",
    arguments: [
      ("10.1.0.0/16", "10.1.128.0/17", true, true), ("10.1.128.0/17", "10.1.0.0/16", true, false),
      ("10.1.0.0/16", "10.1.0.0/16", true, true), ("10.1.0.0/16", "10.2.0.0/16", false, false),
      ("10.0.0.0/32", "10.0.0.1/32", false, false), ("0.0.0.0/0", "255.255.255.255/32", true, true),
      ("10.0.1.0/24", "10.0.100.0/28", false, false),
    ])
  func compares(_ left: String, _ right: String, overlaps: Bool, contains: Bool) throws {
    let left = try #require(AddressRange(left))
    let right = try #require(AddressRange(right))
    #expect(left.overlaps(right) == overlaps)
    #expect(right.overlaps(left) == overlaps)
    #expect(left.contains(right) == contains)
  }
}
