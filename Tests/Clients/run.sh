#!/usr/bin/env bash
# Has real clients use an embedded cluster on its port: run.sh MESHCTL
# Two versions of kubectl, the Python client, and the recorded exchanges of a real control plane where they are at hand.
set -euo pipefail

meshctl=$(realpath "${1:?usage: run.sh MESHCTL}")
here=$(cd "$(dirname "$0")" && pwd)
python=$("$here/../Outside/setup.sh")
folder=$(mktemp -d)
server=""

stop_server() {
  [ -n "$server" ] || return 0
  kill -TERM "$server"
  local status=0
  wait "$server" || status=$?
  server=""
  [ "$status" = 0 ] || { echo "error: sim serve ended with status $status" >&2; cat "$folder/log" >&2; return 1; }
}

start_server() {
  rm -f "$folder/ready"
  "$meshctl" sim serve --state "$folder/state" --port 0 --kubeconfig "$folder/kubeconfig" \
    >"$folder/ready" 2>"$folder/log" &
  server=$!
  # The line is there when the cluster can be reached; the process ends if it cannot.
  until [ -s "$folder/ready" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.05
  done
}

cleanup() {
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT

start_server
export KUBECONFIG=$folder/kubeconfig
kubectls=("$(dirname "$python")/kubectl")
other=$(command -v kubectl || true)
[ -z "$other" ] || kubectls+=("$other")
number=0
for kubectl in "${kubectls[@]}"; do
  number=$((number + 1))
  "$here/kubectl.sh" "$kubectl" "shop$number" "$folder"
done
"$python" "$here/client.py" python

# What was made is still there after a stop.
stop_server
start_server
kubectl=${kubectls[0]}
"$kubectl" get deployment web --namespace shop1 --output name | grep -qx deployment.apps/web

conformance=$here/../../../shared/conformance
if [ -d "$conformance" ]; then
  url=$("$kubectl" config view --raw --output 'jsonpath={.clusters[0].cluster.server}')
  token=$("$kubectl" config view --raw --output 'jsonpath={.users[0].user.token}')
  "$python" "$conformance/run.py" check --server "$url" --token "$token" --insecure --jobs 4 --no-fake-kubelet \
    --scenarios "$conformance/scenarios" --golden "$conformance/golden" >"$folder/conformance" || {
    cat "$folder/conformance" >&2
    exit 1
  }
  tail -n 1 "$folder/conformance"
else
  echo "skipped: the recorded exchanges are not at hand"
fi
stop_server
"$python" "$here/kills.py" "$meshctl" 100 "$RANDOM"
