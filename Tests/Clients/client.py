#!/usr/bin/env python3
"""Uses an embedded cluster with the Python client, typed and dynamic: client.py NAMESPACE"""
import base64
import json
import sys
import threading

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock
from kubernetes.stream import portforward, stream

namespace = sys.argv[1]
config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()


def wait_until(what, list_function, is_done, **selection):
    for event in watch.Watch().stream(list_function, namespace, timeout_seconds=60, **selection):
        if is_done(event["object"]):
            return event["object"]
    raise SystemExit("waited a minute for " + what)


def refused(status, function, *arguments, **options):
    """The body of the error that the call must end with."""
    try:
        function(*arguments, **options)
    except client.ApiException as error:
        assert error.status == status, error
        return json.loads(error.body) if error.body else {}
    raise SystemExit(f"{function.__name__} was not refused")


# What there is.
version = client.VersionApi().get_code()
assert version.major == "1" and int(version.minor) >= 36, version
assert any(group.name == "apps" for group in client.ApisApi().get_api_versions().groups)
assert any(resource.name == "pods/exec" for resource in core.get_api_resources().resources)

# Deployments and their pods.
core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=namespace)))
container = client.V1Container(name="web", image="nginx:1.25", ports=[client.V1ContainerPort(container_port=80)])
template = client.V1PodTemplateSpec(
    metadata=client.V1ObjectMeta(labels={"app": "web"}), spec=client.V1PodSpec(containers=[container]))
apps.create_namespaced_deployment(namespace, client.V1Deployment(
    metadata=client.V1ObjectMeta(name="web"),
    spec=client.V1DeploymentSpec(
        replicas=2, selector=client.V1LabelSelector(match_labels={"app": "web"}), template=template)))
deployment = wait_until(
    "the deployment", apps.list_namespaced_deployment, lambda d: (d.status.available_replicas or 0) == 2,
    field_selector="metadata.name=web")
assert deployment.status.observed_generation == 1, deployment.status

scale = apps.read_namespaced_deployment_scale("web", namespace)
scale.spec.replicas = 3
apps.replace_namespaced_deployment_scale("web", namespace, scale)
wait_until(
    "three pods", apps.list_namespaced_deployment, lambda d: d.status.available_replicas == 3,
    field_selector="metadata.name=web")
pods = core.list_namespaced_pod(namespace, label_selector="app=web").items
assert len(pods) == 3 and all(pod.status.pod_ip for pod in pods), pods

first = core.list_namespaced_pod(namespace, limit=2)
rest = core.list_namespaced_pod(namespace, limit=2, _continue=first.metadata._continue)
assert len(first.items) == 2 and first.metadata.remaining_item_count == 1 and len(rest.items) == 1

assert refused(404, core.read_namespaced_pod, "nobody", namespace)["reason"] == "NotFound"

# Inside of pods.
web = pods[0].metadata.name

answer = stream(
    core.connect_get_namespaced_pod_exec, web, namespace, command=["echo", "hello"],
    stdout=True, stderr=True, stdin=False, tty=False)
assert answer == "hello\n", repr(answer)
session = stream(
    core.connect_get_namespaced_pod_exec, web, namespace, command=["sh"], stdout=True, stderr=True, stdin=True,
    tty=False, _preload_content=False)
session.write_stdin("cd /tmp\npwd\n")
assert session.readline_stdout(timeout=10) == "/tmp"
session.write_stdin("echo wrong >&2; exit 3\n")
session.run_forever(timeout=10)
assert session.read_stderr() == "wrong\n" and session.returncode == 3
ports = portforward(core.connect_get_namespaced_pod_portforward, web, namespace, ports="80")
socket = ports.socket(80)
socket.setblocking(True)
socket.settimeout(10)
socket.sendall(b"GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n")
assert socket.recv(1 << 16).startswith(b"HTTP/1.1 200 OK")
assert ports.error(80) is None
assert core.read_namespaced_pod_log(web, namespace, tail_lines=1, timestamps=True)
for line in watch.Watch().stream(core.read_namespaced_pod_log, web, namespace):
    assert line
    break

# Watches: from a version on, from one that is forgotten, with bookmarks.
start = core.list_namespaced_config_map(namespace).metadata.resource_version
core.create_namespaced_config_map(namespace, {"metadata": {"name": "seen"}})
core.patch_namespaced_config_map("seen", namespace, {"data": {"a": "b"}})
core.delete_namespaced_config_map("seen", namespace)
changes = [
    event["type"] for event in watch.Watch().stream(
        core.list_namespaced_config_map, namespace, resource_version=start, timeout_seconds=1)]
assert changes == ["ADDED", "MODIFIED", "DELETED"], changes
later = str(int(start) + 1_000_000)
refused(504, core.list_namespaced_config_map, namespace, resource_version=later)
assert list(watch.Watch().stream(
    core.list_namespaced_config_map, namespace, allow_watch_bookmarks=True, timeout_seconds=1))

# Writes: conflicts, invalid objects, dry runs, patches of every type, preconditions.
map_ = core.create_namespaced_config_map(namespace, client.V1ConfigMap(
    metadata=client.V1ObjectMeta(name="written", labels={"kind": "test"}), data={"a": "1"}))
core.patch_namespaced_config_map("written", namespace, [{"op": "add", "path": "/data/b", "value": "2"}])
assert refused(409, core.replace_namespaced_config_map, "written", namespace, map_)["reason"] == "Conflict"
assert refused(422, core.create_namespaced_config_map, namespace, {"metadata": {"name": "No_Name"}})[
    "details"]["causes"]
core.create_namespaced_config_map(namespace, {"metadata": {"generateName": "dry-"}}, dry_run="All")
for number, kind in enumerate(["merge", "strategic-merge"]):
    core.patch_namespaced_config_map(
        "written", namespace, {"data": {"c": str(number)}}, _content_type=f"application/{kind}-patch+json")
applied = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "written"}, "data": {"c": "9"}}
core.patch_namespaced_config_map(
    "written", namespace, applied, field_manager="one", force=True, _content_type="application/apply-patch+yaml")
applied["data"]["c"] = "10"
conflict = refused(
    409, core.patch_namespaced_config_map, "written", namespace, applied, field_manager="two",
    _content_type="application/apply-patch+yaml")
assert "conflict with \"one\"" in conflict["message"], conflict
refused(
    409, core.delete_namespaced_config_map, "written", namespace,
    body=client.V1DeleteOptions(preconditions=client.V1Preconditions(uid="another")))
core.delete_collection_namespaced_config_map(namespace, label_selector="kind=test")
refused(404, core.read_namespaced_config_map, "written", namespace)
secret = core.create_namespaced_secret(
    namespace, client.V1Secret(metadata=client.V1ObjectMeta(name="secret"), string_data={"key": "value"}))
assert base64.b64decode(secret.data["key"]) == b"value"
service = {
    "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
    "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}
utils.create_from_yaml(client.ApiClient(), yaml_objects=[service], namespace=namespace)
try:
    utils.create_from_yaml(client.ApiClient(), yaml_objects=[service], namespace=namespace)
    raise SystemExit("a Service was made twice")
except utils.FailToCreateError as error:
    assert "already exists" in str(error)

# Who may do what.
rbac = client.RbacAuthorizationV1Api()
core.create_namespaced_service_account(namespace, {"metadata": {"name": "robot"}})
token = core.create_namespaced_service_account_token("robot", namespace, {"spec": {"audiences": []}}).status.token
limited = client.Configuration.get_default_copy()
limited.refresh_api_key_hook = None
limited.api_key = {"authorization": "Bearer " + token}
robot = client.CoreV1Api(client.ApiClient(limited))
assert f"system:serviceaccount:{namespace}:robot" in refused(403, robot.list_namespaced_pod, namespace)["message"]
rbac.create_namespaced_role(namespace, {
    "metadata": {"name": "reader"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]}]})
rbac.create_namespaced_role_binding(namespace, {
    "metadata": {"name": "reader"},
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"},
    "subjects": [{"kind": "ServiceAccount", "name": "robot", "namespace": namespace}]})
assert robot.list_namespaced_pod(namespace).items
refused(403, robot.delete_namespaced_pod, web, namespace)
question = {"spec": {"resourceAttributes": {"verb": "list", "resource": "pods", "namespace": namespace}}}
assert client.AuthorizationV1Api().create_self_subject_access_review(question).status.allowed
assert client.AuthenticationV1Api().create_token_review({"spec": {"token": token}}).status.authenticated

# Custom resources.
group = f"{namespace}.example.com"
definitions = client.ApiextensionsV1Api()
definitions.create_custom_resource_definition({
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "metadata": {"name": f"widgets.{group}"},
    "spec": {
        "group": group, "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"},
        "versions": [{
            "name": "v1", "served": True, "storage": True, "subresources": {"status": {}},
            "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "spec": {"type": "object", "properties": {"size": {"type": "integer", "minimum": 1}}},
                "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}}}]}})
for event in watch.Watch().stream(
        definitions.list_custom_resource_definition, field_selector=f"metadata.name=widgets.{group}",
        timeout_seconds=60):
    conditions = {c.type: c.status for c in (event["object"].status and event["object"].status.conditions) or []}
    if conditions.get("Established") == "True":
        break
custom = client.CustomObjectsApi()
widget = {"apiVersion": f"{group}/v1", "kind": "Widget", "metadata": {"name": "one"}, "spec": {"size": 3}}
custom.create_namespaced_custom_object(group, "v1", namespace, "widgets", widget)
custom.patch_namespaced_custom_object_status(
    group, "v1", namespace, "widgets", "one", {"status": {"ready": True}})
refused(
    422, custom.patch_namespaced_custom_object, group, "v1", namespace, "widgets", "one", {"spec": {"size": 0}})
assert custom.get_namespaced_custom_object(group, "v1", namespace, "widgets", "one")["status"] == {"ready": True}
definitions.delete_custom_resource_definition(f"widgets.{group}")
use = custom.list_namespaced_custom_object("metrics.k8s.io", "v1beta1", namespace, "pods")
assert use["items"] and use["items"][0]["containers"][0]["usage"]["cpu"]

# A lock that one of several programs holds.
leads = threading.Event()
lock = electionconfig.Config(
    ConfigMapLock("leader", namespace, "me"), lease_duration=17, renew_deadline=15, retry_period=5,
    onstarted_leading=leads.set, onstopped_leading=lambda: None)
threading.Thread(target=leaderelection.LeaderElection(lock).run, daemon=True).start()
assert leads.wait(60)

# Everything again, without types.

dynamic_client = dynamic.DynamicClient(client.ApiClient())
config_maps = dynamic_client.resources.get(api_version="v1", kind="ConfigMap")
config_maps.create(namespace=namespace, body={"metadata": {"name": "settings"}, "data": {"a": "1"}})
config_maps.patch(
    namespace=namespace, name="settings", body={"data": {"b": "2"}}, content_type="application/merge-patch+json")
assert config_maps.get(namespace=namespace, name="settings").data.to_dict() == {"a": "1", "b": "2"}
applied = config_maps.server_side_apply(
    namespace=namespace, field_manager="tests", body={
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"c": "3"}})
assert applied.metadata.managedFields[0].manager == "tests"

core.delete_namespace(namespace)
print("Python client", client.__version__ if hasattr(client, "__version__") else "", "as on a real cluster")
