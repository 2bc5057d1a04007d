internal import Foundation
internal import MeshProcedures
public import MeshTopology

/// A folder of manifests outside Git.
public struct ManifestFolder: Sendable {
  /// The most files that are read, and the most bytes of one of them.
  static let (countLimit, sizeLimit) = (10_000, 8 << 20)

  private let url: URL

  /// The folder at `path`.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when there is none.
  public init(path: String) throws {
    url = URL(fileURLWithPath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw ProcedureError(
        .invalidInput, "there is no such folder", place: path, remedy: "name the folder with the manifests")
    }
  }

  /// What a system made from the folder may be called: its name, as far as it is one.
  public var name: String {
    let letters = url.lastPathComponent.lowercased().unicodeScalars.map { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
    }
    let name = String(letters.prefix(63)).trimmingCharacters(in: ["-"])
    return name.isEmpty ? "system" : name
  }

  /// The YAML and JSON files, by path; hidden ones and links are left out.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when there are too many or one is too large.
  public func files() throws -> [TopologyFile] {
    let keys: [URLResourceKey] = [.isRegularFileKey, .fileSizeKey]
    let found = FileManager.default.enumerator(
      at: url, includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
    var files: [TopologyFile] = []
    while let file = found?.nextObject() as? URL {
      guard ["yaml", "yml", "json"].contains(file.pathExtension.lowercased()),
        let values = try? file.resourceValues(forKeys: Set(keys)), values.isRegularFile == true
      else { continue }
      let path = String(file.standardizedFileURL.path.dropFirst(url.path.count + 1))
      guard values.fileSize ?? 0 <= ManifestFolder.sizeLimit else {
        throw ProcedureError(
          .invalidInput, "the file has more than \(ManifestFolder.sizeLimit) bytes", place: path,
          remedy: "split it, or move it elsewhere")
      }
      guard files.count < ManifestFolder.countLimit else {
        throw ProcedureError(
          .invalidInput, "more than \(ManifestFolder.countLimit) files", place: url.path,
          remedy: "import one part after the other")
      }
      do {
        files.append(TopologyFile(path: path, bytes: Array(try Data(contentsOf: file))))
      } catch {
        throw ProcedureError(
          .invalidInput, "the file cannot be read: \(error.localizedDescription)", place: path,
          remedy: "see to it that it can be read")
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
