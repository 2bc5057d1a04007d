internal import MeshTopology

extension Duration {
  /// The duration in seconds, the only form that every reader of Istio's objects takes: `15s`, `0.25s`.
  var istioText: String {
    let (seconds, milliseconds) = wholeMilliseconds.quotientAndRemainder(dividingBy: 1000)
    guard milliseconds > 0 else { return "\(seconds)s" }
    var fraction = String(String(milliseconds + 1000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(seconds).\(fraction)s"
  }
}
