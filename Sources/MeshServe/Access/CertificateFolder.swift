internal import Crypto
internal import FoundationEssentials
public import Seams
internal import SwiftASN1
internal import X509

/// A certificate authority of one's own, and the certificate it gives to the port, kept in a folder.
///
/// The names are those of a control plane's `pki` folder: `ca.crt`, `ca.key`, `apiserver.crt` and
/// `apiserver.key`; all have mode 0600. Keys and signatures draw on the system's random generator and not on
/// the world's, because a key that can be drawn again is none. Times and serial numbers are the world's.
public struct CertificateFolder: Sendable {
  private let folder: PrivateFolder
  private let world: World

  /// Certificates in the folder at `path`, which is made when it is not there.
  ///
  /// - Throws: `PortError` with code `.file`.
  public init(_ path: String, world: World) throws {
    folder = try PrivateFolder(path)
    self.world = world
  }

  /// The port's certificate for `localhost`, `127.0.0.1`, `::1` and `hosts`: that of the last time, as long
  /// as it is good for 30 days more and for these hosts; else a new one.
  ///
  /// The authority stays the same for ten years, so a kubeconfig stays good too.
  ///
  /// - Throws: `PortError` with code `.file`.
  public func serving(hosts: [String] = []) throws -> ServingCertificate {
    let now = Date(timeIntervalSince1970: world.clock.now.seconds)
    let names = ServerNames(hosts: hosts)
    let (authority, isNew) = try authority(at: now)
    if !isNew, let kept = try kept("apiserver", at: now), names.are(in: kept.certificate) {
      return try serving(kept, by: authority)
    }
    return try serving(
      store(authority.issue(names, serial: serial(), at: now), as: "apiserver"), by: authority)
  }

  private func authority(at now: Date) throws -> (IssuedCertificate, isNew: Bool) {
    if let kept = try kept("ca", at: now) { return (kept, false) }
    return (try store(.authority(serial: serial(), at: now), as: "ca"), true)
  }

  /// What is there and good for a while; a damaged or old one counts as none.
  private func kept(_ name: String, at now: Date) throws -> IssuedCertificate? {
    guard let certificate = try folder.read(name + ".crt"), let key = try folder.read(name + ".key"),
      let issued = try? IssuedCertificate(
        certificate: Certificate(pemEncoded: certificate),
        key: P256.Signing.PrivateKey(pemRepresentation: key)),
      issued.certificate.publicKey == Certificate.PublicKey(issued.key.publicKey),
      issued.isGood(at: now)
    else { return nil }
    return issued
  }

  private func store(_ issued: IssuedCertificate, as name: String) throws -> IssuedCertificate {
    try folder.write(issued.keyText, to: name + ".key", random: world.random)
    try folder.write(issued.certificateText(), to: name + ".crt", random: world.random)
    return issued
  }

  private func serving(
    _ issued: IssuedCertificate, by authority: IssuedCertificate
  ) throws -> ServingCertificate {
    ServingCertificate(
      authority: try authority.certificateText(), certificate: try issued.certificateText(),
      key: issued.keyText)
  }

  private func serial() -> Certificate.SerialNumber {
    // Positive, and not zero (RFC 5280, section 4.1.2.2).
    Certificate.SerialNumber(world.random.next() >> 1 | 1)
  }
}
