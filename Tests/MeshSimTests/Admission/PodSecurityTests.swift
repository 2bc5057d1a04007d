import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Pod Security")
struct PodSecurityTests {
  /// What a restricted container has to say.
  private static let good =
    #""allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}"#

  private static func container(_ context: String, name: String = "a", more: String = "") -> String {
    #"{"name":"\#(name)","securityContext":{\#(context)}\#(more)}"#
  }

  private static func spec(_ containers: String..., more: String = "") -> String {
    #"{"containers":[\#(containers.joined(separator: ","))]\#(more)}"#
  }

  private static func volume(_ sources: String...) -> String {
    let list = sources.enumerated().map { #"{"name":"v\#($0)"\#($1.isEmpty ? "" : #","\#($1)":{}"#)}"# }
    return spec(container(good), more: #","volumes":[\#(list.joined(separator: ","))]"#)
  }

  private static func pod(_ context: String, _ own: String = good) -> String {
    spec(container(own), more: #","securityContext":{\#(context)}"#)
  }

  static let baselineRows: [(String, String)] = [
    (spec(container("")), ""), (spec(container(good)), ""), (spec(#"{"name":"a"}"#), ""),
    (
      spec(container(#""privileged":true"#)),
      #"privileged (container "a" must not set securityContext.privileged=true)"#
    ),
    (spec(container(#""privileged":false"#)), ""),
    (
      spec(container(#""privileged":true"#), container(#""privileged":true"#, name: "b")),
      #"privileged (containers "a", "b" must not set securityContext.privileged=true)"#
    ),
    (
      spec(container(""), more: #","initContainers":[\#(container(#""privileged":true"#, name: "i"))]"#),
      #"privileged (container "i" must not set securityContext.privileged=true)"#
    ),
    (
      spec(container(""), more: #","ephemeralContainers":[\#(container(#""privileged":true"#, name: "e"))]"#),
      #"privileged (container "e" must not set securityContext.privileged=true)"#
    ),
    (spec(container(""), more: #","hostNetwork":true"#), "host namespaces (hostNetwork=true)"),
    (spec(container(""), more: #","hostPID":true"#), "host namespaces (hostPID=true)"),
    (
      spec(container(""), more: #","hostNetwork":true,"hostPID":true,"hostIPC":true"#),
      "host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)"
    ),
    (spec(container(""), more: #","hostNetwork":false"#), ""),
    (volume("hostPath"), #"hostPath volumes (volume "v0")"#),
    (volume("hostPath", "hostPath"), #"hostPath volumes (volumes "v0", "v1")"#),
    (volume("nfs", "emptyDir"), ""),
    (
      spec(container("", more: #","ports":[{"containerPort":80,"hostPort":80}]"#)),
      #"hostPort (container "a" uses hostPort 80)"#
    ),
    (
      spec(
        container("", more: #","ports":[{"hostPort":80},{"hostPort":81}]"#),
        container("", name: "b", more: #","ports":[{"hostPort":80}]"#)),
      #"hostPort (containers "a", "b" use hostPorts 80, 81)"#
    ),
    (spec(container("", more: #","ports":[{"containerPort":80}]"#)), ""),
    (spec(container("", more: #","ports":[{"hostPort":0}]"#)), ""),
    (
      spec(container(#""capabilities":{"add":["NET_ADMIN","CHOWN","SYS_TIME"]}"#)),
      #"non-default capabilities (container "a" must not include "NET_ADMIN", "SYS_TIME" in securityContext.capabilities.add)"#
    ),
    (spec(container(#""capabilities":{"add":["CHOWN","KILL","NET_BIND_SERVICE"]}"#)), ""),
    (spec(container(#""capabilities":{"drop":["ALL"]}"#)), ""),
    (
      spec(container(#""capabilities":{"add":["ALL"]}"#)),
      #"non-default capabilities (container "a" must not include "ALL" in securityContext.capabilities.add)"#
    ),
    (
      spec(container(#""procMount":"Unmasked""#)),
      #"procMount (container "a" must not set securityContext.procMount to "Unmasked")"#
    ),
    (spec(container(#""procMount":"Default""#)), ""),
    (
      spec(container(#""seccompProfile":{"type":"Unconfined"}"#)),
      #"seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")"#
    ),
    (
      pod(#""seccompProfile":{"type":"Unconfined"}"#, ""),
      #"seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")"#
    ),
    (
      pod(#""seccompProfile":{"type":"Unconfined"}"#, #""seccompProfile":{"type":"Unconfined"}"#),
      #"seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")"#
    ),
    (spec(container(#""seccompProfile":{"type":"Localhost"}"#)), ""),
    (
      spec(container(#""seLinuxOptions":{"type":"spc_t"}"#)),
      #"seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: type "spc_t")"#
    ),
    (
      pod(#""seLinuxOptions":{"user":"u","role":"r","type":"x"}"#),
      #"seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "x"; user may not be set; role may not be set)"#
    ),
    (pod(#""seLinuxOptions":{"type":"container_t","level":"s0"}"#), ""),
    (pod(#""seLinuxOptions":{"type":"container_engine_t"}"#), ""),
    (
      pod(#""sysctls":[{"name":"kernel.msgmax"},{"name":"net.ipv4.tcp_syncookies"},{"name":"vm.x"}]"#),
      "forbidden sysctls (kernel.msgmax, vm.x)"
    ),
    (pod(#""sysctls":[{"name":"net.ipv4.ip_unprivileged_port_start"},{"name":"net.ipv4.tcp_rmem"}]"#), ""),
    (
      spec(container(#""windowsOptions":{"hostProcess":true}"#)),
      #"hostProcess (container "a" must not set securityContext.windowsOptions.hostProcess=true)"#
    ),
    (
      pod(#""windowsOptions":{"hostProcess":true}"#, #""windowsOptions":{"hostProcess":true}"#),
      #"hostProcess (pod and container "a" must not set securityContext.windowsOptions.hostProcess=true)"#
    ),
    (
      spec(container(#""appArmorProfile":{"type":"Unconfined"}"#)),
      #"forbidden AppArmor profile (container "a" must not set AppArmor profile type to "Unconfined")"#
    ),
    (spec(container(#""appArmorProfile":{"type":"RuntimeDefault"}"#)), ""),
    (
      pod(#""appArmorProfile":{"type":"Unconfined"}"#),
      #"forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")"#
    ),
    (
      spec(container("", more: #","livenessProbe":{"httpGet":{"host":"10.0.0.1","port":80}}"#)),
      #"probe or lifecycle host (container "a" uses probe or lifecycle host "10.0.0.1")"#
    ),
    (
      spec(container("", more: #","lifecycle":{"preStop":{"tcpSocket":{"host":"h","port":80}}}"#)),
      #"probe or lifecycle host (container "a" uses probe or lifecycle host "h")"#
    ),
    (spec(container("", more: #","readinessProbe":{"httpGet":{"port":80}}"#)), ""),
    (
      spec(container(#""privileged":true"#), more: #","hostNetwork":true"#),
      #"host namespaces (hostNetwork=true), privileged (container "a" must not set securityContext.privileged=true)"#
    ),
  ]

  static let restrictedRows: [(String, String)] = [
    (spec(container(good)), ""),
    (
      spec(container("")),
      #"allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")"#
    ),
    (
      spec(container(good.replacing("false", with: "true"))),
      #"allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)"#
    ),
    (
      spec(
        container(good.replacing(#""allowPrivilegeEscalation":false,"#, with: "")), container(good, name: "b")
      ),
      #"allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)"#
    ),
    (
      spec(container(good.replacing(#""drop":["ALL"]"#, with: #""drop":["NET_RAW"]"#))),
      #"unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"])"#
    ),
    (
      spec(container(good.replacing(#""drop":["ALL"]"#, with: #""drop":["ALL"],"add":["CHOWN"]"#))),
      #"unrestricted capabilities (container "a" must not include "CHOWN" in securityContext.capabilities.add)"#
    ),
    (
      spec(container(good.replacing(#""drop":["ALL"]"#, with: #""add":["CHOWN"]"#))),
      #"unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "a" must not include "CHOWN" in securityContext.capabilities.add)"#
    ),
    (
      spec(
        container(good.replacing(#""drop":["ALL"]"#, with: #""drop":["ALL"],"add":["NET_BIND_SERVICE"]"#))),
      ""
    ),
    (volume("hostPath"), #"restricted volume types (volume "v0" uses restricted volume type "hostPath")"#),
    (
      volume("nfs", "hostPath", "emptyDir"),
      #"restricted volume types (volumes "v0", "v1" use restricted volume types "hostPath", "nfs")"#
    ),
    (
      volume("hostPath", "hostPath"),
      #"restricted volume types (volumes "v0", "v1" use restricted volume type "hostPath")"#
    ),
    (volume("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral"), ""),
    (volume("persistentVolumeClaim", "projected", "secret", "image"), ""),
    (
      volume("gcePersistentDisk"),
      #"restricted volume types (volume "v0" uses restricted volume type "gcePersistentDisk")"#
    ),
    (volume("iscsi"), #"restricted volume types (volume "v0" uses restricted volume type "iscsi")"#),
    (volume(""), #"restricted volume types (volume "v0" uses restricted volume type "unknown")"#),
    (
      spec(container(good.replacing(#""runAsNonRoot":true,"#, with: ""))),
      #"runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true)"#
    ),
    (pod(#""runAsNonRoot":true"#, good.replacing(#""runAsNonRoot":true,"#, with: "")), ""),
    (
      spec(container(good.replacing(#""runAsNonRoot":true"#, with: #""runAsNonRoot":false"#))),
      #"runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false)"#
    ),
    (
      pod(#""runAsNonRoot":false"#),
      #"runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"#
    ),
    (
      pod(#""runAsNonRoot":false"#, good.replacing(#""runAsNonRoot":true"#, with: #""runAsNonRoot":false"#)),
      #"runAsNonRoot != true (pod and container "a" must not set securityContext.runAsNonRoot=false)"#
    ),
    (spec(container(good + #","runAsUser":0"#)), #"runAsUser=0 (container "a" must not set runAsUser=0)"#),
    (pod(#""runAsUser":0"#), #"runAsUser=0 (pod must not set runAsUser=0)"#),
    (
      pod(#""runAsUser":0"#, good + #","runAsUser":0"#),
      #"runAsUser=0 (pod and container "a" must not set runAsUser=0)"#
    ),
    (spec(container(good + #","runAsUser":1000"#)), ""),
    (
      spec(container(good.replacing("RuntimeDefault", with: "Unconfined"))),
      #"seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")"#
    ),
    (
      spec(container(good.replacing(#","seccompProfile":{"type":"RuntimeDefault"}"#, with: ""))),
      #"seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")"#
    ),
    (
      pod(
        #""seccompProfile":{"type":"Localhost"}"#,
        good.replacing(#","seccompProfile":{"type":"RuntimeDefault"}"#, with: "")), ""
    ),
    // Baseline holds too, and comes first.
    (
      spec(container(good), more: #","hostNetwork":true"#), "host namespaces (hostNetwork=true)"
    ),
    (
      spec(container(good + #","privileged":true"#)),
      #"privileged (container "a" must not set securityContext.privileged=true)"#
    ),
    (
      spec(container(good, more: #","ports":[{"hostPort":80}]"#), more: #","hostPID":true"#),
      #"host namespaces (hostPID=true), hostPort (container "a" uses hostPort 80)"#
    ),
    (
      spec(container(good), more: #","os":{"name":"windows"},"volumes":[{"name":"v","hostPath":{}}]"#),
      #"restricted volume types (volume "v" uses restricted volume type "hostPath")"#
    ),
    (spec(container(#""runAsNonRoot":true"#), more: #","os":{"name":"windows"}"#), ""),
    (
      spec(
        container(good),
        more:
          #","initContainers":[\#(container(good.replacing(#""runAsNonRoot":true,"#, with: ""), name: "i"))]"#
      ),
      #"runAsNonRoot != true (pod or container "i" must set securityContext.runAsNonRoot=true)"#
    ),
    (
      spec(
        container(good.replacing(#""runAsNonRoot":true,"#, with: "")),
        container(good.replacing(#""runAsNonRoot":true,"#, with: ""), name: "b")),
      #"runAsNonRoot != true (pod or containers "a", "b" must set securityContext.runAsNonRoot=true)"#
    ),
  ]

  private func details(_ json: String, _ level: PodSecurityLevel, minor: Int? = nil) throws -> String {
    let subject = PodSecuritySubject(metadata: nil, spec: try JSONValue(json: json))
    return PodSecurity.details(
      PodSecurity.violations(of: subject, PodSecurityStandard(level: level, minor: minor)))
  }

  @Test("baseline", arguments: baselineRows)
  func baseline(json: String, expected: String) throws { #expect(try details(json, .baseline) == expected) }

  @Test("restricted", arguments: restrictedRows)
  func restricted(json: String, expected: String) throws {
    #expect(try details(json, .restricted) == expected)
  }

  @Test("privileged asks for nothing", arguments: baselineRows)
  func privileged(json: String, expected: String) throws { #expect(try details(json, .privileged) == "") }

  @Test("checks hold from the version of Kubernetes on that has them")
  func versions() throws {
    let plain = PodSecurityTests.spec(PodSecurityTests.container(""))
    #expect(try details(plain, .restricted, minor: 7).hasPrefix("runAsNonRoot"))
    #expect(try details(plain, .restricted, minor: 18).contains("seccompProfile") == false)
    let probe = PodSecurityTests.spec(
      PodSecurityTests.container("", more: #","livenessProbe":{"httpGet":{"host":"h"}}"#))
    #expect(try details(probe, .baseline, minor: 33) == "")
    #expect(PodSecurityStandard(level: .restricted, minor: 30).description == "restricted:v1.30")
  }

  @Test("annotations of old for AppArmor count too")
  func annotations() {
    let key = "container.apparmor.security.beta.kubernetes.io/a"
    let subject = PodSecuritySubject(
      metadata: ["annotations": .strings([key: "unconfined"])], spec: ["containers": [["name": "a"]]])
    let found = PodSecurity.violations(of: subject, PodSecurityStandard(level: .baseline))
    #expect(PodSecurity.details(found) == "forbidden AppArmor profile (\(key)=\"unconfined\")")
  }
}
