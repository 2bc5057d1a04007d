/// The rules of the roles that a control plane begins with, a rule a line: verbs, groups, resources (and names after
/// `=`); `core` is the group without a name; a line of paths begins with `get` and `/`.
enum BootstrapRoles {
  static let texts: [(name: String, aggregateTo: String?, rules: String)] = [
    (
      "cluster-admin", nil,
      """
      * * *
      * /
      """
    ),
    (
      "system:aggregate-to-admin", "admin",
      """
      create authorization.k8s.io localsubjectaccessreviews
      write,read rbac.authorization.k8s.io rolebindings,roles
      """
    ),
    (
      "system:aggregate-to-edit", "edit",
      """
      read core pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy
      impersonate core serviceaccounts
      write core pods,pods/attach,pods/exec,pods/portforward,pods/proxy
      create core pods/eviction
      write core configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,\
      serviceaccounts,services,services/proxy
      create core serviceaccounts/token
      write apps daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,\
      statefulsets,statefulsets/scale
      write autoscaling horizontalpodautoscalers
      write batch cronjobs,jobs
      write extensions daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,\
      replicasets,replicasets/scale,replicationcontrollers/scale
      write policy poddisruptionbudgets
      write networking.k8s.io ingresses,networkpolicies
      write,read coordination.k8s.io leases
      write resource.k8s.io resourceclaims,resourceclaimtemplates
      """
    ),
    (
      "system:aggregate-to-view", "view",
      """
      read core configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,\
      replicationcontrollers/scale,serviceaccounts,services,services/status
      read core bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,\
      resourcequotas,resourcequotas/status
      read core namespaces
      read discovery.k8s.io endpointslices
      read apps controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,\
      replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status
      read autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status
      read batch cronjobs,cronjobs/status,jobs,jobs/status
      read extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,\
      ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale
      read policy poddisruptionbudgets,poddisruptionbudgets/status
      read networking.k8s.io ingresses,ingresses/status,networkpolicies
      read resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates
      """
    ),
    (
      "system:auth-delegator", nil,
      """
      create authentication.k8s.io tokenreviews
      create authorization.k8s.io subjectaccessreviews
      """
    ),
    (
      "system:basic-user", nil,
      """
      create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews
      create authentication.k8s.io selfsubjectreviews
      """
    ),
    (
      "system:certificates.k8s.io:certificatesigningrequests:nodeclient", nil,
      "create certificates.k8s.io certificatesigningrequests/nodeclient"
    ),
    (
      "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", nil,
      "create certificates.k8s.io certificatesigningrequests/selfnodeclient"
    ),
    (
      "system:certificates.k8s.io:kube-apiserver-client-approver", nil,
      "approve certificates.k8s.io signers=kubernetes.io/kube-apiserver-client"
    ),
    (
      "system:certificates.k8s.io:kube-apiserver-client-kubelet-approver", nil,
      "approve certificates.k8s.io signers=kubernetes.io/kube-apiserver-client-kubelet"
    ),
    (
      "system:certificates.k8s.io:kubelet-serving-approver", nil,
      "approve certificates.k8s.io signers=kubernetes.io/kubelet-serving"
    ),
    (
      "system:certificates.k8s.io:legacy-unknown-approver", nil,
      "approve certificates.k8s.io signers=kubernetes.io/legacy-unknown"
    ),
    (
      "system:discovery", nil,
      "get /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/"
    ),
    (
      "system:heapster", nil,
      """
      read core events,namespaces,nodes,pods
      read extensions deployments
      """
    ),
    ("system:kube-aggregator", nil, "read core endpoints,services"),
    (
      "system:kube-controller-manager", nil,
      """
      create,patch,update core,events.k8s.io events
      create coordination.k8s.io leases
      get,update coordination.k8s.io leases=kube-controller-manager
      create core secrets,serviceaccounts
      delete core secrets
      get core configmaps,namespaces,secrets,serviceaccounts
      update core secrets,serviceaccounts
      create authentication.k8s.io tokenreviews
      create authorization.k8s.io subjectaccessreviews
      list,watch * *
      create core serviceaccounts/token
      """
    ),
    ("system:kube-dns", nil, "list,watch core endpoints,services"),
    (
      "system:kube-scheduler", nil,
      """
      create,patch,update core,events.k8s.io events
      create coordination.k8s.io leases
      get,update,list,watch coordination.k8s.io leases=kube-scheduler
      read core nodes
      delete,get,list,watch core pods
      create core bindings,pods/binding
      patch,update core pods/status
      read core replicationcontrollers,services
      read apps,extensions replicasets
      read apps statefulsets
      read policy poddisruptionbudgets
      read core persistentvolumeclaims,persistentvolumes
      create authentication.k8s.io tokenreviews
      create authorization.k8s.io subjectaccessreviews
      read storage.k8s.io csinodes,csidrivers,csistoragecapacities
      read core namespaces
      """
    ),
    (
      "system:monitoring", nil,
      "get /healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*"
    ),
    (
      "system:node", nil,
      """
      create authentication.k8s.io tokenreviews
      create authorization.k8s.io localsubjectaccessreviews,subjectaccessreviews
      read core services
      create,get,list,watch core nodes
      patch,update core nodes/status
      patch,update core nodes
      create,patch,update core,events.k8s.io events
      read core pods
      create,delete core pods
      patch,update core pods/status
      create core pods/eviction
      read core configmaps,secrets
      get core persistentvolumeclaims,persistentvolumes
      get core endpoints
      create,get,list,watch certificates.k8s.io certificatesigningrequests
      create,delete,get,patch,update coordination.k8s.io leases
      get storage.k8s.io volumeattachments
      create core serviceaccounts/token
      get,patch,update core persistentvolumeclaims/status
      read storage.k8s.io csidrivers
      create,delete,get,patch,update storage.k8s.io csinodes
      read node.k8s.io runtimeclasses
      """
    ),
    ("system:node-bootstrapper", nil, "create,get,list,watch certificates.k8s.io certificatesigningrequests"),
    (
      "system:node-problem-detector", nil,
      """
      get core nodes
      patch core nodes/status
      create,patch,update core,events.k8s.io events
      """
    ),
    (
      "system:node-proxier", nil,
      """
      list,watch core services
      get,list,watch core nodes
      create,patch,update core,events.k8s.io events
      list,watch discovery.k8s.io endpointslices
      list,watch networking.k8s.io servicecidrs
      """
    ),
    (
      "system:persistent-volume-provisioner", nil,
      """
      create,delete,get,list,watch core persistentvolumes
      get,list,update,watch core persistentvolumeclaims
      read storage.k8s.io storageclasses
      watch core events
      create,patch,update core,events.k8s.io events
      """
    ),
    ("system:public-info-viewer", nil, "get /healthz,/livez,/readyz,/version,/version/"),
    (
      "system:service-account-issuer-discovery", nil,
      "get /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/"
    ),
    (
      "system:volume-scheduler", nil,
      """
      get,list,patch,update,watch core persistentvolumes
      read storage.k8s.io storageclasses
      get,list,patch,update,watch core persistentvolumeclaims
      """
    ),
  ]

  static func rules(_ text: String) -> [PolicyRule] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ").map(String.init)
      let verbs = list(parts[0]).flatMap { words[$0] ?? [$0] }.sorted()
      if parts.count == 2 {
        return PolicyRule(verbs: verbs, nonResourceURLs: parts[1] == "/" ? ["*"] : list(parts[1]))
      }
      guard parts.count == 3 else { return nil }
      let named = parts[2].split(separator: "=", maxSplits: 1).map(String.init)
      var rule = PolicyRule(
        verbs: verbs, apiGroups: list(parts[1]).map { $0 == "core" ? "" : $0 }, resources: list(named[0]))
      if named.count == 2 { rule.resourceNames = list(named[1]) }
      return rule
    }
  }

  private static let words = [
    "read": ["get", "list", "watch"], "write": ["create", "delete", "deletecollection", "patch", "update"],
  ]

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
