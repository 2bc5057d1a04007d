internal import Foundation
internal import MeshProcedures
public import MeshRender

/// A folder that a command fills: wholly or not at all.
public struct OutputFolder: Sendable {
  /// The file by which a folder is known as one that may be replaced.
  static let mark = ".meshctl-output"

  private let url: URL

  /// The folder at `path`.
  public init(path: String) { url = URL(fileURLWithPath: path).standardizedFileURL }

  /// Puts `files` in the folder in place of what an earlier command put there.
  ///
  /// The files are written beside the folder first, so that a failure leaves what was there as it was.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when the folder holds what no such command wrote, or when
  ///   it cannot be written.
  public func replace(with files: [RenderedFile]) throws {
    let manager = FileManager.default
    let isOccupied = try isOccupiedByOthers()
    guard !isOccupied else {
      throw ProcedureError(
        .invalidInput, "the folder is not empty, and not one that meshctl wrote", place: url.path,
        remedy: "name a new folder, or empty this one")
    }
    let staging = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent).\(UUID().uuidString)")
    do {
      defer { try? manager.removeItem(at: staging) }
      try manager.createDirectory(at: staging, withIntermediateDirectories: true)
      try write(files + [RenderedFile(path: OutputFolder.mark, text: "")], to: staging, options: [])
      if manager.fileExists(atPath: url.path) { try manager.removeItem(at: url) }
      try manager.moveItem(at: staging, to: url)
    } catch {
      throw ProcedureError(
        .invalidInput, "the folder cannot be written: \(error.localizedDescription)", place: url.path,
        remedy: "see to it that \(url.deletingLastPathComponent().path) exists and can be written")
    }
  }

  /// Adds `files` to the folder, of which none may be there.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when one is, or when the folder cannot be written.
  public func add(_ files: [RenderedFile]) throws {
    for file in files where FileManager.default.fileExists(atPath: url.appending(path: file.path).path) {
      throw ProcedureError(
        .invalidInput, "the file exists already", place: url.appending(path: file.path).path,
        remedy: "name another folder; nothing was written")
    }
    do {
      try write(files, to: url, options: .atomic)
    } catch {
      throw ProcedureError(
        .invalidInput, "the folder cannot be written: \(error.localizedDescription)", place: url.path,
        remedy: "see to it that it can be written")
    }
  }

  private func write(_ files: [RenderedFile], to folder: URL, options: Data.WritingOptions) throws {
    var made: Set<URL> = []
    for file in files {
      let target = folder.appending(path: file.path)
      let parent = target.deletingLastPathComponent()
      if made.insert(parent).inserted {
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      }
      try Data(file.text.utf8).write(to: target, options: options)
    }
  }

  private func isOccupiedByOthers() throws -> Bool {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: url.path, isDirectory: &isFolder) else { return false }
    guard isFolder.boolValue else { return true }
    let names = try manager.contentsOfDirectory(atPath: url.path)
    return !names.isEmpty && !names.contains(OutputFolder.mark)
  }
}
