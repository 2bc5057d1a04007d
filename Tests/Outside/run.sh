#!/usr/bin/env bash
# Renders Examples/microservices with the given meshctl and has every object judged: run.sh MESHCTL
# The checker itself is checked first.
set -euo pipefail

meshctl=$(realpath "${1:?usage: run.sh MESHCTL}")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../../Examples/shop.sh"
python=$("$here/setup.sh")
definitions=$here/../../../shared/crds

"$python" "$here/selftest.py" --crds "$definitions"
make_shop
for environment in production embedded; do
  "$meshctl" render --repo "$folder/shop" --environment "$environment" --to "$folder/$environment" --quiet
  # The definitions at hand lack some kinds: two of Config Connector, one of CloudNativePG's plug-in.
  "$python" "$here/check.py" "$folder/$environment" --crds "$definitions" \
    --unjudged ComputeFirewall --unjudged ServiceNetworkingConnection --unjudged ObjectStore
done
