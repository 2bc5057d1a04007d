/// The rules for paths in Kong's format 3.0 (kong/db/schema/typedefs.lua, `router_path`).
package enum RoutePath {
  /// What is wrong with a path of a route, and what to do about it.
  static func fault(in path: String) -> (message: String, remedy: String)? {
    if path.hasPrefix("~/") { return nil }
    guard path.hasPrefix("/") else {
      return ("the path \(shown(path)) begins neither with / nor with ~/", "write it like /api/users")
    }
    if path.hasSuffix("*") {
      return (
        "Kong takes the * in \(shown(path)) literally",
        "write \(shown(path.withoutWildcard)): each path is a prefix"
      )
    }
    if path.utf8.contains(where: { "[](){}|\\^$?+".utf8.contains($0) }) {
      return (
        "Kong reads \(shown(path)) as plain text", "write \(shown("~" + path)) for a regular expression"
      )
    }
    if !path.utf8.allSatisfy({ $0.isAlphanumeric || "/-._~%:@!&',;=".utf8.contains($0) }) {
      return ("\(shown(path)) has characters that no path has", "write them as % and two hexadecimal digits")
    }
    let escapes = path.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
    if let escape = escapes.first(where: { $0.prefix(2).count < 2 || !$0.prefix(2).allSatisfy(\.isHexDigit) })
    {
      return ("%\(escape.prefix(2)) in \(shown(path)) stands for no letter", "write % itself as %25")
    }
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    if parts.dropLast().contains("") || parts.contains(".") || parts.contains("..") {
      return (
        "Kong never sees \(shown(path)), as it resolves //, . and .. first",
        "leave the empty parts, . and .. out"
      )
    }
    return nil
  }

  /// What every path begins with that a path of a route takes: itself, or what a regular expression has before
  /// its first special sign.
  package static func start(of path: String) -> String {
    guard path.hasPrefix("~") else { return path }
    if path.contains("|") { return "/" }
    let expression = path.dropFirst()
    let text = expression.prefix { !"[](){}|\\^$?+*.".contains($0) }
    // A sign that says how often applies to the letter before it.
    let isLastOptional = expression.dropFirst(text.count).first.map { "?*{".contains($0) } ?? false
    return String(isLastOptional && text.count > 1 ? text.dropLast() : text)
  }
}

extension String {
  fileprivate var withoutWildcard: String {
    let stem = String(dropLast())
    return stem.count > 1 && stem.hasSuffix("/") ? String(stem.dropLast()) : stem
  }
}
