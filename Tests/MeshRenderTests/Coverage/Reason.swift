/// Why several settings differ from the reference.
enum Reason {
  static let configConnector =
    "the reference is no object that an API server takes; Config Connector has one for it"
  static let contentHash =
    "the name ends with a hash of the content, so that a change restarts the pods"
  static let description =
    "says what Istio is for; there is nothing to set"
  static let fullHost =
    "a host without dots means the namespace of the configuration, which is `default` here; in full it means one Service"
  static let jaeger2 =
    "Jaeger 1 and its operator are at their end; Jaeger 2 is a Deployment. `version: \"1.57\"` makes a Jaeger object"
  static let label =
    "the label `app` is the name of the workload, by which callees know the gateway"
  static let labelOfTrack =
    "no pod has the label of the reference; the pods of the two sides of a rollout have `track`"
  static let namedLikeDocument =
    "objects are called like the document they come from"
  static let nested =
    "a route is written within its service"
  static let noPort =
    "no Service of the mesh has a port called `.*-metrics`: pods are found by the proxy in them"
  static let noRanges =
    "there is no such rule in Pod Security admission; a workload with a volume gets the group it names"
  static let note =
    "the note as a setting of the subnet"
  static let ofCI =
    "a job of CI only calls meshctl; what it needs is up to the CI"
  static let partOfJaeger =
    "what the operator made of it is a workload of its own"
  static let podSecurity =
    "PodSecurityPolicies were removed in Kubernetes 1.25, and are rendered for older clusters only; the namespace's level `restricted` asks for it of every pod"
  static let purpose =
    "a comment on what a range is for"
  static let spelling =
    "another spelling"
  static let split =
    "GET and POST are routes of their own, as each needs a scope of its own"
  static let textVariable =
    "environment variables are text, and `istioctl` takes them so"
  static let tokens =
    "Kong's oauth2 keeps tokens in a database, which Kong does without here: tokens come from outside, and Istio verifies them"
  static let versionOfAPI =
    "Istio serves v1 since 1.22"
  static let volumeOfFiles =
    "the volume of all files of a workload is called so"
}
