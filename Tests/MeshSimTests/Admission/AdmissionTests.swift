import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Admission")
struct AdmissionTests {
  private static let plain = #"{"spec":{"containers":[{"name":"a","image":"i"}]}}"#

  // MARK: Pod Security by namespace

  @Test("a namespace that enforces a level keeps pods out that do not hold to it")
  func enforce() throws {
    var cluster = AdmissionCluster(namespaceLabels: ["pod-security.kubernetes.io/enforce": "restricted"])
    let message = try cluster.submit(.pod, "p", AdmissionTests.plain)
    #expect(
      message?.hasPrefix(
        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false "
          + "(container \"a\" must set securityContext.allowPrivilegeEscalation=false), ") == true)
    #expect(AdmissionCluster().state.store.count(of: .pod) == 0)
  }

  @Test("a namespace that warns lets them in with a warning, of pods and of what makes them")
  func warn() throws {
    var cluster = AdmissionCluster(namespaceLabels: [
      "pod-security.kubernetes.io/warn": "baseline", "pod-security.kubernetes.io/warn-version": "v1.30",
    ])
    let privileged = #"{"containers":[{"name":"a","image":"i","securityContext":{"privileged":true}}]}"#
    let expected = [
      "would violate PodSecurity \"baseline:v1.30\": privileged (container \"a\" must not set "
        + "securityContext.privileged=true)"
    ]
    #expect(try cluster.submit(.pod, "p", #"{"spec":\#(privileged)}"#) == nil)
    #expect(cluster.warnings == expected)
    #expect(try cluster.submit(.deployment, "d", #"{"spec":{"template":{"spec":\#(privileged)}}}"#) == nil)
    #expect(cluster.warnings == expected)
    let cronJob = ResourceKind(group: "batch", version: "v1", kind: "CronJob", plural: "cronjobs")
    #expect(
      try cluster.submit(
        cronJob, "c", #"{"spec":{"jobTemplate":{"spec":{"template":{"spec":\#(privileged)}}}}}"#) == nil)
    #expect(cluster.warnings == expected)
  }

  @Test("controllers are warned, not refused, where a level is enforced")
  func controllers() throws {
    var cluster = AdmissionCluster(namespaceLabels: ["pod-security.kubernetes.io/enforce": "baseline"])
    let template = #"{"spec":{"template":{"spec":{"hostNetwork":true,"containers":[{"name":"a"}]}}}}"#
    #expect(try cluster.submit(.deployment, "d", template) == nil)
    #expect(
      cluster.warnings == [
        "would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)"
      ])
  }

  @Test("a stricter label tells which pods would not be let in now")
  func stricterLabel() throws {
    var cluster = AdmissionCluster()
    for name in ["p1", "p2", "p3"] {
      try cluster.add(.pod, name, #"{"spec":{"hostPID":true,"containers":[]}}"#)
    }
    try cluster.add(
      .pod, "q",
      #"{"spec":{"hostPID":true,"hostNetwork":true,"containers":[{"name":"a","securityContext":{"privileged":true}}]}}"#
    )
    let labelled = #"{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}"#
    #expect(try cluster.submit(.namespace, "n", labelled) == nil)
    #expect(
      cluster.warnings == [
        "existing pods in namespace \"n\" violate the new PodSecurity enforce level \"baseline:latest\"",
        "p1 (and 2 other pods): host namespaces", "q: host namespaces, privileged",
      ])
  }

  @Test("a label that is no level is invalid")
  func wrongLabel() throws {
    var cluster = AdmissionCluster()
    let message = try cluster.submit(
      .namespace, "m", #"{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"strict"}}}"#)
    #expect(
      message
        == "Namespace \"m\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": "
        + "must be one of privileged, baseline, restricted")
  }

  // MARK: Pods

  @Test("a pod gets an account, a priority, and patience with its node")
  func podDefaults() throws {
    var cluster = AdmissionCluster()
    try cluster.add(.serviceAccount, "default", "{}")
    try cluster.submit(.pod, "p", AdmissionTests.plain)
    let pod = try cluster.stored(.pod, "p")
    #expect(pod[path: "spec", "serviceAccountName"] == "default")
    #expect(pod[path: "spec", "priority"] == 0)
    #expect(pod[path: "spec", "preemptionPolicy"] == "PreemptLowerPriority")
    let keys = pod[path: "spec", "tolerations"]?.array?.map { $0["key"] }
    #expect(keys == ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])
    #expect(
      pod[path: "spec", "volumes"]?.array?.first?["name"]?.string?.hasPrefix("kube-api-access-") == true)
    #expect(pod[path: "spec", "containers"]?.array?.first?["volumeMounts"]?.array?.count == 1)
  }

  @Test("an account without automatic tokens gives none, and a toleration of one's own stays")
  func ownChoices() throws {
    var cluster = AdmissionCluster()
    try cluster.add(.serviceAccount, "quiet", #"{"automountServiceAccountToken":false}"#)
    try cluster.submit(
      .pod, "p",
      #"{"spec":{"serviceAccountName":"quiet","tolerations":[{"operator":"Exists"}],"containers":[{"name":"a"}]}}"#
    )
    let pod = try cluster.stored(.pod, "p")
    #expect(pod[path: "spec", "volumes"] == nil)
    #expect(pod[path: "spec", "tolerations"]?.array?.count == 1)
  }

  @Test("a priority comes from its class, and from nowhere else")
  func priority() throws {
    var cluster = AdmissionCluster()
    try cluster.add(.priorityClass, "high", #"{"value":1000,"preemptionPolicy":"Never"}"#)
    try cluster.submit(.pod, "p", #"{"spec":{"priorityClassName":"high","containers":[]}}"#)
    #expect(try cluster.stored(.pod, "p")[path: "spec", "priority"] == 1000)
    #expect(try cluster.stored(.pod, "p")[path: "spec", "preemptionPolicy"] == "Never")
    #expect(
      try cluster.submit(.pod, "q", #"{"spec":{"priorityClassName":"none","containers":[]}}"#)
        == "pods \"q\" is forbidden: no PriorityClass with name none was found")
    #expect(
      try cluster.submit(.pod, "r", #"{"spec":{"priority":5,"containers":[]}}"#)
        == "pods \"r\" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority "
        + "admission controller computed 0 from the given PriorityClass name")
    try cluster.add(.priorityClass, "usual", #"{"value":10,"globalDefault":true}"#)
    try cluster.submit(.pod, "s", #"{"spec":{"containers":[]}}"#)
    #expect(try cluster.stored(.pod, "s")[path: "spec", "priorityClassName"] == "usual")
    #expect(
      try cluster.submit(.priorityClass, "other", #"{"value":1,"globalDefault":true}"#)
        == "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass usual is already marked as default. "
        + "Only one default can exist")
  }

  @Test("a runtime class adds its overhead, and must be there")
  func runtimeClass() throws {
    var cluster = AdmissionCluster()
    try cluster.add(.runtimeClass, "gvisor", #"{"handler":"runsc","overhead":{"podFixed":{"cpu":"250m"}}}"#)
    try cluster.submit(.pod, "p", #"{"spec":{"runtimeClassName":"gvisor","containers":[]}}"#)
    #expect(try cluster.stored(.pod, "p")[path: "spec", "overhead"] == ["cpu": "250m"])
    #expect(
      try cluster.submit(.pod, "q", #"{"spec":{"runtimeClassName":"none","containers":[]}}"#)
        == "pods \"q\" is forbidden: pod rejected: RuntimeClass \"none\" not found")
  }

  // MARK: Classes and certificates

  @Test("a claim without a class gets the one that is marked, and grows only where its class lets it")
  func claims() throws {
    var cluster = AdmissionCluster()
    try cluster.submit(.persistentVolumeClaim, "a", #"{"spec":{}}"#)
    #expect(try cluster.stored(.persistentVolumeClaim, "a")[path: "spec", "storageClassName"] == nil)
    try cluster.add(
      .storageClass, "fast",
      #"{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"p"}"#
    )
    let size = #"{"spec":{"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"}}"#
    try cluster.submit(.persistentVolumeClaim, "b", size)
    #expect(try cluster.stored(.persistentVolumeClaim, "b")[path: "spec", "storageClassName"] == "fast")
    let larger = size.replacing("1Gi", with: "2Gi").replacing(
      #""spec":{"#, with: #""spec":{"storageClassName":"fast","#)
    #expect(
      try cluster.submit(.persistentVolumeClaim, "b", larger)
        == "persistentvolumeclaims \"b\" is forbidden: only dynamically provisioned pvc can be resized and the "
        + "storageclass that provisions the pvc must support resize")
    try cluster.submit(.persistentVolumeClaim, "c", #"{"spec":{"storageClassName":""}}"#)
    #expect(try cluster.stored(.persistentVolumeClaim, "c")[path: "spec", "storageClassName"] == "")
  }

  @Test("a certificate request says who made it, and only approvers of its signer approve it")
  func certificates() throws {
    var cluster = AdmissionCluster()
    let kind = ResourceKind(
      group: "certificates.k8s.io", version: "v1", kind: "CertificateSigningRequest",
      plural: "certificatesigningrequests", isNamespaced: false)
    let request = #"{"spec":{"signerName":"e.io/s","username":"forged"}}"#
    try cluster.submit(kind, "r", request, by: AccessRules.user("ann"))
    #expect(try cluster.stored(kind, "r")[path: "spec", "username"] == "ann")
    let message = try cluster.submit(kind, "r", request, subresource: "approval", by: AccessRules.user("ann"))
    #expect(
      message
        == "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: user not permitted to approve "
        + "requests with signerName \"e.io/s\"")
    #expect(try cluster.submit(kind, "r", request, subresource: "approval") == nil)
  }
}
