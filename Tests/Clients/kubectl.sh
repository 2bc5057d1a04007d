#!/usr/bin/env bash
# A day with kubectl in a namespace of its own: kubectl.sh KUBECTL NAMESPACE FOLDER
# Each step checks what it did; the first that is not as on a real cluster ends it.
set -euo pipefail

kubectl=$1
namespace=$2
folder=$3/$namespace
mkdir -p "$folder"
step="start"
trap 'echo "error: $($kubectl version --client | head -n 1): $step" >&2' ERR

k() { "$kubectl" --namespace "$namespace" "$@"; }
# is WANTED COMMAND…: what the command prints.
is() {
  local wanted=$1 found
  shift
  found=$("$@")
  [ "$found" = "$wanted" ] || { echo "wanted: $wanted"$'\n'"found:  $found" >&2; return 1; }
}

step="versions and resources"
"$kubectl" version --output json | grep -q '"serverVersion"'
"$kubectl" api-resources --output name | grep -qx deployments.apps
"$kubectl" api-versions | grep -qx apps/v1
"$kubectl" get --raw /readyz | grep -qx ok
"$kubectl" explain deployment.spec.replicas | grep -q 'FIELD: replicas'
[ "$("$kubectl" get nodes --no-headers | grep -c ' Ready ')" -ge 1 ]

step="create"
is "namespace/$namespace created" "$kubectl" create namespace "$namespace"
is "deployment.apps/web created" k create deployment web --image nginx:1.25 --replicas 2 --port 80
is "configmap/settings created" k create configmap settings --from-literal color=red
is "secret/keys created" k create secret generic keys --from-literal token=abc
is "serviceaccount/robot created" k create serviceaccount robot

step="rollout"
k rollout status deployment web --timeout 60s | grep -q 'successfully rolled out'
is "deployment.apps/web image updated" k set image deployment/web nginx=nginx:1.26
k rollout status deployment web --timeout 60s | grep -q 'successfully rolled out'
[ "$(k rollout history deployment web | grep -c '^[12] ')" = 2 ]
is "deployment.apps/web rolled back" k rollout undo deployment web
k rollout status deployment web --timeout 60s >/dev/null
is nginx:1.25 k get deployment web --output 'jsonpath={.spec.template.spec.containers[0].image}'
is "deployment.apps/web restarted" k rollout restart deployment web
k rollout status deployment web --timeout 60s >/dev/null
is "deployment.apps/web paused" k rollout pause deployment web
is "deployment.apps/web resumed" k rollout resume deployment web

step="scale, expose, autoscale"
is "deployment.apps/web scaled" k scale deployment web --replicas 3
k wait deployment web --for 'jsonpath={.status.availableReplicas}=3' --timeout 60s >/dev/null
is "service/web exposed" k expose deployment web --port 80
[ -n "$(k get service web --output 'jsonpath={.spec.clusterIP}')" ]
k wait pod --selector app=web --for condition=Ready --timeout 60s >/dev/null
is 3 k get endpointslices --selector kubernetes.io/service-name=web \
  --output 'go-template={{range .items}}{{len .endpoints}}{{end}}'
k autoscale deployment web --min 2 --max 4 --cpu-percent 80 >/dev/null 2>&1 ||
  k autoscale deployment web --min 2 --max 4 --cpu 80% >/dev/null
is web k get hpa --output 'jsonpath={.items[*].metadata.name}'

step="label, annotate, patch, edit"
is "deployment.apps/web labeled" k label deployment web tier=front
is "deployment.apps/web annotated" k annotate deployment web note=hello
is "configmap/settings patched" k patch configmap settings --patch '{"data":{"size":"2"}}'
is "configmap/settings patched" k patch configmap settings --type json \
  --patch '[{"op":"add","path":"/data/shape","value":"round"}]'
is "configmap/settings patched (no change)" k patch configmap settings --type merge --patch '{"data":{"size":"2"}}'
is "red 2 round" k get configmap settings --output 'jsonpath={.data.color} {.data.size} {.data.shape}'
is "configmap/settings edited" env EDITOR="sed -i s/red/blue/" "$kubectl" --namespace "$namespace" edit configmap settings

step="apply on the client's side, diff, prune by hand"
cat >"$folder/app.yaml" <<'END'
apiVersion: v1
kind: ConfigMap
metadata:
  name: app
data:
  mode: fast
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers:
        - name: db
          image: postgres:16
          ports: [{containerPort: 5432}]
END
k apply --filename "$folder/app.yaml" | sort | diff - <(printf '%s\n' "configmap/app created" "statefulset.apps/db created")
k apply --filename "$folder/app.yaml" | sort |
  diff - <(printf '%s\n' "configmap/app unchanged" "statefulset.apps/db unchanged")
sed -i 's/mode: fast/mode: slow/' "$folder/app.yaml"
status=0
k diff --filename "$folder/app.yaml" >"$folder/difference" || status=$?
[ "$status" = 1 ]
grep -q '^+  mode: slow' "$folder/difference"
k apply --filename "$folder/app.yaml" | grep -qx 'configmap/app configured'
k rollout status statefulset db --timeout 60s >/dev/null
is "db-0 db-1" k get pods --selector app=db --output 'jsonpath={.items[*].metadata.name}'

step="apply on the server's side"
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "1"}\n' >"$folder/shared.yaml"
is "configmap/shared serverside-applied" k apply --server-side --field-manager one --filename "$folder/shared.yaml"
sed -i 's/"1"/"2"/' "$folder/shared.yaml"
if k apply --server-side --field-manager two --filename "$folder/shared.yaml" 2>"$folder/conflict"; then false; fi
grep -q 'conflict with "one": .data.a' "$folder/conflict"
is "configmap/shared serverside-applied" \
  k apply --server-side --field-manager two --force-conflicts --filename "$folder/shared.yaml"

step="look"
k get all --output wide | grep -q deployment.apps/web
k get pods --output json | grep -q '"kind": "List"'
k describe deployment web | grep -q 'RollingUpdateStrategy'
k describe pod db-0 | grep -q 'Container ID'
k events | grep -q ScalingReplicaSet
k get events --field-selector involvedObject.name=web --output name | grep -q '^event/'
k logs db-0 >/dev/null
k exec db-0 -- echo hello | grep -qx hello
"$kubectl" top nodes --no-headers | grep -q %
k auth can-i create deployments | grep -qx yes
[ "$(k auth can-i delete pods --as "system:serviceaccount:$namespace:robot" || true)" = no ]
[ -n "$(k create token robot)" ]

step="jobs"
is "job.batch/once created" k create job once --image busybox -- true
k wait job once --for condition=Complete --timeout 60s >/dev/null
is "cronjob.batch/nightly created" k create cronjob nightly --image busybox --schedule '0 2 * * *' -- true

step="drain"
node=$(k get pod db-0 --output 'jsonpath={.spec.nodeName}')
"$kubectl" drain "$node" --ignore-daemonsets --delete-emptydir-data --force --timeout 90s >/dev/null 2>&1
"$kubectl" get node "$node" | grep -q SchedulingDisabled
is "node/$node uncordoned" "$kubectl" uncordon "$node"

step="delete"
k delete configmap shared | grep -q '^configmap "shared" deleted'
k replace --filename "$folder/app.yaml" >/dev/null
k delete --filename "$folder/app.yaml" >/dev/null
is "" k get configmap app --ignore-not-found
if k get pod nobody 2>"$folder/missing"; then false; fi
grep -qx 'Error from server (NotFound): pods "nobody" not found' "$folder/missing"
echo "kubectl $("$kubectl" version --client --output json | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p'): all steps as on a real cluster"
