import KubeModel

/// Checks what a Job's status may become.
enum JobStatus {
  static func check(_ job: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors) {
    let path = FieldPath("status")
    let status = job.fields["status"] ?? .null
    let old = live.fields["status"] ?? .null
    for field in ["active", "succeeded", "failed", "ready", "terminating"] {
      errors.negative(path[field], status[field])
    }
    func has(_ type: String, _ status: JSONValue) -> Bool {
      status.list("conditions").contains { $0.text("type") == type && $0.text("status") == "True" }
    }
    let isComplete = has("Complete", status)
    let isFailed = has("Failed", status)
    let isMet = has("SuccessCriteriaMet", status)
    func refuse(_ words: String) { errors.invalid(path["conditions"], nil, words) }
    if isComplete, isFailed { refuse("cannot set Complete=True and Failed=true conditions") }
    if isComplete, has("FailureTarget", status) {
      refuse("cannot set Complete=True and FailureTarget=true conditions")
    }
    if let time = status["completionTime"], !time.isNull, !isComplete {
      errors.invalid(
        path["completionTime"], time, "cannot set completionTime when there is no Complete=True condition")
    }
    if !status.has("completionTime"), isComplete {
      errors.required(path["completionTime"], "completionTime is required for Complete jobs")
    }
    if isFailed, !has("FailureTarget", status) {
      refuse("cannot set Failed=True condition without the FailureTarget=true condition")
    }
    if isComplete, !isMet {
      refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
    }
    let isFinished = isComplete || isFailed
    if let active = status.number("active"), active > 0, isFinished {
      errors.invalid(path["active"], .int(active), "active>0 is invalid for finished job")
    }
    if !status.has("startTime"), isFinished {
      errors.required(path["startTime"], "startTime is required for finished job")
    }
    if let terminating = status.number("terminating"), terminating > 0, isFinished {
      errors.invalid(path["terminating"], .int(terminating), "terminating>0 is invalid for finished job")
    }
    if let ready = status.number("ready"), ready > status.number("active") ?? 0 {
      errors.invalid(path["ready"], .int(ready), "cannot set more ready pods than active")
    }
    if isMet, isFailed { refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions") }
    if isMet, has("FailureTarget", status) {
      refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
    }
    for type in ["Failed", "Complete", "FailureTarget"] where has(type, old) && !has(type, status) {
      refuse("cannot disable the terminal \(type)=True condition")
    }
    for field in ["failed", "succeeded"] {
      let count = status.number(field) ?? 0
      if count < old.number(field) ?? 0 {
        errors.invalid(path[field], .int(count), "cannot decrease the \(field) counter")
      }
    }
    if old.has("startTime"), old["startTime"] != status["startTime"], job[path: "spec", "suspend"] != true {
      errors.required(path["startTime"], "startTime cannot be removed for unsuspended job")
    }
    if has("SuccessCriteriaMet", old), !isMet {
      refuse("cannot disable the SuccessCriteriaMet=True condition")
    }
  }
}
