import MeshTopology
import Testing

/// The values in the tables are those of Python's `ipaddress`.
@Suite("An address range")
struct AddressRangeTests {
  @Test(
    "covers the addresses that share its prefix",
    arguments: [
      ("10.0.1.0/24", "10.0.1.255", 256), ("10.1.0.0/16", "10.1.255.255", 65536),
      ("10.0.100.0/28", "10.0.100.15", 16), ("192.0.2.7/32", "192.0.2.7", 1),
      ("192.0.2.6/31", "192.0.2.7", 2), ("0.0.0.0/0", "255.255.255.255", 4_294_967_296),
      ("128.0.0.0/1", "255.255.255.255", 1 << 31),
      ("2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 1 << 96),
      ("fd00::/8", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1 << 120), ("2001:db8::/127", "2001:db8::1", 2),
      ("2001:db8::1/128", "2001:db8::1", 1), ("::/1", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1 << 127),
      ("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .max),
    ] as [(String, String, UInt128)])
  func covers(_ text: String, last: String, count: UInt128) throws {
    let range = try #require(AddressRange(parsing: text))
    #expect(range.description == text)
    #expect("\(range.firstAddress)/\(range.prefixLength)" == text)
    #expect(range.lastAddress.description == last)
    #expect(range.last == range.lastAddress.number)
    #expect(range.count == count)
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/24", "10.0.0.0.0/24",
      "256.0.0.0/8", "10.0.0.0/08", "010.0.0.0/8", "10.0.0.0/8/8", "10..0.0/8", "a.b.c.d/8", " 10.0.0.0/8",
      "10.0.0.1/24", "1٠.0.0.0/8", "::/129", "::1/127", "::/1000", "::ffff:0:0/96", "fe80::%1/64", "::",
    ])
  func isRefused(_ text: String) { #expect(AddressRange(parsing: text) == nil) }

  @Test(
    "overlaps or contains another",
    arguments: [
      ("10.1.0.0/16", "10.1.128.0/17", true, true), ("10.1.128.0/17", "10.1.0.0/16", true, false),
      ("10.1.0.0/16", "10.1.0.0/16", true, true), ("10.1.0.0/16", "10.2.0.0/16", false, false),
      ("10.0.0.0/32", "10.0.0.1/32", false, false), ("0.0.0.0/0", "255.255.255.255/32", true, true),
      ("10.0.1.0/24", "10.0.100.0/28", false, false), ("::/0", "0.0.0.0/0", false, false),
      ("::/96", "0.0.0.0/0", false, false), ("2001:db8::/32", "2001:db8:1::/48", true, true),
    ])
  func compares(_ left: String, _ right: String, overlaps: Bool, contains: Bool) throws {
    let left = try #require(AddressRange(parsing: left))
    let right = try #require(AddressRange(parsing: right))
    #expect(left.overlaps(right) == overlaps)
    #expect(right.overlaps(left) == overlaps)
    #expect(left.contains(right) == contains)
  }

  @Test(
    "without another is what is left of it",
    arguments: [
      ("10.0.0.0/24", "10.0.0.64/26", ["10.0.0.0/26", "10.0.0.128/25"]),
      ("10.0.0.0/24", "10.0.0.0/25", ["10.0.0.128/25"]), ("10.0.0.0/24", "10.0.0.0/16", []),
      ("2001:db8::/32", "2001:db8:8000::/34", ["2001:db8::/33", "2001:db8:c000::/34"]),
      ("10.0.0.0/24", "10.0.1.0/24", ["10.0.0.0/24"]), ("0.0.0.0/0", "::/0", ["0.0.0.0/0"]),
      ("10.0.0.0/30", "10.0.0.2/32", ["10.0.0.0/31", "10.0.0.3/32"]),
    ])
  func subtracts(_ range: String, _ other: String, rest: [String]) throws {
    let range = try #require(AddressRange(parsing: range))
    let other = try #require(AddressRange(parsing: other))
    #expect(range.subtracting(other).map(\.description) == rest)
  }

  @Test("splits into smaller ones, one by one when there are very many")
  func splits() {
    let range: AddressRange = "10.0.0.0/22"
    #expect(
      range.subranges(prefixLength: 24).map(\.description) == [
        "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24",
      ])
    #expect(Array(range.subranges(prefixLength: 22)) == [range])
    #expect(Array(range.subranges(prefixLength: 21)).isEmpty)
    #expect(Array(range.subranges(prefixLength: 33)).isEmpty)
    let whole: AddressRange = "::/0"
    #expect(whole.subranges(prefixLength: 128).prefix(2).map(\.description) == ["::/128", "::1/128"])
    #expect(whole.halves?.upper.description == "8000::/1")
    let single: AddressRange = "10.0.0.1/32"
    #expect(single.halves == nil)
    let end: AddressRange = "255.255.255.254/31"
    #expect(
      end.subranges(prefixLength: 32).map(\.description) == ["255.255.255.254/32", "255.255.255.255/32"])
  }

  @Test("is found around an address")
  func isAround() throws {
    let address = try #require(Address(parsing: "2001:db8::abcd"))
    #expect(AddressRange(around: address, prefixLength: 112)?.description == "2001:db8::/112")
    #expect(AddressRange(around: address, prefixLength: 129) == nil)
    let around: AddressRange = "2001:db8::/112"
    let other: AddressRange = "0.0.0.0/0"
    #expect(around.contains(address))
    #expect(!other.contains(address))
  }
}
