import ArgumentParser
import MeshKit

/// What every command that reads a topology understands.
struct Options: ParsableArguments {
  @Option(help: "The Git repository: a folder, a bare repository or a URL.")
  var repo = "."

  @Option(help: "The branch, tag or commit to read; HEAD by default.")
  var revision: String?

  @Option(help: "The folder of the topology in the repository; all of it by default.")
  var path: String?

  @Option(help: "The environment that says where the clusters are.")
  var environment: String?

  @Option(help: "The folder in which embedded clusters live.")
  var state = ".meshctl"

  @OptionGroup var output: OutputOptions

  var location: MeshLocation {
    MeshLocation(repository: repo, revision: revision, path: path, environment: environment, state: state)
  }
}

extension Options {
  /// Reads the topology, and says so when the work tree holds another than the commit.
  func open() async throws -> Mesh {
    let mesh = try await Mesh.open(location)
    let changed = mesh.uncommitted
    if !changed.isEmpty {
      let names = changed.prefix(3).joined(separator: ", ") + (changed.count > 3 ? ", …" : "")
      output.terminal.log(
        "note: what counts is commit \(mesh.commit.id.abbreviated); not committed yet: \(names)")
    }
    return mesh
  }

  /// The options that lead another command to the same commit and the same clusters.
  var again: [String] {
    var words: [String] = []
    func add(_ name: String, _ value: String?) {
      if let value { words += ["--" + name, value.asShellWord] }
    }
    // Whatever a URL holds besides the address is secret, and to be typed again.
    add("repo", repo == "." ? nil : repo.contains("://") ? (try? GitRemote(repo))?.description : repo)
    add("revision", revision)
    add("path", path)
    add("environment", environment)
    add("state", state == ".meshctl" ? nil : state)
    return words
  }
}

/// What every command understands.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case yaml
  }

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "How to write the result: table, json or yaml.")
  var format = Format.table

  @Flag(name: [.short, .long], help: "Write the result only, no progress.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Write everything that happens.")
  var verbose = false

  @Flag(help: "Write without colours, as also when NO_COLOR is set or no terminal is there.")
  var noColor = false

  var terminal: Terminal { Terminal(format: format, isQuiet: quiet, isVerbose: verbose, noColor: noColor) }
}
