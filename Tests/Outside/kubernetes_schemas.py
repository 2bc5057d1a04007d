"""Core Kubernetes objects, judged by the API's own JSON Schemas in kubernetes-validate, in strict mode."""

import kubernetes_validate
from kubernetes_validate.utils import SchemaNotFoundError, ValidationError, latest_version

from problem import Problem, field_path

VERSION = latest_version()


# The groups that an API server has without any CustomResourceDefinition.
GROUPS = {"", "apps", "autoscaling", "batch", "policy"} | {
    f"{name}.k8s.io" for name in (
        "admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization",
        "certificates", "coordination", "discovery", "events", "flowcontrol.apiserver", "networking", "node",
        "rbac.authorization", "resource", "scheduling", "storage")}


def judge(manifest):
  """The problems of a core object, or None when it is not one."""
  if manifest.group not in GROUPS:
    return None
  try:
    kubernetes_validate.validate(manifest.object, VERSION, strict=True)
  except ValidationError as error:
    return [Problem("kubernetes", field_path(error.path), error.message)]
  except SchemaNotFoundError:
    return [Problem("kubernetes", "kind", f"Kubernetes {VERSION} has no {manifest.kind} in "
                    f"{manifest.object.get('apiVersion')}")]
  return []
