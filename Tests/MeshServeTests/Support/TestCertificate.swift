import Foundation
import MeshServe
import Seams

enum TestCertificate {
  /// One for all tests of this run.
  static var shared: ServingCertificate { get throws { try made.get() } }

  private static let made = Result { try withFolder { try CertificateFolder($0, world: .real()).serving() } }

  /// A folder that is gone afterwards.
  static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "port-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appending(path: "pki").path())
  }
}

/// Opens a port for `body`, and closes it afterwards.
func withPort<Value>(
  _ handler: any Transport, limits: PortLimits = .patient, _ body: (APIPort) async throws -> Value
) async throws -> Value {
  let port = try await APIPort.open(handler, certificate: try TestCertificate.shared, limits: limits)
  do {
    let value = try await body(port)
    await port.close(grace: .zero)
    return value
  } catch {
    await port.close(grace: .zero)
    throw error
  }
}

extension PortLimits {
  /// Limits that no test meets because the machine is busy with others.
  static let patient: PortLimits = {
    var limits = PortLimits()
    limits.headTime = .seconds(600)
    limits.bodyTime = .seconds(600)
    limits.idleTime = .seconds(600)
    limits.catchUpTime = .seconds(600)
    return limits
  }()
}
