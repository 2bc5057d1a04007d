#!/usr/bin/env bash
# Makes the outside tools ready: promtool and redis-server from Debian's packages, the rest in a Python
# environment in .build/outside-venv. Prints the path of that environment's python. No service is started.
set -euo pipefail
cd "$(dirname "$0")"
venv=$(realpath -m "${OUTSIDE_VENV:-../../.build/outside-venv}")

install_packages() {
  command -v apt-get >/dev/null || {
    echo "error: ${needed[*]} is missing; install it by hand" >&2
    exit 2
  }
  local sudo="" policy=/usr/sbin/policy-rc.d has_policy=1
  [ "$(id -u)" = 0 ] || sudo=sudo
  # Status 101 forbids package scripts to start their service.
  [ -e "$policy" ] || has_policy=0
  [ "$has_policy" = 1 ] || printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
  [ "$has_policy" = 1 ] || $sudo chmod 755 "$policy"
  local status=0
  {
    $sudo apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${needed[@]}"
  } >/dev/null 2>"$log" || status=$?
  [ "$has_policy" = 1 ] || $sudo rm -f "$policy"
  # Nor is a service of theirs to start when the machine does; those that were there before stay as they are.
  [ -d /run/systemd/system ] && $sudo systemctl disable --quiet "${needed[@]}" 2>/dev/null || true
  [ "$status" = 0 ] || {
    cat "$log" >&2
    exit 3
  }
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
needed=()
command -v promtool >/dev/null || needed+=(prometheus)
command -v redis-server >/dev/null || needed+=(redis-server)
python3 -c 'import ensurepip' 2>/dev/null || needed+=(python3-venv)
[ "${#needed[@]}" = 0 ] || install_packages

if ! cmp -s requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
    echo "error: the outside tools need Python 3.10 or later" >&2
    exit 2
  }
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r requirements.txt >&2
  cp requirements.txt "$venv/requirements.txt"
fi
echo "$venv/bin/python"
