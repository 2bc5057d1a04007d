import KubeModel

/// The resource versions that clients name.
enum ResourceVersions {
  /// - Throws: an error of the given code for what is no version.
  static func number(_ text: String, code: Int) throws(StatusError) -> Int64 {
    guard !text.isEmpty else { return 0 }
    guard let number = UInt64(text).map({ Int64(clamping: $0) }) else {
      let isRange = text.allSatisfy(\.isWholeNumber)
      throw StatusError(
        code: code, reason: code == 400 ? "BadRequest" : "",
        message: "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": "
          + (isRange ? "value out of range" : "invalid syntax"))
    }
    return number
  }

  /// - Throws: 504, after a while, for a version that the cluster has not come to.
  static func checkReachable(_ version: Int64, in store: ObjectStore) throws(StatusError) {
    guard version > store.resourceVersion else { return }
    throw StatusError(
      code: 504, reason: "Timeout",
      message: "Timeout: Too large resource version: \(version), current: \(store.resourceVersion)",
      details: [
        "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
        "retryAfterSeconds": 1,
      ], delay: .seconds(3))
  }
}
