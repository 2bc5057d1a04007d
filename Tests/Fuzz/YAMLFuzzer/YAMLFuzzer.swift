internal import YAMLRoundTrip

/// libFuzzer's loop, which comes with the compiler's `-sanitize=fuzzer`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ try: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum YAMLFuzzer {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    _ = runFuzzer(&count, &arguments) { start, count in
      if let fault = roundTripFault(Array(UnsafeBufferPointer(start: start, count: count))) {
        fatalError(fault)
      }
      return 0
    }
  }
}
