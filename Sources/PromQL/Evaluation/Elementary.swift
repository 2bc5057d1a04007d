#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Function {
  /// The function of one number that it is, for those that are.
  var elementary: (@Sendable (Double) -> Double)? {
    switch self {
    case .abs: { Swift.abs($0) }
    case .ceil: { $0.rounded(.up) }
    case .floor: { $0.rounded(.down) }
    case .sqrt: { $0 < 0 ? .nan : $0.squareRoot() }
    case .sgn: { $0 < 0 ? -1 : ($0 > 0 ? 1 : $0) }
    case .deg: { $0 * 180 / .pi }
    case .rad: { $0 * .pi / 180 }
    case .exp: { cExp($0) }
    case .ln: { cLog($0) }
    case .log2: { cLog2($0) }
    case .log10: { cLog10($0) }
    case .sin: { cSin($0) }
    case .cos: { cCos($0) }
    case .tan: { cTan($0) }
    case .asin: { cAsin($0) }
    case .acos: { cAcos($0) }
    case .atan: { cAtan($0) }
    case .sinh: { cSinh($0) }
    case .cosh: { cCosh($0) }
    case .tanh: { cTanh($0) }
    case .asinh: { cAsinh($0) }
    case .acosh: { cAcosh($0) }
    case .atanh: { cAtanh($0) }
    default: nil
    }
  }
}

// The cases of `Function` hide the names of the C library inside it.
private func cExp(_ x: Double) -> Double { exp(x) }
private func cLog(_ x: Double) -> Double { log(x) }
private func cLog2(_ x: Double) -> Double { log2(x) }
private func cLog10(_ x: Double) -> Double { log10(x) }
private func cSin(_ x: Double) -> Double { sin(x) }
private func cCos(_ x: Double) -> Double { cos(x) }
private func cTan(_ x: Double) -> Double { tan(x) }
private func cAsin(_ x: Double) -> Double { asin(x) }
private func cAcos(_ x: Double) -> Double { acos(x) }
private func cAtan(_ x: Double) -> Double { atan(x) }
private func cSinh(_ x: Double) -> Double { sinh(x) }
private func cCosh(_ x: Double) -> Double { cosh(x) }
private func cTanh(_ x: Double) -> Double { tanh(x) }
private func cAsinh(_ x: Double) -> Double { asinh(x) }
private func cAcosh(_ x: Double) -> Double { acosh(x) }
private func cAtanh(_ x: Double) -> Double { atanh(x) }
