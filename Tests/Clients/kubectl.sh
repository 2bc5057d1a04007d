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
# says PATTERN COMMAND…: what the command prints, on either stream, has a line like this; however it ends.
says() {
  local pattern=$1 found
  shift
  found=$("$@" 2>&1 || true)
  grep -Eq -- "$pattern" <<<"$found" || { echo "wanted: $pattern"$'\n'"found:  $found" >&2; return 1; }
}
# fails COMMAND…: the command does.
fails() {
  if "$@" >/dev/null 2>&1; then echo "did not fail: $*" >&2; return 1; fi
}

step="versions and resources"
says '"serverVersion"' "$kubectl" version --output json
says '^deployments.apps$' "$kubectl" api-resources --output name
says '^apps/v1$' "$kubectl" api-versions
says '^ok$' "$kubectl" get --raw /readyz
says 'FIELD: replicas' "$kubectl" explain deployment.spec.replicas
[ "$("$kubectl" get nodes --no-headers | grep -c ' Ready ')" -ge 1 ]
says '"swagger":"2.0"' "$kubectl" get --raw /openapi/v2
says 'v1beta1.metrics.k8s.io +kube-system/metrics-server +True' "$kubectl" get apiservices
says 'ComponentStatus is deprecated in v1.19\+' "$kubectl" get componentstatuses

step="create"
is "namespace/$namespace created" "$kubectl" create namespace "$namespace"
is "deployment.apps/web created" k create deployment web --image nginx:1.25 --replicas 2 --port 80
is "configmap/settings created" k create configmap settings --from-literal color=red
is "secret/keys created" k create secret generic keys --from-literal token=abc
is "serviceaccount/robot created" k create serviceaccount robot

step="create, of every kind there is a generator for"
[[ $(k create deployment dry --image a --dry-run=client --output yaml) == *"kind: Deployment"* ]]
is "deployment.apps/dry created (server dry run)" k create deployment dry --image a --dry-run=server
is "role.rbac.authorization.k8s.io/reader created" k create role reader --verb get,list --resource pods
is "rolebinding.rbac.authorization.k8s.io/reader created" \
  k create rolebinding reader --role reader --serviceaccount "$namespace:robot"
is "clusterrole.rbac.authorization.k8s.io/$namespace created" \
  k create clusterrole "$namespace" --verb get --resource nodes
is "clusterrolebinding.rbac.authorization.k8s.io/$namespace created" \
  k create clusterrolebinding "$namespace" --clusterrole "$namespace" --user ann
is "resourcequota/limits created" k create quota limits --hard pods=100
is "poddisruptionbudget.policy/web created" k create pdb web --selector app=web --min-available 1
is "ingress.networking.k8s.io/shop created" k create ingress shop --rule 'shop.example/*=web:80'
is "priorityclass.scheduling.k8s.io/$namespace created" k create priorityclass "$namespace" --value 10
is "service/inside created" k create service clusterip inside --tcp 80:8080
is "service/outside created" k create service nodeport outside --tcp 80:8080
is "service/balanced created" k create service loadbalancer balanced --tcp 80:8080
is "service/elsewhere created" k create service externalname elsewhere --external-name example.com
is "secret/registry created" \
  k create secret docker-registry registry --docker-username a --docker-password b

step="rollout"
says 'successfully rolled out' k rollout status deployment web --timeout 60s
is "deployment.apps/web image updated" k set image deployment/web nginx=nginx:1.26
says 'successfully rolled out' k rollout status deployment web --timeout 60s
[ "$(k rollout history deployment web | grep -c '^[12] ')" = 2 ]
is "deployment.apps/web rolled back" k rollout undo deployment web
k rollout status deployment web --timeout 60s >/dev/null
is nginx:1.25 k get deployment web --output 'jsonpath={.spec.template.spec.containers[0].image}'
is "deployment.apps/web restarted" k rollout restart deployment web
k rollout status deployment web --timeout 60s >/dev/null
says 'Image:.*nginx:1.26' k rollout history deployment web --revision 2
says 'unable to find specified revision 99' k rollout undo deployment web --to-revision 99
is "deployment.apps/web env updated" k set env deployment/web COLOR=red
is "deployment.apps/web resource requirements updated" k set resources deployment/web --requests cpu=10m
is "deployment.apps/web serviceaccount updated" k set serviceaccount deployment/web robot
is "deployment.apps/web paused" k rollout pause deployment web
is "deployment.apps/web resumed" k rollout resume deployment web
k rollout status deployment web --timeout 60s >/dev/null
until [ "$(k get pods --selector app=web --output name | wc -l)" = 2 ]; do sleep 0.1; done

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
says 'Expected replicas to be 9, was 3' k scale deployment web --replicas 1 --current-replicas 9
says '^web +3 +3 ' k get deployment web --subresource scale
is web k get hpa --output 'jsonpath={.items[*].metadata.name}'

step="label, annotate, patch, edit"
is "deployment.apps/web labeled" k label deployment web tier=front
says "'tier' already has a value \(front\), and --overwrite is false" k label deployment web tier=back
is "deployment.apps/web labeled" k label deployment web tier=back --overwrite
is "deployment.apps/web unlabeled" k label deployment web tier-
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
says '^configmap/app configured$' k apply --filename "$folder/app.yaml"
k rollout status statefulset db --timeout 60s >/dev/null
is "db-0 db-1" k get pods --selector app=db --output 'jsonpath={.items[*].metadata.name}'

says 'mode: slow' k apply view-last-applied --filename "$folder/app.yaml"
mkdir -p "$folder/kustomize"
printf 'resources: [../app.yaml]\nnamePrefix: copy-\n' >"$folder/kustomize/kustomization.yaml"
cp "$folder/app.yaml" "$folder/kustomize/app.yaml"
sed -i 's,\.\./,,' "$folder/kustomize/kustomization.yaml"
says 'statefulset.apps/copy-db created' k apply --kustomize "$folder/kustomize"
k delete --kustomize "$folder/kustomize" >/dev/null

step="apply on the server's side"
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "1"}\n' >"$folder/shared.yaml"
is "configmap/shared serverside-applied" k apply --server-side --field-manager one --filename "$folder/shared.yaml"
sed -i 's/"1"/"2"/' "$folder/shared.yaml"
if k apply --server-side --field-manager two --filename "$folder/shared.yaml" 2>"$folder/conflict"; then false; fi
grep -q 'conflict with "one": .data.a' "$folder/conflict"
is "configmap/shared serverside-applied" \
  k apply --server-side --field-manager two --force-conflicts --filename "$folder/shared.yaml"

step="describe everything"
for kind in pods deployments replicasets statefulsets services ingresses hpa pdb quota secrets configmaps \
  serviceaccounts roles rolebindings endpoints endpointslices; do
  says '^Name:' k describe "$kind"
done
for kind in nodes namespaces priorityclasses clusterroles clusterrolebindings crd apiservices; do
  [ -z "$("$kubectl" get "$kind" --output name)" ] || says '^Name:' "$kubectl" describe "$kind"
done

step="look"
says deployment.apps/web k get all --output wide
says '"kind": "List"' k get pods --output json
says 'RollingUpdateStrategy' k describe deployment web
says 'Container ID' k describe pod db-0
says ScalingReplicaSet k events
says '^event/' k get events --field-selector involvedObject.name=web --output name
k logs db-0 >/dev/null
says % "$kubectl" top nodes --no-headers
says '^db-0 +[0-9]+m +[0-9]+Mi' k top pods
says 'web-[a-z0-9-]+ +Running' k get pods --output custom-columns=NAME:.metadata.name,PHASE:.status.phase
says '^pod/db-0$' k get pods --field-selector metadata.name=db-0 --output name
says 'app=db' k get pods --show-labels
says '^ADDED +' timeout 5 "$kubectl" --namespace "$namespace" get pods --watch --output-watch-events
says 'f:replicas' k get deployment web --output yaml --show-managed-fields
says 'ReplicaSet/web-' k events --types Normal

step="commands and files in containers"
is hello k exec db-0 -- echo hello
status=0
k exec db-0 -- sh -c 'exit 3' 2>/dev/null || status=$?
[ "$status" = 3 ]
says 'executable file not found' k exec db-0 -- nosuch
is typed k exec --stdin db-0 -- cat <<<typed
is /tmp k exec --stdin db-0 -- sh <<<$'cd /tmp\npwd'
echo content >"$folder/file"
k cp "$folder/file" db-0:/tmp/file
is content k exec db-0 -- cat /tmp/file
k cp db-0:/tmp/file "$folder/copy" >/dev/null
is content cat "$folder/copy"
says '^hello$' k run once --rm --stdin --restart Never --image busybox -- echo hello
k run ticks --restart Never --image busybox -- \
  sh -c 'i=0; while true; do echo "tick $i"; i=$((i+1)); sleep 1; done' >/dev/null
k wait pod ticks --for condition=Ready --timeout 60s >/dev/null
says '^tick 0$' k logs ticks
says '^tick 2$' timeout 10 "$kubectl" --namespace "$namespace" logs ticks --follow --limit-bytes 40
says '^\[pod/ticks/ticks\] tick' k logs --selector run=ticks --prefix --tail 1
says 'previous terminated container "ticks" in pod "ticks" not found' k logs ticks --previous
k port-forward pod/db-0 :5432 >"$folder/forward" 2>&1 &
forward=$!
until grep -q '^Forwarding from 127' "$folder/forward"; do kill -0 "$forward"; sleep 0.1; done
local_port=$(sed -n 's/^Forwarding from 127.0.0.1:\([0-9]*\) .*/\1/p' "$folder/forward")
is db-0 curl --silent "http://127.0.0.1:$local_port/"
kill "$forward"

step="who may do what"
token=$(k create token robot)
fails k auth can-i list secrets --as "system:serviceaccount:$namespace:robot"
is yes k auth can-i list pods --as "system:serviceaccount:$namespace:robot"
says "cannot list resource \"secrets\" in API group \"\"" \
  k get secrets --as "system:serviceaccount:$namespace:robot"
says "system:serviceaccount:$namespace:robot" k auth whoami --token "$token"
says ' +\[get list\]' k auth can-i --list --as "system:serviceaccount:$namespace:robot"
says '^yes$' k auth can-i create deployments
[ "$(k auth can-i delete pods --as "system:serviceaccount:$namespace:robot" || true)" = no ]
[ -n "$(k create token robot)" ]

step="jobs"
is "job.batch/once created" k create job once --image busybox -- true
k wait job once --for condition=Complete --timeout 60s >/dev/null
says '^Name: +once' k describe job once
is "cronjob.batch/nightly created" k create cronjob nightly --image busybox --schedule '0 2 * * *' -- true

is "job.batch/now created" k create job now --from cronjob/nightly
k wait job now --for condition=Complete --timeout 60s >/dev/null

step="custom resources"
cat >"$folder/definition.yaml" <<END
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.$namespace.example.com
spec:
  group: $namespace.example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {status: {}}
      additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties: {size: {type: integer, minimum: 1, description: How large it is.}}
END
"$kubectl" apply --filename "$folder/definition.yaml" >/dev/null
"$kubectl" wait crd "widgets.$namespace.example.com" --for condition=Established --timeout 30s >/dev/null
printf 'apiVersion: %s.example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 3}\n' "$namespace" \
  >"$folder/widget.yaml"
is "widget.$namespace.example.com/one created" k apply --filename "$folder/widget.yaml"
is "widget.$namespace.example.com/one unchanged" k apply --filename "$folder/widget.yaml"
says '^NAME +SIZE' k get wd
says 'How large it is.' k explain "widgets.$namespace.example.com.spec.size"
sed -i 's/size: 3/size: 0/' "$folder/widget.yaml"
says 'spec.size in body should be greater than or equal to 1' k apply --filename "$folder/widget.yaml"
k delete wd --all >/dev/null
"$kubectl" delete --filename "$folder/definition.yaml" >/dev/null

step="nodes"
node=$(k get pod db-0 --output 'jsonpath={.spec.nodeName}')
is "node/$node tainted" "$kubectl" taint node "$node" keep=away:PreferNoSchedule
is "node/$node untainted" "$kubectl" taint node "$node" keep-
is "node/$node labeled" "$kubectl" label node "$node" disk=ssd
is "node/$node unlabeled" "$kubectl" label node "$node" disk-

step="drain"
k delete pod ticks --grace-period 0 --force >/dev/null 2>&1
k create pdb stay --selector app=db --min-available 2 >/dev/null
says "would violate the pod's disruption budget" \
  "$kubectl" drain "$node" --ignore-daemonsets --force --pod-selector app=db --timeout 2s
k delete pdb stay web >/dev/null
"$kubectl" drain "$node" --ignore-daemonsets --delete-emptydir-data --force --timeout 90s >/dev/null 2>&1
says SchedulingDisabled "$kubectl" get node "$node"
is "node/$node uncordoned" "$kubectl" uncordon "$node"

step="delete"
says 'Immediate deletion does not wait' k delete pod --selector app=web --grace-period 0 --force
k delete deployment web --cascade=orphan >/dev/null
[ -n "$(k get replicasets --selector app=web --output name)" ]
k delete replicasets --all >/dev/null
k wait pod --selector app=web --for delete --timeout 60s >/dev/null 2>&1
k create deployment web --image nginx:1.25 >/dev/null
says '^configmap "shared" deleted' k delete configmap shared
k replace --filename "$folder/app.yaml" >/dev/null
k delete --filename "$folder/app.yaml" >/dev/null
is "" k get configmap app --ignore-not-found
if k get pod nobody 2>"$folder/missing"; then false; fi
grep -qx 'Error from server (NotFound): pods "nobody" not found' "$folder/missing"
echo "kubectl $("$kubectl" version --client --output json | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p'): all steps as on a real cluster"
