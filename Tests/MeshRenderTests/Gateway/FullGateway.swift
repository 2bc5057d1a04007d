import MeshTopology

/// A gateway that uses every field.
enum FullGateway {
  static let spec = """
    image: registry.example.com/kong:internal
    version: "3.9"
    autoscaling: {min: 3, max: 10}
    disruption: {minAvailable: 2}
    workerProcesses: 4
    internal: true
    allowedRanges: [10.0.0.0/8]
    certificate: shop-tls
    log: {level: warn, access: false}
    customPlugins: [house-style]
    traceSampling: 5
    rateLimit: {second: 50, minute: 1000, limitBy: ip}
    requestSize: {maximum: 5}
    plugins:
      - name: house-style
      - name: correlation-id
        config: {header_name: X-Request-ID, generator: uuid, echo_downstream: true}
    issuers:
      - name: accounts
        issuer: https://accounts.example.com
        audiences: [shop]
        scopeClaim: scp
    consumers:
      - username: acme
        customId: "42"
        groups: [partners]
        keys: [{name: partners, key: acme}]
        rateLimit: {minute: 10}
      - username: globex
        jwt:
          - {key: globex, algorithm: HS256, secret: {name: partners, key: globex}}
          - key: globex-2
            algorithm: RS256
            publicKey: |
              -----BEGIN PUBLIC KEY-----
              MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD9
              -----END PUBLIC KEY-----
    routes:
      - name: user-api
        to: production/user-service
        port: http
        hosts: [api.example.com, "*.shop.example.com"]
        paths: [/api/users, "~/api/v[0-9]+/users$"]
        methods: [GET, POST]
        httpsOnly: true
        rateLimit:
          minute: 100
          hour: 1000
          limitBy: header
          headerName: x-tenant
          policy: redis
          redis: {to: cache/counter, username: kong, password: {name: counter-auth, key: password}, database: 2}
          faultTolerant: false
          hideClientHeaders: true
          errorCode: 420
          errorMessage: calm down
        cors:
          origins: [https://shop.example.com]
          headers: [Authorization]
          exposedHeaders: [X-Total]
          credentials: true
          maxAge: 1h
        requestSize: {maximum: 512, unit: kilobytes, requireContentLength: true}
        authentication:
          key: {names: [x-api-key]}
        plugins:
          - name: acl
            config: {allow: [partners]}
      - name: upload-api
        to: production/user-service
        paths: [/upload]
        stripPath: true
        authentication:
          jwt: {keyClaimName: iss, claimsToVerify: [exp, nbf]}
      - name: order-read
        to: production/order-service
        paths: [/api/orders]
        methods: [GET]
        authentication:
          token: {issuer: accounts, scopes: [read]}
      - name: order-write
        to: production/order-service
        paths: [/api/orders]
        methods: [POST]
        authentication:
          token: {issuer: accounts, scopes: [write]}
      - name: user-grpc
        to: production/user-service
        port: grpc
        paths: [/shop.Users/]
    """

  static func topology() throws -> Topology { try ReferenceGateway.topology(spec) }
}
