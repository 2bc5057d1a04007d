extension TopologyReader {
  /// Reads fault plans that stand apart from any topology, so that it cannot be said which clusters there are.
  ///
  /// - Throws: all problems found; documents of other kinds are one.
  public func faultPlans(in file: TopologyFile) throws(TopologyProblems) -> [FaultPlan] {
    let reading = Reading()
    let text = read([file], reading: reading)
    reading.directory = Directory(documents: text.documents, reading: reading)
    reading.directory.noteUnreadable(.cluster)
    reading.directory.noteUnreadable(.environment)
    for document in text.documents where document.kind != .faultPlan {
      reading.report(
        .unknownKind, "a \(document.kind.rawValue) among the faults", at: document.spot,
        remedy: "a file of faults has documents of kind FaultPlan only")
    }
    let declarations = Declarations(
      documents: text.documents.filter { $0.kind == .faultPlan }, reading: reading)
    let problems = reading.sortedProblems(fileOrder: [file.path])
    guard problems.isEmpty else { throw TopologyProblems(problems: problems) }
    return declarations.sound(FaultPlan.self).map(\.value)
  }
}
