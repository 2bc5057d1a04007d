extension BadInput {
  static let revisions = [
    BadInput(
      title: "a revision that does not exist", arguments: words("validate --revision mian"),
      says: ["no branch, tag or commit is called \"mian\"", "/shop", "the nearest names: \"main\""]),
    BadInput(
      title: "an empty revision", arguments: ["validate", "--revision", ""],
      says: ["no branch, tag or commit is called \"\""]),
    BadInput(
      title: "a revision with a newline", arguments: ["validate", "--revision", "main\nmain"],
      says: ["no branch, tag or commit is called \"main\\u{a}main\""]),
    BadInput(
      title: "an abbreviated commit that two objects have",
      setUp: { shop in
        // SHA-1 of both blobs begins with da268292.
        for number in [40757, 126985] {
          try shop.write("blob", "meshctl \(number)\n")
          try shop.git("hash-object", "-w", "blob")
        }
      },
      arguments: words("validate --revision da268292"),
      says: ["more than one object has an id that begins with da268292", "give more digits"]),
    BadInput(
      title: "a name that a branch and a tag have, on different commits",
      setUp: { shop in
        try shop.git("tag", "main")
        try shop.edit("topology.yaml", "rto: 15m", "rto: 20m")
      },
      arguments: words("sync --revision main"), says: ["both a branch and a tag", "refs/tags/main"]),
    BadInput(
      title: "a revision that is a file",
      setUp: { shop in
        try shop.git("tag", "settings", try shop.git("rev-parse", "HEAD:environment.yaml"))
      },
      arguments: words("sync --revision settings"), says: ["\"settings\"", "commit"]),
  ]
}
