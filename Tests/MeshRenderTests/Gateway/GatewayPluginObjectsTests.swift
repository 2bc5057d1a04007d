import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Plug-ins and consumers for the controller")
struct GatewayPluginObjectsTests {
  private func described(_ plugins: JSONValue?, _ owner: String) -> Set<String> {
    Set(
      (plugins?.array ?? []).map {
        "\(owner) \($0["name"]?.string ?? "?") \(($0["config"] ?? [:]).jsonText())"
      })
  }

  @Test("are the ones of the declarative file, with the same configuration")
  func areTheSame() throws {
    let topology = try ControlledGateway.topology()
    let file = try ReferenceGateway.file(topology)
    var wanted = described(file["plugins"], "all")
    for route in (file["services"]?.array ?? []).flatMap({ $0["routes"]?.array ?? [] }) {
      wanted.formUnion(described(route["plugins"], "api-gateway.\(route["name"]?.string ?? "?")"))
    }
    for consumer in file["consumers"]?.array ?? [] {
      wanted.formUnion(described(consumer["plugins"], "api-gateway.\(consumer["username"]?.string ?? "?")"))
    }
    let objects = try ControlledGateway.objects()
    var found: Set<String> = []
    func find(_ object: KubeObject, _ owner: String) {
      let config = (object.fields["config"] ?? [:]).jsonText()
      found.insert("\(owner) \(object.fields["plugin"]?.string ?? "?") \(config)")
    }
    for plugin in objects.of("KongClusterPlugin") { find(plugin, "all") }
    for owner in objects.of("HTTPRoute") + objects.of("GRPCRoute") + objects.of("KongConsumer") {
      for name in (owner.annotations["konghq.com/plugins"] ?? "").split(separator: ",") {
        find(try objects.only("KongPlugin", String(name)), owner.name)
      }
    }
    #expect(found == wanted && wanted.count > 10)
  }

  @Test("of all routes are global, and of this gateway's class only")
  func areGlobal() throws {
    let plugins = try ControlledGateway.objects().of("KongClusterPlugin")
    #expect(plugins.count == 5)
    for plugin in plugins {
      #expect(plugin.namespace == nil && plugin.labels["global"] == "true")
      #expect(plugin.annotations["kubernetes.io/ingress.class"] == "api-gateway.api-gateway")
    }
  }

  @Test("find the password of a Redis in a Secret, by a variable of Kong")
  func findPassword() throws {
    let objects = try ControlledGateway.objects()
    let limit = try objects.only("KongPlugin", "api-gateway.user-api.rate-limiting")
    #expect(limit[path: "config", "redis", "password"] == "{vault://env/redis-password-0}")
    let topology = try ControlledGateway.topology()
    let kong = topology.gateways[0].workload(in: topology)
    #expect(kong.env["REDIS_PASSWORD_0"] == .secret(name: "counter-auth", key: "password"))
  }

  @Test("name credentials by their Secrets")
  func nameCredentials() throws {
    let objects = try ControlledGateway.objects()
    let acme = try objects.only("KongConsumer", "api-gateway.acme")
    #expect(acme.fields["username"] == "acme" && acme.fields["custom_id"] == "42")
    #expect(acme.fields["credentials"] == ["acme-key", "api-gateway.acme.acl-0"])
    #expect(acme.annotations["kubernetes.io/ingress.class"] == "api-gateway.api-gateway")
    let globex = try objects.only("KongConsumer", "api-gateway.globex")
    #expect(globex.fields["credentials"] == ["globex-jwt", "api-gateway.globex.jwt-1"])
  }

  @Test("put into Secrets only what everybody may know: groups, and keys that verify")
  func publishNothingSecret() throws {
    let secrets = try ControlledGateway.objects().of("Secret")
    #expect(secrets.map(\.name) == ["api-gateway.acme.acl-0", "api-gateway.globex.jwt-1"])
    #expect(secrets.map { $0.labels["konghq.com/credential"] } == ["acl", "jwt"])
    #expect(secrets[0].fields["data"] == ["group": "cGFydG5lcnM="])
    #expect(secrets[1][path: "data", "algorithm"] == "UlMyNTY=")
    #expect(secrets[1][path: "data", "key"] == "Z2xvYmV4LTI=")
    #expect(secrets[1][path: "data", "rsa_public_key"]?.string?.hasPrefix("LS0tLS1CRUdJTiBQVUJMSUM") == true)
  }

  @Test(
    "have names that objects may have",
    arguments: [("acme", "acme"), ("Acme", nil), ("a b", nil), ("-", nil), ("a.b", nil), ("a1-b", "a1-b")])
  func haveNames(username: String, name: String?) {
    let found = Gateway.Consumer(username: username).objectName
    if let name { #expect(found == name) }
    #expect(found.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } && !found.hasPrefix("-"))
  }

  @Test(
    "write the data of Secrets as RFC 4648 has it",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"), ("ü?>", "w7w/Pg=="),
    ])
  func areEncoded(text: String, encoded: String) { #expect(text.base64 == encoded) }
}
