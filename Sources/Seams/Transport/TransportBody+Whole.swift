extension TransportBody {
  /// The body when it is there as a whole already; `nil` when it arrives in pieces.
  public var whole: [UInt8]? { makeAsyncIterator().whole }
}
