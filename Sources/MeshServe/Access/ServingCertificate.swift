internal import NIOCore
internal import NIOSSL

/// What a port proves itself with, and what its clients check it by.
public struct ServingCertificate: Hashable, Sendable {
  /// The authority's certificate, in PEM: what clients trust.
  public var authority: String
  /// The port's certificate, in PEM.
  public var certificate: String
  /// The private key of the port's certificate, in PEM.
  public var key: String

  /// Creates a certificate from PEM texts.
  public init(authority: String, certificate: String, key: String) {
    self.authority = authority
    self.certificate = certificate
    self.key = key
  }

  /// TLS 1.2 or later, HTTP/1.1 only.
  ///
  /// - Parameter farewell: how long a client has to answer the end of TLS.
  func security(farewell: Duration) throws -> NIOSSLContext {
    do {
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
          .certificate($0)
        },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
      configuration.minimumTLSVersion = .tlsv12
      configuration.shutdownTimeout = TimeAmount(farewell)
      configuration.applicationProtocols = ["http/1.1"]
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw PortError(.file, "the port's certificate or key cannot be used: \(error)")
    }
  }
}
