import CLibgit2

/// What libgit2 says about a call that just failed.
///
/// The text lives in thread-local storage and the next call overwrites it, so it is copied at once, on
/// the thread of the call.
struct LibraryFailure: Sendable {
  let code: Int32
  let category: UInt32
  let text: String

  init(_ code: Int32) {
    self.code = code
    if let last = git_error_last() {
      category = UInt32(bitPattern: last.pointee.klass)
      text = URLRedaction.scrub(last.pointee.message.map { String(cString: $0) } ?? "")
    } else {
      category = GIT_ERROR_NONE.rawValue
      text = ""
    }
  }

  func isCode(_ other: git_error_code) -> Bool { code == other.rawValue }

  func isCategory(_ others: git_error_t...) -> Bool {
    others.contains { $0.rawValue == category }
  }
}

/// Turns a negative result into the error that the caller makes of it.
func check(_ result: Int32, _ explain: (LibraryFailure) -> GitError) throws(GitError) {
  if result < 0 { throw explain(LibraryFailure(result)) }
}
