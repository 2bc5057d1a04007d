internal import KubeModel
internal import MeshTopology
internal import Seams

extension Gateway {
  /// The KongConsumer of a consumer, and Secrets with what of its credentials everybody may know.
  ///
  /// The controller takes credentials from Secrets only, also where there is nothing secret in them: groups, and
  /// keys that verify. What must stay secret stands in Secrets that somebody else makes.
  func consumerObjects(
    _ consumer: Consumer, name prefix: String, plugins: [String], in topology: Topology
  ) -> [KubeObject] {
    var secrets: [KubeObject] = []
    for (index, group) in consumer.groups.enumerated() {
      secrets.append(credential("acl", "\(prefix).acl-\(index)", ["group": group], in: topology))
    }
    for (index, jwt) in consumer.jwt.enumerated() {
      guard let key = jwt.publicKey else { continue }
      let data = ["key": jwt.key, "algorithm": jwt.algorithm.rawValue, "rsa_public_key": key]
      secrets.append(credential("jwt", "\(prefix).jwt-\(index)", data, in: topology))
    }
    let names = consumer.keys.map(\.name) + consumer.jwt.compactMap(\.secret?.name) + secrets.map(\.name)
    var object = object(.kongConsumer, prefix, in: topology)
    object.annotations = ["kubernetes.io/ingress.class": className]
    if !plugins.isEmpty { object.annotations["konghq.com/plugins"] = plugins.joined(separator: ",") }
    object.fields["username"] = .string(consumer.username)
    object.fields["custom_id"] = consumer.customID.map(JSONValue.string)
    if !names.isEmpty { object.fields["credentials"] = .array(names.map(JSONValue.string)) }
    return secrets + [object]
  }

  private func credential(
    _ type: String, _ name: String, _ data: [String: String], in topology: Topology
  ) -> KubeObject {
    var object = object(.secret, name, in: topology)
    object.labels["konghq.com/credential"] = type
    object.fields["type"] = "Opaque"
    object.fields["data"] = .strings(data.mapValues(\.base64))
    return object
  }
}

extension Gateway.Consumer {
  /// The name as one of an object; with a hash where the name itself is none.
  var objectName: String {
    let small = username.lowercased().utf8.map { byte in
      (97...122).contains(byte) || (48...57).contains(byte) ? byte : UInt8(ascii: "-")
    }
    let text = String(decoding: small, as: UTF8.self)
    let isLabel = text == username && !text.hasPrefix("-") && !text.hasSuffix("-") && text.utf8.count <= 63
    return isLabel ? text : "consumer-\(StableHash.word(of: username).prefix(8))"
  }
}

extension String {
  /// The text's UTF-8 as Secrets hold it (RFC 4648, 4).
  var base64: String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(utf8)
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<Swift.min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        text.append(index <= group.count ? letters[bits >> (18 - 6 * index) & 63] : "=")
      }
    }
    return text
  }
}
