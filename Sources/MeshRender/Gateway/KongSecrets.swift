internal import KubeModel
internal import MeshTopology

/// What of Kong's declarative file stands in Secrets.
///
/// Kong looks up references to its vault in the configuration of plug-ins, but not in the credentials of
/// consumers: a key that reads `{vault://env/…}` would be just that key. So credentials are placeholders, which a
/// container fills in before Kong starts, in a volume that ends with the pod.
struct KongSecrets {
  private(set) var credentials: [String: EnvironmentValue] = [:]
  private(set) var passwords: [String: EnvironmentValue] = [:]

  /// A placeholder for a credential.
  mutating func placeholder(for key: SecretKey) -> String {
    "${\(KongSecrets.name("CREDENTIAL", for: key, in: &credentials))}"
  }

  /// A reference for a setting of a plug-in; Kong finds the variable by it (kong/vaults/env).
  mutating func reference(to key: SecretKey) -> String {
    let name = KongSecrets.name("REDIS_PASSWORD", for: key, in: &passwords)
    return "{vault://env/\(name.lowercased().split(separator: "_").joined(separator: "-"))}"
  }

  private static func name(
    _ stem: String, for key: SecretKey, in values: inout [String: EnvironmentValue]
  ) -> String {
    let value = EnvironmentValue.secret(name: key.name, key: key.key)
    if let known = values.first(where: { $0.value == value }) { return known.key }
    let name = "\(stem)_\(values.count)"
    values[name] = value
    return name
  }
}

extension Gateway {
  /// The container that fills credentials into the declarative file, with the interpreter that Kong's image has.
  func credentialFiller(_ credentials: [String: EnvironmentValue]) -> Container {
    Container(name: "credentials", image: image).with {
      $0.command = ["/usr/local/openresty/luajit/bin/luajit", "-e", Gateway.fillingProgram]
      $0.env = credentials
      $0.resources = ComputeResources(cpu: "10m", memory: "32Mi")
      $0.runAsUser = runAsUser
    }
  }

  /// Replaces each placeholder, which stands in double quotes, by what the variable of that name holds.
  static let fillingProgram = """
    local source = assert(io.open("\(KongPath.template)"))
    local text = source:read("*a"):gsub('"%${(CREDENTIAL_%d+)}"', function(name)
      local value = assert(os.getenv(name), name .. " is missing")
      return '"' .. value:gsub('[%c"\\\\]', function(c) return ("\\\\u%04X"):format(c:byte()) end) .. '"'
    end)
    local target = assert(io.open("\(KongPath.file)", "w"))
    assert(target:write(text))
    assert(target:close())
    """
}
