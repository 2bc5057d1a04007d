import MeshTopology
import Testing

/// The values in the tables are those of Python's `ipaddress`.
@Suite("An address")
struct AddressTests {
  @Test(
    "is read in every form of RFC 4291 and printed in that of RFC 5952",
    arguments: [
      ("::", "::", "0"), ("::1", "::1", "1"),
      ("2001:db8::1", "2001:db8::1", "20010db8000000000000000000000001"),
      ("2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "20010db8000000000001000000000001"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"),
      ("1:0:0:2:0:0:0:3", "1:0:0:2::3", "10000000000020000000000000003"),
      ("fe80::", "fe80::", "fe800000000000000000000000000000"),
      ("64:ff9b::192.0.2.33", "64:ff9b::c000:221", "64ff9b0000000000000000c0000221"),
      ("::1.2.3.4", "::102:304", "1020304"),
      ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "10002000300040005000600070000"),
      ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", "2000300040005000600070008"),
      ("0:0:0:1::", "0:0:0:1::", "10000000000000000"), ("1::8", "1::8", "10000000000000000000000000008"),
      (
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ffffffffffffffffffffffffffffffff"
      ),
      ("10.0.0.1", "10.0.0.1", "a000001"), ("255.255.255.255", "255.255.255.255", "ffffffff"),
    ])
  func isRead(_ text: String, canonical: String, hexadecimal: String) throws {
    let address = try #require(Address(parsing: text))
    #expect(address.description == canonical)
    #expect(address.number == UInt128(hexadecimal, radix: 16))
    #expect(address.family == (text.contains(":") ? .ipv6 : .ipv4))
    #expect(Address(parsing: canonical) == address)
  }

  @Test(
    "is refused in any other form",
    arguments: [
      "", ":", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "1:", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8::",
      "12345::", "g::", "1.2.3", "::1.2.3", "::256.1.1.1", "1.2.3.4::", "::+1", "+1::", "::-1", " ::1",
      "[::1]",
      "::1.2.3.4:5", "١::", "1.2.3.4.5", "01.2.3.4", String(repeating: "0:", count: 1000),
    ])
  func isRefused(_ text: String) { #expect(Address(parsing: text) == nil) }

  @Test(
    "is refused with a zone, and when it is IPv4-mapped",
    arguments: [
      "fe80::1%eth0", "fe80::1%", "::ffff:10.0.0.1", "::ffff:a00:1", "0:0:0:0:0:ffff:0:0",
    ])
  func isAmbiguous(_ text: String) { #expect(Address(parsing: text) == nil) }

  @Test("has a number that its family has bits for")
  func isBounded() {
    #expect(Address(family: .ipv4, number: 0xFFFF_FFFF)?.description == "255.255.255.255")
    #expect(Address(family: .ipv4, number: 1 << 32) == nil)
    #expect(Address(family: .ipv6, number: .max)?.description == "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
  }

  @Test("sorts by number, IPv4 first")
  func sorts() {
    let texts = ["0.0.0.0", "9.255.255.255", "10.0.0.1", "::", "::1", "fe80::"]
    #expect(texts.reversed().compactMap { Address(parsing: $0) }.sorted().map(\.description) == texts)
  }
}
