import CLibgit2

/// Strings in the form that libgit2 takes.
struct StringArray: ~Copyable {
  private let pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

  init(_ strings: [String]) {
    pointers = .allocate(capacity: strings.count)
    _ = pointers.initialize(
      from: strings.map { string in
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: string.utf8.count + 1)
        _ = copy.initialize(from: string.utf8CString)
        return copy.baseAddress
      })
  }

  /// Valid as long as this value.
  var library: git_strarray { git_strarray(strings: pointers.baseAddress, count: pointers.count) }

  deinit {
    for pointer in pointers { pointer?.deallocate() }
    pointers.deallocate()
  }
}
