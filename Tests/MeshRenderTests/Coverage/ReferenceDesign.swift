import Foundation
import KubeModel

/// The files of the reference design, where they are beside the repository.
enum ReferenceDesign {
  static let folder: URL? = {
    let folder = Example.root.deletingLastPathComponent().appending(path: "shared/reference")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// The settings of a file's objects, by kind and name; of a file that is no object, by the name of the file.
  static func settings() throws -> [String: [String: JSONValue]] {
    var settings: [String: [String: JSONValue]] = [:]
    for part in ["manifests", "notes"] {
      guard let folder = folder?.appending(path: part) else { continue }
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        for document in try documents(text, file: name) {
          let paths = try SettingPaths(document)
          let leaves = paths.leaves.map { ($0, paths.values[$0] ?? .null) }
          settings["\(name) \(title(of: document, in: name))", default: [:]].merge(leaves) { $1 }
        }
      }
    }
    return settings
  }

  private static func title(of document: JSONValue, in file: String) -> String {
    guard let kind = document["kind"]?.string, let name = document[path: "metadata", "name"]?.string else {
      return file
    }
    return "\(kind)/\(name)"
  }

  private static func documents(_ text: String, file: String) throws -> [JSONValue] {
    // The one note that is no YAML: its subnets have a value and settings below it.
    if file == "network-ranges.yaml" { return [outline(text)] }
    return try YAMLReader().documents(Array(text.utf8), file: file).map(\.json)
  }

  /// An indented list of keys, each with a value or not, as one mapping from paths to values.
  private static func outline(_ text: String) -> JSONValue {
    var above: [(indentation: Int, key: String)] = []
    var settings = JSONObject()
    for line in text.split(separator: "\n") {
      let content = line.drop { $0 == " " }
      let indentation = line.count - content.count
      let parts = content.split(separator: ":", maxSplits: 1)
      guard let key = parts.first else { continue }
      above.removeAll { $0.indentation >= indentation }
      above.append((indentation, String(key)))
      let value = parts.dropFirst().first.map { $0.drop { $0 == " " } } ?? ""
      if !value.isEmpty {
        settings[above.map(\.key).joined(separator: ".")] = .string(String(value))
      }
    }
    return .object(settings)
  }
}
