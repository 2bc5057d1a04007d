import KubeModel

extension KindRules {
  static let cronJobs: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fillText("concurrencyPolicy", "Allow")
        spec.fill("suspend", false)
        spec.fill("successfulJobsHistoryLimit", 3)
        spec.fill("failedJobsHistoryLimit", 1)
        spec.make("jobTemplate") { job in
          job.fill("metadata", [:])
          job.make("spec") { PodDefaults.fill(templateAt: "template", of: &$0) }
        }
      }
    }
    rules.dropStatus()
    rules.validate = { job, live, errors in CronJobCheck.check(job, live, &errors) }
    rules.warnings = { job, live in
      var warnings: [String] = []
      if live == nil {
        warnings += NameForm.dnsLabel.problems(of: job.name).map {
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS "
            + "label is recommended: [\($0)]"
        }
      }
      if job[path: "spec", "schedule"]?.string?.contains("TZ") == true {
        warnings.append(
          "CRON_TZ or TZ used in spec.schedule is not officially supported, see https://kubernetes.io/docs/concepts/"
            + "workloads/controllers/cron-jobs/ for more details")
      }
      if let live, live.fields["spec"] == job.fields["spec"] { return warnings }
      return warnings
        + PodTemplate.warnings(
          job[path: "spec", "jobTemplate", "spec", "template"], FieldPath("spec.jobTemplate.spec.template"))
    }
    rules.generationFields = ["spec"]
    return rules
  }()
}

/// Checks a CronJob.
enum CronJobCheck {
  static func check(_ job: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let spec = job.fields["spec"] ?? .null
    let path = FieldPath("spec")
    let schedule = spec.text("schedule")
    if schedule.isEmpty {
      errors.required(path["schedule"])
    } else {
      if let problem = CronSchedule.problem(of: schedule) {
        errors.invalid(path["schedule"], .string(schedule), problem)
      }
      let allows = live?[path: "spec", "schedule"]?.string?.contains("TZ") ?? false
      if schedule.contains("TZ") {
        if !allows {
          errors.invalid(
            path["schedule"], .string(schedule),
            "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
        } else if spec.has("timeZone") {
          errors.invalid(
            path["schedule"], .string(schedule),
            "cannot use both timeZone field and TZ or CRON_TZ in schedule")
        }
      }
    }
    errors.negative(path["startingDeadlineSeconds"], spec["startingDeadlineSeconds"])
    if let zone = spec["timeZone"]?.string, live?[path: "spec", "timeZone"] != spec["timeZone"],
      let problem = TimeZoneName.problem(of: zone)
    {
      errors.invalid(path["timeZone"], .string(zone), problem)
    }
    errors.choice(
      path["concurrencyPolicy"], spec.text("concurrencyPolicy"), ["Allow", "Forbid", "Replace"])
    let template = path["jobTemplate"]["spec"]
    let jobSpec = spec[path: "jobTemplate", "spec"] ?? .null
    JobCheck.spec(jobSpec, template, &errors)
    if let selector = jobSpec["selector"] {
      errors.invalid(template["selector"], selector, "`selector` will be auto-generated")
    }
    if jobSpec.flag("manualSelector") {
      errors.notSupported(template["manualSelector"], true, ["nil", "false"])
    }
    errors.negative(path["successfulJobsHistoryLimit"], spec["successfulJobsHistoryLimit"])
    errors.negative(path["failedJobsHistoryLimit"], spec["failedJobsHistoryLimit"])
    if live == nil, job.name.utf8.count > 52 {
      errors.invalid(FieldPath("metadata.name"), .string(job.name), "must be no more than 52 bytes")
    }
  }
}
