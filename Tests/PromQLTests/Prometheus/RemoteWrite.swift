import PromQL

/// The protocol in which Prometheus takes samples from others: protocol buffers in Snappy's framing, of
/// which stored blocks, without any compression, are enough.
enum RemoteWrite {
  /// One body for each twenty minutes, in order of time: what is an hour older than the newest is refused.
  static func bodies(of data: SampleData) -> [[UInt8]] {
    let slab: Int64 = 20 * 60_000
    let end = data.series.compactMap(\.samples.last?.time).max() ?? data.start
    return stride(from: data.start, through: end, by: Int(slab)).map { start in
      var request: [UInt8] = []
      for series in data.series {
        let samples = series.samples.filter { $0.time >= start && $0.time < start + slab }
        guard !samples.isEmpty else { continue }
        var message: [UInt8] = []
        for label in series.labels.labels {
          field(1, text(1, label.name) + text(2, label.value), to: &message)
        }
        for sample in samples {
          var body: [UInt8] = [1 << 3 | 1]
          withUnsafeBytes(of: sample.value.bitPattern.littleEndian) { body += $0 }
          body.append(2 << 3)
          body += varint(UInt64(sample.time))
          field(2, body, to: &message)
        }
        field(1, message, to: &request)
      }
      return stored(request)
    }
  }

  private static func text(_ number: UInt8, _ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    field(number, Array(text.utf8), to: &bytes)
    return bytes
  }

  private static func field(_ number: UInt8, _ body: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(number << 3 | 2)
    bytes += varint(UInt64(body.count))
    bytes += body
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result = varint(UInt64(bytes.count))
    for start in stride(from: 0, to: bytes.count, by: 65_536) {
      let chunk = bytes[start..<min(start + 65_536, bytes.count)]
      let length = chunk.count - 1
      result += [61 << 2, UInt8(length & 0xFF), UInt8(length >> 8)]
      result += chunk
    }
    return result
  }
}
