import KubeModel

/// What listens at a port of a pod: a small web server that says which pod it is.
struct ContainerPort: Sendable {
  /// How much of a request may wait for its end.
  private static let limit = 1 << 20

  private let pod: KubeObject
  let port: Int
  private var received: [UInt8] = []
  private(set) var isOver = false

  init(pod: KubeObject, port: Int) {
    self.pod = pod
    self.port = port
  }

  /// Why nobody can be reached there, in the words of containerd; `nil` when somebody can.
  var refusal: String? {
    let containers = pod[path: "spec", "containers"]?.array ?? []
    let open = containers.flatMap { ($0["ports"]?.array ?? []).compactMap { $0["containerPort"]?.int } }
    let isRunning = pod.phase == "Running" && pod.deletionTimestamp == nil
    // Images listen where they like; only a pod that says where it listens is taken at its word.
    if isRunning, open.isEmpty || open.contains(Int64(port)) { return nil }
    return
      "error forwarding port \(port) to pod \(pod.uid), uid : failed to execute portforward in network namespace "
      + "\"/var/run/netns/\(pod.uid)\": failed to connect to localhost:\(port) inside namespace \"\(pod.uid)\", "
      + "IPv4: dial tcp4 127.0.0.1:\(port): connect: connection refused "
      + "IPv6 dial tcp6 [::1]:\(port): connect: connection refused "
  }

  /// Takes bytes of requests.
  ///
  /// - Returns: the answers to those that are complete.
  mutating func receive(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    received += bytes
    if received.count > ContainerPort.limit { isOver = true }
    var answers: [UInt8] = []
    while !isOver, let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
      let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
      let lines = head.split(separator: "\r\n").map(String.init)
      var fields: [String: String] = [:]
      for line in lines.dropFirst() {
        guard let colon = line.firstIndex(of: ":") else { continue }
        fields[line[..<colon].lowercased()] = String(line[colon...].dropFirst().drop { $0 == " " })
      }
      let length = max(0, fields["content-length"].flatMap { Int($0) } ?? 0)
      guard received.count - end.upperBound >= length else { break }
      received.removeSubrange(..<(end.upperBound + length))
      answers += answer(to: lines.first ?? "", isLast: fields["connection"]?.lowercased() == "close")
    }
    return answers
  }

  private mutating func answer(to line: String, isLast: Bool) -> [UInt8] {
    let words = line.split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
      isOver = true
      return Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".utf8)
    }
    isOver = isLast || words[2] == "HTTP/1.0"
    let body = "\(pod.name)\n"
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n"
      + (isOver ? "Connection: close\r\n\r\n" : "\r\n")
    return Array((words[0] == "HEAD" ? head : head + body).utf8)
  }
}
