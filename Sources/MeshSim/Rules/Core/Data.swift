import KubeModel

extension KindRules {
  static let configMaps: KindRules = {
    var rules = KindRules()
    rules.validate = { object, live, errors in
      if let live { DataCheck.immutable(object, live, ["data", "binaryData"], &errors) }
      var size = 0
      let binary = object.fields["binaryData"] ?? .null
      for member in object.fields["data"]?.object?.members ?? [] {
        let path = FieldPath("data")[key: member.key]
        errors.invalid(path, member.key, problems: DataKey.problems(of: member.key))
        if binary.has(member.key) {
          errors.invalid(path, .string(member.key), "duplicate of key present in binaryData")
        }
        size += member.value.string?.utf8.count ?? 0
      }
      for member in binary.object?.members ?? [] {
        let path = FieldPath("binaryData")[key: member.key]
        errors.invalid(path, member.key, problems: DataKey.problems(of: member.key))
        size += SecretBytes.count(member.value.string ?? "")
      }
      if size > 1 << 20 { errors.tooLong(FieldPath(), maximum: 1 << 20) }
    }
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()

  static let secrets: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.fillText("type", "Opaque")
      guard let plain = object["stringData"]?.object else { return }
      object["stringData"] = nil
      guard !plain.isEmpty else { return }
      object.make("data") { data in
        for member in plain.members {
          data[member.key] = .string(SecretBytes.encode(member.value.string ?? ""))
        }
      }
    }
    rules.validate = { object, live, errors in
      if let live {
        errors.immutable(FieldPath("type"), object.fields["type"], live.fields["type"])
        DataCheck.immutable(object, live, ["data"], &errors)
      }
      DataCheck.secret(object, &errors)
    }
    rules.warnings = { object, _ in
      guard object.fields["type"] == "kubernetes.io/tls" else { return [] }
      let certificate = object[path: "data", "tls.crt"]?.string ?? ""
      // What a certificate begins with, `-----BEGIN`, in Base64.
      return certificate.contains("LS0tLS1CRUdJTi")
        || SecretBytes.decode(certificate).starts(with: "-----BEGIN".utf8)
        ? [] : ["tls: failed to find any PEM data in certificate input"]
    }
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// Checks of config maps and secrets.
enum DataCheck {
  static func immutable(
    _ object: KubeObject, _ live: KubeObject, _ fields: [String], _ errors: inout FieldErrors
  ) {
    guard live.fields["immutable"] == true else { return }
    let words = "field is immutable when `immutable` is set"
    if object.fields["immutable"] != true { errors.forbidden(FieldPath("immutable"), words) }
    for field in fields where object.fields[field] != live.fields[field] {
      errors.forbidden(FieldPath(field), words)
    }
  }

  static func secret(_ object: KubeObject, _ errors: inout FieldErrors) {
    let path = FieldPath("data")
    let data = object.fields["data"] ?? .null
    var size = 0
    for member in data.object?.members ?? [] {
      errors.invalid(path[key: member.key], member.key, problems: DataKey.problems(of: member.key))
      size += SecretBytes.count(member.value.string ?? "")
    }
    if size > 1 << 20 { errors.tooLong(path, maximum: 1 << 20) }
    func require(_ keys: String...) {
      for key in keys where data[key] == nil { errors.required(path[key: key]) }
    }
    switch object.fields["type"]?.string ?? "" {
    case "kubernetes.io/service-account-token":
      let key = "kubernetes.io/service-account.name"
      if object[path: "metadata", "annotations", key]?.string?.isEmpty ?? true {
        errors.required(FieldPath("metadata.annotations")[key: key])
      }
    case "kubernetes.io/dockercfg": json(data, ".dockercfg", &errors)
    case "kubernetes.io/dockerconfigjson": json(data, ".dockerconfigjson", &errors)
    case "kubernetes.io/basic-auth":
      if data["username"] == nil, data["password"] == nil { require("username", "password") }
    case "kubernetes.io/ssh-auth":
      if data.text("ssh-privatekey").isEmpty { errors.required(path[key: "ssh-privatekey"]) }
    case "kubernetes.io/tls": require("tls.crt", "tls.key")
    default: break
    }
  }

  private static func json(_ data: JSONValue, _ key: String, _ errors: inout FieldErrors) {
    let path = FieldPath("data")[key: key]
    guard let text = data[key]?.string else { return errors.required(path) }
    let bytes = SecretBytes.decode(text)
    if (try? JSONValue(json: bytes))?.object == nil {
      let words =
        bytes.isEmpty
        ? "unexpected end of JSON input"
        : "invalid character '\(Character(UnicodeScalar(bytes[0])))' looking for beginning of value"
      errors.invalid(path, "<secret contents redacted>", words)
    }
  }
}

/// The bytes of secrets, which JSON has in Base64.
enum SecretBytes {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The number of bytes that a text stands for.
  static func count(_ text: String) -> Int {
    let count = text.utf8.count
    return count / 4 * 3 - (text.hasSuffix("==") ? 2 : text.hasSuffix("=") ? 1 : 0)
  }

  static func encode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var group = part.reduce(0) { $0 << 8 | UInt32($1) }
      group <<= UInt32(8 * (3 - part.count))
      for index in 0..<4 {
        result.append(index <= part.count ? alphabet[Int(group >> UInt32(18 - 6 * index) & 63)] : 61)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes of a text; characters that do not belong there are skipped.
  static func decode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for byte in text.utf8 {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      group = group << 6 | UInt32(value)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: group >> bits))
      group &= (1 << bits) - 1
    }
    return bytes
  }
}
