/// The kustomizations of a commit and how they refer to each other.
struct KustomizationGraph: Sendable {
  /// The kustomizations that are built, or are parts of such, by folder.
  let kustomizations: [String: Kustomization]
  /// The folders of those that no other refers to, in order; a component is never built by itself.
  let roots: [String]

  /// Reads the kustomizations at `starts` and all that they refer to.
  ///
  /// - Parameter contents: the bytes of every kustomization file of the commit, by path.
  init(starts: [String], contents: [String: [UInt8]], reader: inout KustomizationReader) {
    var kustomizations: [String: Kustomization] = [:]
    var seen = Set(starts)
    var pending = Array(starts.reversed())
    while let folder = pending.popLast() {
      let files = reader.tree.kustomizationFiles(in: folder)
      if files.count > 1 {
        reader.report(
          "a second kustomization in the folder; the first is \(files[0])", at: files[1], remedy: "keep one")
      }
      guard let file = files.first, files.count == 1 else { continue }
      guard let bytes = contents[file] else {
        if let detour = reader.tree.detour(on: file) {
          reader.report(
            KustomizationReader.refusal(of: detour), at: file, remedy: "put the file itself there")
        }
        continue
      }
      guard let kustomization = reader.read(bytes, file: file) else { continue }
      kustomizations[folder] = kustomization
      pending += kustomization.bases.filter { seen.insert($0).inserted }.reversed()
    }
    self.kustomizations = kustomizations
    let referred = Set(kustomizations.values.flatMap(\.bases))
    roots = starts.filter { !referred.contains($0) && kustomizations[$0]?.isComponent == false }
    checkUses(starts: starts, reader: &reader)
  }

  /// Refuses circles, and diamonds upon diamonds, which double what is built with each layer.
  private func checkUses(starts: [String], reader: inout KustomizationReader) {
    var uses: [String: Int] = [:]
    for start in starts {
      var pending = [(folder: start, isDone: false)]
      var open: Set<String> = []
      while let (folder, isDone) = pending.popLast() {
        guard let kustomization = kustomizations[folder] else { continue }
        if isDone {
          open.remove(folder)
          uses[folder] = kustomization.bases.reduce(1) { min(Self.useLimit + 1, $0 + (uses[$1] ?? 0)) }
          continue
        }
        guard uses[folder] == nil else { continue }
        open.insert(folder)
        pending.append((folder, true))
        for base in kustomization.bases where uses[base] == nil {
          guard !open.contains(base) else {
            reader.report(
              "the kustomization is a part of itself: \(base) refers to \(folder), which refers to it again",
              at: kustomization.file, remedy: "remove one of the references")
            return
          }
          pending.append((base, false))
        }
      }
      if let count = uses[start], count > Self.useLimit, let file = kustomizations[start]?.file {
        reader.report(
          "it is made of more than \(Self.useLimit) kustomizations, counting each use", at: file,
          remedy: "refer to each base once")
        return
      }
    }
  }

  static let useLimit = 500
}
