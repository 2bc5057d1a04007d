/// A container image at one version: a repository with a tag, a digest, or both.
public struct ImageReference: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is not an image reference.
  package enum Fault: Error, Hashable {
    /// The text does not have the form of an image.
    case malformed
    /// Neither a tag nor a digest.
    case noVersion
  }

  /// The registry and repository, such as `gcr.io/project/user-service`.
  public let repository: String
  /// The tag, such as `1.4.2`.
  public let tag: String?
  /// The digest, such as `sha256:…` with 64 hexadecimal digits.
  public let digest: String?

  /// Reads `REPOSITORY[:TAG][@DIGEST]`; `nil` when the text is malformed or names no version.
  public init?(parsing text: String) {
    guard case .success(let image) = ImageReference.parse(text) else { return nil }
    self = image
  }

  private init(repository: String, tag: String?, digest: String?) {
    self.repository = repository
    self.tag = tag
    self.digest = digest
  }

  /// Keeps a text that is no image, to be found wrong later.
  init(unchecked text: String) { self.init(repository: text, tag: nil, digest: nil) }

  /// Stands for an image that could not be read while the rest of a workload is.
  static let unreadable = ImageReference(repository: "unreadable", tag: "unreadable", digest: nil)

  /// Reads an image, and says what is wrong (grammar: github.com/distribution/reference).
  package static func parse(_ text: String) -> Result<ImageReference, Fault> {
    guard text.utf8.count <= 512 else { return .failure(.malformed) }
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard let named = halves.first, halves.count <= 2 else { return .failure(.malformed) }
    let digest = halves.count == 2 ? String(halves[1]) : nil
    if let digest, !isDigest(digest) { return .failure(.malformed) }

    var repository = named
    var tag: String?
    // A colon before the last slash belongs to the registry's port.
    if let colon = named.lastIndex(of: ":"), !named[colon...].contains("/") {
      repository = named[..<colon]
      tag = String(named[named.index(after: colon)...])
    }
    if let tag, !isTag(tag) { return .failure(.malformed) }
    guard isRepository(repository) else { return .failure(.malformed) }
    guard tag != nil || digest != nil else { return .failure(.noVersion) }
    return .success(ImageReference(repository: String(repository), tag: tag, digest: digest))
  }

  /// `REPOSITORY[:TAG][@DIGEST]`.
  public var description: String {
    repository + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
  }

  /// The version in short: the tag, or the first 12 digits of the digest.
  public var version: String { tag ?? String((digest ?? "").dropFirst("sha256:".count).prefix(12)) }

  /// The version as a label's value may have it: at most 63 characters of `A-Za-z0-9._-`, with a letter
  /// or digit at both ends.
  public var versionLabel: String { MeshLabels.value(version) }

  private static func isDigest(_ text: String) -> Bool {
    let hexadecimal = text.utf8.dropFirst("sha256:".utf8.count)
    return text.hasPrefix("sha256:") && hexadecimal.count == 64
      && hexadecimal.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func isTag(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
    return (first.isAlphanumeric || first == UInt8(ascii: "_"))
      && text.utf8.allSatisfy { $0.isAlphanumeric || ".-_".utf8.contains($0) }
  }

  private static func isRepository(_ text: Substring) -> Bool {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 1, let host = parts.first,
      host.contains(where: { ".:".contains($0) }) || host == "localhost"
    {
      guard isHost(host) else { return false }
      parts.removeFirst()
    }
    return parts.allSatisfy { part in
      guard let first = part.utf8.first, let last = part.utf8.last else { return false }
      return first.isLowercaseAlphanumeric && last.isLowercaseAlphanumeric
        && part.utf8.allSatisfy { $0.isLowercaseAlphanumeric || ".-_".utf8.contains($0) }
    }
  }

  private static func isHost(_ text: Substring) -> Bool {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = halves.first, !name.isEmpty, halves.count <= 2 else { return false }
    if halves.count == 2, UInt16(halves[1]) == nil { return false }
    return name.utf8.allSatisfy { $0.isAlphanumeric || ".-".utf8.contains($0) }
  }
}
