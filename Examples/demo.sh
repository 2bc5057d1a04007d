#!/usr/bin/env bash
# The main job on the embedded clusters: a Git repository is made from Examples/microservices and synced to
# two clusters; user-service is rolled out to a good version, then to a bad one. Each command is printed
# before it runs.
set -euo pipefail

meshctl=$(realpath "${1:?usage: demo.sh MESHCTL}")
source "$(dirname "$0")/shop.sh"
export PATH="$(dirname "$meshctl"):$PATH"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() {
  printf '\n$ %s\n' "$*"
  "$@"
}
# Runs a command that is to end with the given status.
expect() {
  local wanted=$1 status=0
  shift
  run "$@" || status=$?
  echo "(exit status $status)"
  [ "$status" = "$wanted" ] || {
    echo "demo: expected exit status $wanted" >&2
    exit 1
  }
}
release() {
  run sed -i.old "s|user-service:[0-9.]*|user-service:$1|" user-service.yaml
  rm -f user-service.yaml.old
  run git commit -qam "user-service $1"
}

say "A Git repository with the topology"
run git init -q -b main "$folder/shop"
cd "$folder/shop"
run cp "$examples"/microservices/*.yaml .
run git add .
run git commit -qm "The shop as it runs today"
expect 0 meshctl validate

say "Two embedded clusters are brought to what the commit declares"
expect 0 meshctl sync --quiet

say "A good release: promoted"
release 1.5.0
expect 0 meshctl rollout user-service --canary 20 --plan
expect 0 meshctl rollout user-service --canary 20
say "The recovery region follows"
expect 0 meshctl sync --quiet

say "A bad release: found out on a fifth of the traffic, and rolled back"
release 1.6.0
expect 1 meshctl rollout user-service --canary 20

say "What happened"
expect 0 meshctl rollout history user-service
