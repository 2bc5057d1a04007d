#!/usr/bin/env bash
# Runs the embedding example on a repository made from Examples/microservices.
set -euo pipefail

embed=$(realpath "${1:?usage: embed.sh EMBED}")
examples=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com
git init -q -b main "$folder/shop"
cp "$examples"/microservices/*.yaml "$folder/shop"
git -C "$folder/shop" add .
git -C "$folder/shop" commit -qm "The shop as it runs today"
"$embed" "$folder/shop" "$folder/state"
