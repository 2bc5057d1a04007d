internal import SwiftASN1
internal import X509

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The names and addresses a server's certificate is good for.
struct ServerNames {
  let alternativeNames: SubjectAlternativeNames

  /// `localhost`, the loopback addresses and `hosts`, each an address or a name.
  init(hosts: [String]) {
    var names: [GeneralName] = []
    for host in ["localhost", "127.0.0.1", "::1"] + hosts {
      let name = ServerNames.address(host).map {
        GeneralName.ipAddress(ASN1OctetString(contentBytes: $0[...]))
      }
      if !names.contains(name ?? .dnsName(host)) { names.append(name ?? .dnsName(host)) }
    }
    alternativeNames = SubjectAlternativeNames(names)
  }

  func are(in certificate: Certificate) -> Bool {
    (try? certificate.extensions.subjectAlternativeNames) == alternativeNames
  }

  /// The bytes of an address; `nil` for a name.
  private static func address(_ host: String) -> [UInt8]? {
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, host, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
