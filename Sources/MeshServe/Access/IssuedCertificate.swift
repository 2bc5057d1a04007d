internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A certificate with its private key.
struct IssuedCertificate {
  private static let day = 86_400.0
  /// Less than this before its end, a certificate is renewed.
  private static let margin = 30 * day

  let certificate: Certificate
  let key: P256.Signing.PrivateKey

  /// An authority that signs itself, for ten years.
  static func authority(serial: Certificate.SerialNumber, at now: Date) throws -> IssuedCertificate {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("meshkit embedded cluster \(serial)") }
    return IssuedCertificate(
      certificate: try Certificate(
        version: .v3, serialNumber: serial, publicKey: .init(key.publicKey),
        notValidBefore: now - day, notValidAfter: now + 3_650 * day, issuer: name, subject: name,
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
          SubjectKeyIdentifier(hash: .init(key.publicKey))
        }, issuerPrivateKey: .init(key)),
      key: key)
  }

  /// A server's certificate, signed by this authority, for a year.
  func issue(
    _ names: ServerNames, serial: Certificate.SerialNumber, at now: Date
  ) throws -> IssuedCertificate {
    let new = P256.Signing.PrivateKey()
    let certificate = try Certificate(
      version: .v3, serialNumber: serial, publicKey: .init(new.publicKey),
      notValidBefore: now - IssuedCertificate.day, notValidAfter: now + 365 * IssuedCertificate.day,
      issuer: certificate.subject, subject: try DistinguishedName { CommonName("kube-apiserver") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        names.alternativeNames
        try AuthorityKeyIdentifier(
          keyIdentifier: self.certificate.extensions.subjectKeyIdentifier?.keyIdentifier)
      }, issuerPrivateKey: .init(key))
    return IssuedCertificate(certificate: certificate, key: new)
  }

  func isGood(at now: Date) -> Bool {
    certificate.notValidBefore <= now && now + IssuedCertificate.margin < certificate.notValidAfter
  }

  var keyText: String { key.pemRepresentation + "\n" }

  func certificateText() throws -> String { try certificate.serializeAsPEM().pemString + "\n" }
}
