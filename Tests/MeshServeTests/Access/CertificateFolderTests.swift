import Foundation
import Seams
import SwiftASN1
import Testing
import X509

@testable import MeshServe

@Suite("The certificates of a folder")
struct CertificateFolderTests {
  private static func world(day: Int64) -> World {
    World(
      clock: VirtualClock(start: Timestamp(seconds: 1_800_000_000 + day * 86_400)),
      random: SeededRandom(seed: UInt64(day) + 1), identity: "test")
  }

  @Test("stay the same from one start to the next")
  func kept() throws {
    try TestCertificate.withFolder { path in
      let first = try CertificateFolder(path, world: CertificateFolderTests.world(day: 0)).serving()
      let second = try CertificateFolder(path, world: CertificateFolderTests.world(day: 300)).serving()
      #expect(first == second)
    }
  }

  @Test(
    "are renewed a month before their end, the authority's after ten years",
    arguments: [(334, true, false), (336, true, true), (3_619, true, true), (3_621, false, true)])
  func renewal(day: Int, keepsAuthority: Bool, isRenewed: Bool) throws {
    try TestCertificate.withFolder { path in
      let first = try CertificateFolder(path, world: CertificateFolderTests.world(day: 0)).serving()
      let later = try CertificateFolder(path, world: CertificateFolderTests.world(day: Int64(day))).serving()
      #expect((first.authority == later.authority) == keepsAuthority)
      #expect((first.certificate != later.certificate) == isRenewed)
      #expect((first.key != later.key) == isRenewed)
    }
  }

  @Test("are renewed for another host, by the same authority")
  func hosts() throws {
    try TestCertificate.withFolder { path in
      let folder = try CertificateFolder(path, world: CertificateFolderTests.world(day: 0))
      let first = try folder.serving()
      let other = try folder.serving(hosts: ["mesh.example", "10.0.0.1"])
      #expect(first.authority == other.authority)
      #expect(first.certificate != other.certificate)
      #expect(try folder.serving(hosts: ["mesh.example", "10.0.0.1"]) == other)
    }
  }

  @Test("are made anew when a file is damaged", arguments: ["apiserver.crt", "apiserver.key", "ca.key"])
  func damaged(file: String) throws {
    try TestCertificate.withFolder { path in
      let folder = try CertificateFolder(path, world: CertificateFolderTests.world(day: 0))
      let first = try folder.serving()
      try Data("damaged".utf8).write(to: URL(filePath: path + "/" + file))
      let second = try folder.serving()
      #expect(first.certificate != second.certificate)
      #expect(try folder.serving() == second)
    }
  }

  @Test("are nobody else's to read")
  func modes() throws {
    try TestCertificate.withFolder { path in
      _ = try CertificateFolder(path, world: .real()).serving()
      let files = FileManager.default
      #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o700)
      let names = try files.contentsOfDirectory(atPath: path).sorted()
      #expect(names == ["apiserver.crt", "apiserver.key", "ca.crt", "ca.key"])
      for name in names {
        #expect(try files.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int == 0o600)
      }
    }
  }

  @Test("need a folder that can be made")
  func noFolder() {
    let error = #expect(throws: PortError.self) {
      try CertificateFolder("/nowhere/at/all", world: .real())
    }
    #expect(error?.message == "cannot make the folder /nowhere/at/all: No such file or directory")
  }

  @Test("are good for the loopback addresses, for localhost and for the hosts asked for")
  func names() throws {
    try TestCertificate.withFolder { path in
      let serving = try CertificateFolder(path, world: .real()).serving(hosts: ["mesh.example", "10.0.0.1"])
      let certificate = try Certificate(pemEncoded: serving.certificate)
      let names = try #require(try certificate.extensions.subjectAlternativeNames)
      #expect(
        names.map(\.description) == [
          #"DNSName("localhost")"#, "IPAddress([127, 0, 0, 1])",
          "IPAddress([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])", #"DNSName("mesh.example")"#,
          "IPAddress([10, 0, 0, 1])",
        ])
    }
  }

  @Test("are trusted by who trusts the authority, as those of a server only")
  func chain() throws {
    try TestCertificate.withFolder { path in
      let serving = try CertificateFolder(path, world: .real()).serving()
      let authority = try Certificate(pemEncoded: serving.authority)
      let certificate = try Certificate(pemEncoded: serving.certificate)
      #expect(authority.publicKey.isValidSignature(authority.signature, for: authority))
      #expect(authority.publicKey.isValidSignature(certificate.signature, for: certificate))
      #expect(certificate.issuer == authority.subject)
      #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
      #expect(try certificate.extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
    }
  }
}
