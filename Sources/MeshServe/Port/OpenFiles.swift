#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The system's limit of open files, each connection being one.
enum OpenFiles {
  /// Raises the limit to what this process may have, as Go programs do.
  ///
  /// - Returns: the limit now.
  static func raiseLimit() -> Int {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return 1_024 }
    let soft = limit.rlim_cur
    limit.rlim_cur = min(limit.rlim_max, 1 << 20)
    if limit.rlim_cur > soft, setrlimit(resource, &limit) == 0 { return Int(limit.rlim_cur) }
    return Int(clamping: soft)
  }
}
