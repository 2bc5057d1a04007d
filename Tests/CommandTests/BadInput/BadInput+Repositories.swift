import Foundation

extension BadInput {
  static let repositories = [
    BadInput(
      title: "a folder that is no repository", start: .folder, arguments: ["sync"],
      says: [".: no Git repository can be opened here", "git init"]),
    BadInput(
      title: "a repository that does not exist", arguments: words("sync --repo nowhere"),
      says: ["no Git repository can be opened here", "nowhere", "check the path"]),
    BadInput(
      title: "a repository without a commit", start: .folder,
      setUp: { shop in try shop.git("init", "--quiet", "--initial-branch=main", "--template=") },
      arguments: ["sync"], says: ["the repository has no commit yet", "/shop/", "commit something"]),
    BadInput(
      title: "a folder that the commit does not have", arguments: words("validate --path tpology"),
      says: ["the commit has nothing at \"tpology\"", "the nearest names there"]),
    BadInput(
      title: "a folder without a topology",
      setUp: { shop in try shop.commit("docs/notes.txt", "Nothing here\n") },
      arguments: words("validate --path docs"),
      says: ["no document of kind Topology", "add one with the system's name and regions"]),
    BadInput(
      title: "a file that is not YAML's business",
      arguments: words("validate --path ../shop"), says: ["../shop", "path"]),
    BadInput(
      title: "a damaged object",
      setUp: { shop in
        let blob = try shop.looseObject("HEAD:user-service.yaml")
        try FileManager.default.removeItem(at: blob)
        try Data("not what it was".utf8).write(to: blob)
      },
      arguments: ["validate"], says: ["user-service.yaml", "damaged", "git fsck"]),
    BadInput(
      title: "a missing object",
      setUp: { shop in try FileManager.default.removeItem(at: shop.looseObject("HEAD:user-service.yaml")) },
      arguments: ["validate"], says: ["user-service.yaml", "missing", "git fsck"]),
    BadInput(
      title: "a password in the URL of a server that is not there",
      arguments: words("sync --repo https://ada:hunter2@127.0.0.1:1/shop.git"), status: 3,
      says: ["https://127.0.0.1:1/shop.git", "cannot be reached", "check the address"],
      hides: ["hunter2", "ada"]),
    BadInput(
      title: "a password in a URL of a kind that is not supported", start: .committed,
      arguments: words("sync --repo ftp://ada:hunter2@example.com/shop.git"),
      says: ["ftp", "http"], hides: ["hunter2"]),
    BadInput(
      title: "a password in a malformed URL", start: .committed,
      arguments: ["sync", "--repo", "https://ada:hunter2@exa mple.com:port/shop.git"], says: ["http"],
      hides: ["hunter2"]),
  ]
}
