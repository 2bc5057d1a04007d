#!/usr/bin/env python3
"""Uses an embedded cluster with the Python client, typed and dynamic: client.py NAMESPACE"""
import sys

from kubernetes import client, config, dynamic, watch
from kubernetes.stream import stream

namespace = sys.argv[1]
config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()


def wait_until(what, list_function, is_done, **selection):
    for event in watch.Watch().stream(list_function, namespace, timeout_seconds=60, **selection):
        if is_done(event["object"]):
            return event["object"]
    raise SystemExit("waited a minute for " + what)


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

try:
    core.read_namespaced_pod("nobody", namespace)
    raise SystemExit("a pod that is not there was read")
except client.ApiException as error:
    assert error.status == 404 and error.reason == "Not Found", error

answer = stream(
    core.connect_get_namespaced_pod_exec, pods[0].metadata.name, namespace, command=["echo", "hello"],
    stdout=True, stderr=True, stdin=False, tty=False)
assert answer == "hello\n", repr(answer)

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
