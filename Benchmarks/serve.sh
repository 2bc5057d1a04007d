#!/usr/bin/env bash
# Measures an embedded cluster on its port with wrk (Debian: wrk): serve.sh MESHCTL [PODS…]
# Requests a second, 99th percentile and memory, with as many pods as asked for, 1,000 and 10,000 by default.
set -euo pipefail

meshctl=$(realpath "${1:?usage: serve.sh MESHCTL [PODS…]}")
shift
[ $# -gt 0 ] || set -- 1000 10000
folder=$(mktemp -d)
server=""
cleanup() {
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder"

cat >request.lua <<'END'
-- wrk's arguments: METHOD TYPE BODY; @SLOT@ and @COUNT@ in the path or the body are numbers that change.
local method, kind, body, count = "GET", nil, nil, 0
function init(arguments)
  method, kind, body = arguments[1] or "GET", arguments[2], arguments[3]
  target = wrk.path
  math.randomseed(tonumber(tostring({}):sub(8), 16) % 2147483647)
  thread = math.random(1, 1000000)
end
function request()
  count = count + 1
  local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN"), ["Content-Type"] = kind }
  local slot = tostring(count % 50)
  local text = body and body:gsub("@COUNT@", thread .. "-" .. count):gsub("@SLOT@", slot)
  return wrk.format(method, (target:gsub("@SLOT@", slot)), headers, text)
end
function done(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("%.0f requests/s, p99 %.1f ms, %d failed\n",
    summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000, failed))
end
END

measure() {
  local title=$1 path=$2
  shift 2
  printf '  %-44s' "$title"
  TOKEN=$token wrk -t 2 -c 16 -d 5s --latency -s request.lua "$url$path" -- "$@" | tail -n 1
}

for pods in "$@"; do
  python3 - "$pods" >pods.yaml <<'END'
import json, sys
pods = int(sys.argv[1])
capacity = {"cpu": "64", "memory": "256Gi", "pods": "250"}
for index in range(pods // 200 + 1):
    print("---\n" + json.dumps({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": f"node-{index}"},
        "status": {"capacity": capacity, "allocatable": capacity,
                   "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady"}]}}))
for index in range(pods // 50):
    labels = {"app": f"app-{index}"}
    print("---\n" + json.dumps({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": f"app-{index}", "namespace": "default"},
        "spec": {"replicas": 50, "selector": {"matchLabels": labels}, "template": {
            "metadata": {"labels": labels},
            "spec": {"containers": [{"name": "main", "image": "nginx:1.25", "ports": [{"containerPort": 80}],
                                     "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}}}]}}}}))
END
  rm -rf state
  "$meshctl" sim up --from pods.yaml --cluster load --state state >up 2>&1
  echo "$pods pods ($(sed -n 's/.*refused, //p' up)):"
  python3 - "$meshctl" <<'END'
import subprocess, sys, time
start = time.monotonic()
server = subprocess.Popen([sys.argv[1], "sim", "serve", "--state", "state"], stdout=subprocess.PIPE, text=True)
server.stdout.readline()
print(f"  {'start-up with these objects':44}{(time.monotonic() - start) * 1000:.0f} ms")
server.terminate()
server.wait()
END
  rm -f ready
  "$meshctl" sim serve --state state --kubeconfig kubeconfig >ready 2>log &
  server=$!
  until [ -s ready ]; do sleep 0.05; done
  url=$(sed -n 's/.* at \(https:[^;]*\);.*/\1/p' ready)
  token=$(awk '/token:/ { gsub("\"", "", $2); print $2; exit }' kubeconfig)
  pod=$(kubectl --kubeconfig kubeconfig get pods --output 'jsonpath={.items[0].metadata.name}')
  namespace=/api/v1/namespaces/default
  measure "get of one pod" "$namespace/pods/$pod"
  measure "list of 50 pods by label" "$namespace/pods?labelSelector=app%3Dapp-1"
  measure "list of 500 pods, a page" "$namespace/pods?limit=500"
  measure "list of all pods" "/api/v1/pods"
  measure "server-side apply of a ConfigMap" "$namespace/configmaps/slot-@SLOT@?fieldManager=load&force=true" \
    PATCH application/apply-patch+yaml \
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"slot-@SLOT@"},"data":{"count":"@COUNT@"}}'
  printf '  %-44s%s MB\n' "memory at the end" "$(($(ps -o rss= -p "$server") / 1024))"
  kill -TERM "$server"
  wait "$server"
  server=""
done
