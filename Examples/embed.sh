#!/usr/bin/env bash
# Runs the embedding example on a repository made from Examples/microservices.
set -euo pipefail

embed=$(realpath "${1:?usage: embed.sh EMBED}")
source "$(dirname "$0")/shop.sh"
make_shop
"$embed" "$folder/shop" "$folder/state"
